import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from congvan.recipients import ERAS, unit_list
from congvan.recipients.mending import changes, hamlet_name, head_title, honorific, person_name, phones, unit_name


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("NGUYỄN VĂN THỬ", "Nguyễn Văn Thử"),
        ("nguyễn văn thử", "Nguyễn Văn Thử"),
        ("Nguyễn văn THỬ", "Nguyễn Văn Thử"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("y-ngông niê", "Y-Ngông Niê"),
        ("Hoàng Văn X", "Hoàng Văn X"),
        ("Lò Ón", "Lò Ón"),
    ],
)
def test_a_name_has_a_capital_for_each_word(written, mended):
    assert person_name(written) == mended


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("Ô", "Ông"),
        ("ô.", "Ông"),
        ("ÔNG", "Ông"),
        ("B", "Bà"),
        ("bà", "Bà"),
        ("Nam", "Ông"),
        ("Nữ", "Bà"),
        ("Ông/Bà", "Ông (Bà)"),
        ("Ông", "Ông"),
        ("Đồng chí", "Đồng chí"),
        ("Linh mục", "Linh mục"),
    ],
)
def test_a_form_of_address_is_written_out(written, mended):
    assert honorific(written) == mended


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("TDP 3", "Tổ dân phố 3"),
        ("tdp số 3", "tổ dân phố số 3"),
        ("KP.3", "Khu phố 3"),
        ("KP3", "Khu phố 3"),
        ("THÔN ĐÔNG HẢI", "Thôn Đông Hải"),
        ("thôn đông hải", "thôn Đông Hải"),
        ("thôn thôn 3", "Thôn 3"),
        ("Thôn III", "Thôn III"),
        ("thôn 1", "thôn 1"),
        ("Thôn 3 cũ", "Thôn 3 cũ"),
        ("Phố Mới", "Phố Mới"),
        ("1A", "1A"),
    ],
)
def test_a_hamlet_has_its_kind_written_out_once(written, mended):
    assert hamlet_name(written) == mended


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("P. Bỉm Sơn", "phường Bỉm Sơn"),
        ("phường bỉm sơn", "phường Bỉm Sơn"),
        ("XÃ HẬU LỘC", "xã Hậu Lộc"),
        ("TT. Hậu Lộc", "thị trấn Hậu Lộc"),
        ("X.Hậu Lộc", "xã Hậu Lộc"),
        ("T. Thanh Hóa", "tỉnh Thanh Hóa"),
        ("TX Bỉm Sơn", "thị xã Bỉm Sơn"),
        ("Q1", "Quận 1"),
        ("Xã Hậu Lộc", "Xã Hậu Lộc"),
        ("Hậu Lộc", "Hậu Lộc"),
    ],
)
def test_a_unit_no_list_confirms_is_mended_with_care(written, mended):
    assert unit_name(written) == mended


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.ma)
def test_no_unit_of_the_country_needs_mending(era):
    units = unit_list(era)
    names = {
        name
        for province in units.provinces
        for unit in (province, *units.districts(province.ma), *units.communes(province.ma))
        for name in (unit.ten, unit.in_sentence)
    }

    assert {name: unit_name(name) for name in names if unit_name(name) != name} == {}


@pytest.mark.parametrize(
    ("cells", "mended"),
    [
        ({"thon": "TDP 3", "chuc_danh": "tổ trưởng tdp"}, {"thon": "Tổ dân phố 3", "chuc_danh": "Tổ trưởng tổ dân phố"}),
        ({"thon": "3", "loai": "thôn", "chuc_danh": "Trưởng thôn 3"}, {"chuc_danh": "Trưởng thôn"}),
        ({"thon": "Khu phố 3", "chuc_danh": "Tổ trưởng tdp Khu phố 3"}, {"chuc_danh": "Trưởng khu phố"}),
        ({"thon": "Bản Mòn", "chuc_danh": "Bí thư kiêm trưởng thôn"}, {"chuc_danh": "Bí thư kiêm Trưởng bản"}),
        ({"thon": "Thôn 3", "chuc_danh": "TRƯỞNG THÔN"}, {"chuc_danh": "Trưởng thôn"}),
        ({"thon": "Thôn 3", "chuc_danh": "Bí thư Chi bộ"}, {}),
        ({"thon": "Thôn 3", "ho_ten": "Bà Lò Ón", "ong_ba": ""}, {"ho_ten": "Lò Ón", "ong_ba": "Bà"}),
        ({"thon": "Thôn 3", "ong_ba": ""}, {"ong_ba": "Ông (Bà)"}),
    ],
)  # fmt: skip
def test_a_row_of_a_person_is_mended_as_a_whole(cells, mended):
    row = {name: text for name, text in {"ho_ten": "Lê Văn Thử", "ong_ba": "Ông", **cells}.items() if text}

    assert {change.column: change.new for change in changes(row, {}, is_person=True)} == mended


def test_nobodys_sex_is_guessed_from_a_name():
    (change,) = changes({"ho_ten": "Nguyễn Thị Hoa", "thon": "Thôn 1"}, {}, is_person=True)

    assert change.new == "Ông (Bà)"


@pytest.mark.parametrize(
    ("body", "mended"),
    [
        ("UBND P. Bỉm Sơn", "UBND phường Bỉm Sơn"),
        ("UBND phường bỉm sơn", "UBND phường Bỉm Sơn"),
        ("UBND Phường Bỉm Sơn", None),
        ("Trung tâm Y tế Bỉm Sơn", None),
        ("P. Kinh tế", None),
    ],
)
def test_the_unit_at_the_end_of_a_bodys_name_is_the_rows_own(body, mended):
    found = changes({"ten": body, "xa": "P. Bỉm Sơn"}, {"xa": "phường Bỉm Sơn"}, is_person=False)

    assert [change.new for change in found] == ([mended] if mended else [])


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("0912.345.679 - 0987 654 321", "0912.345.679; 0987 654 321"),
        ("0912345678/0987654321", "0912345678; 0987654321"),
        ("0912345678", "0912345678"),
        ("0912345678 (gặp con)", "0912345678 (gặp con)"),
    ],
)
def test_two_telephones_are_told_apart(written, mended):
    assert phones(written) == mended


words = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY .-'0123456789", max_size=24)
kinds = st.sampled_from(
    ["", "TDP ", "tdp ", "KP.", "Thôn ", "THÔN ", "P. ", "phường ", "TT ", "Tổ trưởng TDP ", "Ông "]
)


@given(st.sampled_from([person_name, honorific, hamlet_name, unit_name, head_title, phones]), kinds, words)
def test_what_is_mended_has_nothing_to_mend(rule, kind, rest):
    written = " ".join(f"{kind}{rest}".split())
    assume(written)
    once = rule(written)

    assert rule(once) == once


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("thon", "loai", "ho_ten", "ong_ba", "chuc_danh"), words)))
def test_a_mended_row_has_nothing_to_mend(cells):
    row = {name: text for name, written in cells.items() if (text := " ".join(written.split()))}
    mended = {**row, **{change.column: change.new for change in changes(row, {}, is_person=True)}}

    assert changes(mended, {}, is_person=True) == ()
