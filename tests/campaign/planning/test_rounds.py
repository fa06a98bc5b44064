"""Later rounds of a tier: late recipients, and a list that goes out over several days."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvan.campaign import campaign_from, list_fields, plan
from congvan.errors import CampaignError

LATE = """\
    dot_gui:
      - ma: bo-sung-1
        ngay: 2021-07-28
        nguoi_nhan: thon-them.csv
"""

LATE_HAMLETS = """\
ma,ma_huyen,huyen,ma_xa,xa,thon,ong_ba,ho_ten,so_ho
t9,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Song Nga,Bà,Trịnh Thị Sen,60
"""


@pytest.fixture
def late(folder):
    """The campaign with a late hamlet in a round of its own."""
    folder.add("dot.yaml", LATE)
    folder.write("thon-them.csv", LATE_HAMLETS)
    return folder


def codes(planned):
    return [item.key.removeprefix("xoa-thu-2021/") for item in planned.items]


def test_a_late_rounds_letters_come_after_those_of_the_first(late):
    planned = late.plan()

    assert codes(planned)[3:] == ["thon/t1", "thon/t2", "thon/t3", "thon/t9"]
    assert [item.position for item in planned.items] == list(range(1, 8))
    assert [item.tier.name for item in planned.items][-2:] == ["thon", "thon.bo-sung-1"]


def test_a_late_letter_has_its_own_date_and_cites_the_earlier_tiers_as_the_others_do(late):
    letter = late.plan().items[-1].letter

    assert letter.ngay.day == date(2021, 7, 28)
    assert (letter.trich_yeu, letter.loai) == ("ngừng thu tiền điện tại nhà", "thong-bao")
    assert letter.truong["truoc"]["huyen"]["co_quan"] == "ĐIỆN LỰC HÀ TRUNG"


def test_a_round_may_have_texts_of_its_own(late):
    late.change("dot.yaml", "nguoi_nhan: thon-them.csv", "nguoi_nhan: thon-them.csv\n        noi_dung: them.md")
    late.change("dot.yaml", "noi_dung: them.md", "noi_dung: them.md\n        trich_yeu: gửi bổ sung")
    late.write("them.md", "Gửi bổ sung theo Công văn số {{ truoc.huyen.so_ky_hieu }}.")
    first, last = late.plan().items[-2:]

    assert (first.letter.trich_yeu, last.letter.trich_yeu) == ("ngừng thu tiền điện tại nhà", "gửi bổ sung")
    assert last.letter.noi_dung.startswith("Gửi bổ sung")


def test_the_sheet_of_the_first_round_is_not_looked_for_in_another_file(late):
    late.change("dot.yaml", "    nguoi_nhan: thon.csv", "    nguoi_nhan: thon.csv\n    bang_ma: tcvn3")

    assert late.plan().items[-1].recipients[0].ten == "Thôn Song Nga"


def test_a_column_of_the_list_says_the_round_of_a_row(folder):
    folder.add("dot.yaml", "    dot_gui:\n      - {ma: ngay-2, ngay: 2021-07-21}\n")
    rows = ["Đợt gửi", "Ngay-2", "", "lan-dau"]
    lines = (folder.path / "thon.csv").read_text(encoding="utf-8").splitlines()
    folder.write("thon.csv", "".join(f"{line},{cell}\n" for line, cell in zip(lines, rows, strict=True)))
    planned = folder.plan()

    assert codes(planned)[3:] == ["thon/t2", "thon/t3", "thon/t1"]
    assert planned.letters[-1].ngay.day == date(2021, 7, 21)


def test_a_later_tier_cites_the_round_that_has_the_letter_for_its_unit(folder):
    folder.write("huyen.csv", "ma,ma_huyen,huyen,ten\nhl-ubnd,400,Huyện Hậu Lộc,UBND huyện Hậu Lộc\n")
    folder.write("huyen-them.csv", "ma,ma_huyen,huyen,ten\nht-ubnd,392,Huyện Hà Trung,UBND huyện Hà Trung\n")
    later = "    dot_gui:\n      - {ma: them, ngay: 2021-06-30, nguoi_nhan: huyen-them.csv}\n"
    folder.change("dot.yaml", "  - cap: thon", f"{later}  - cap: thon")
    planned = folder.plan()
    cited = {item.ma: item.letter.truong["truoc"]["huyen"] for item in planned.items if item.cap == "thon"}

    assert codes(planned)[1:3] == ["huyen/400", "huyen/392"]
    assert {ma: words["ngay"] for ma, words in cited.items()} == {
        "t1": "30/6/2021",
        "t2": "15/6/2021",
        "t3": "15/6/2021",
    }


def test_of_two_rounds_with_a_letter_for_a_unit_the_first_is_cited(folder):
    folder.write("huyen-them.csv", "ma,ma_huyen,huyen,ten\nhl-pn,400,Huyện Hậu Lộc,Hội Phụ nữ huyện Hậu Lộc\n")
    later = "{ma: them, ngay: 2021-06-30, nguoi_nhan: huyen-them.csv, mot_van_ban_cho: nguoi_nhan}"
    folder.change("dot.yaml", "  - cap: thon", f"    dot_gui: [{later}]\n  - cap: thon")
    planned = folder.plan()

    assert codes(planned)[1:4] == ["huyen/392", "huyen/400", "huyen/hl-pn"]
    assert {item.letter.truong["truoc"]["huyen"]["ngay"] for item in planned.items[4:]} == {"15/6/2021"}


def test_a_recipient_in_two_rounds_is_told_at_both_places(late):
    late.add("thon-them.csv", "t2,400,Huyện Hậu Lộc,16012,Thị trấn Hậu Lộc,Khu phố 2,Bà,Phạm Thị Lan,95\n")

    assert late.told() == [
        "campaign-recipient-in-two-rounds thon-them.csv:3",
        "campaign-recipient-in-two-rounds thon.csv:3",
    ]


@pytest.mark.parametrize("code", ["T3", "t03", "khac"])
def test_a_recipient_in_two_rounds_is_told_also_under_another_code(late, code):
    late.add("thon-them.csv", f"{code},400,Huyện Hậu Lộc,16015,Xã Đồng Lộc,thôn 10,Ông,Hà Văn Tú,80\n")

    assert {line.split()[0] for line in late.told()} == {"campaign-recipient-in-two-rounds"}


def test_a_units_common_letter_goes_out_in_one_round(folder):
    folder.write("huyen-them.csv", "ma,ma_huyen,huyen,ten\nhl-pn,400,Huyện Hậu Lộc,Hội Phụ nữ huyện Hậu Lộc\n")
    later = "{ma: them, ngay: 2021-06-30, nguoi_nhan: huyen-them.csv}"
    folder.change("dot.yaml", "  - cap: thon", f"    dot_gui: [{later}]\n  - cap: thon")

    assert folder.told() == ["campaign-letter-in-two-rounds dot.yaml:25"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("        ngay: 2021-07-28\n", "", "campaign-key-missing dot.yaml:40"),
        ("ngay: 2021-07-28", "ngay: 2021-03-01", "campaign-date-before-approval dot.yaml:41"),
        ("ngay: 2021-07-28", "ngay: 2021-06-14", "campaign-round-backwards dot.yaml:41"),
        ("ngay: 2021-07-28", "ngay: 2021-07-28\n        cap: thon", "campaign-key-unknown dot.yaml:42"),
        ("ngay: 2021-07-28", "ngay: 2021-07-28\n        noi_dung: khong.md", "campaign-file-missing dot.yaml:42"),
        ("ma: bo-sung-1", "ma: lan-dau", "campaign-round-twice dot.yaml:40"),
        ("ma: bo-sung-1", "ma: bo sung", "campaign-value-not-code dot.yaml:40"),
        ("        nguoi_nhan: thon-them.csv\n", "", "campaign-round-empty dot.yaml:40"),
        ("dot_gui:", "dot_gui: {}\n    du_lieu:", "campaign-value-not-list dot.yaml:39"),
    ],
)
def test_a_wrong_round_is_told_with_its_line(late, old, new, told):
    late.change("dot.yaml", old, new)

    assert told in late.told()


def test_a_mistake_of_the_tier_is_told_once_though_its_rounds_share_it(late):
    late.write("thon.md", "Theo {{ khong_co")

    assert [line for line in late.told() if "thon.md" in line] == ["field-syntax thon.md:1"]


def test_a_row_that_names_no_round_of_its_tier_is_told_once_a_name(folder):
    lines = (folder.path / "thon.csv").read_text(encoding="utf-8").splitlines()
    rows = ["dot_gui", "mai", "mai", ""]
    folder.write("thon.csv", "".join(f"{line},{cell}\n" for line, cell in zip(lines, rows, strict=True)))

    assert folder.told() == ["campaign-round-unknown thon.csv:2"]


def test_later_tiers_need_not_wait_for_a_round(folder):
    folder.write("huyen-them.csv", "ma,ma_huyen,huyen,ten\nnt-ubnd,393,Huyện Nông Cống,UBND huyện Nông Cống\n")
    folder.change("don-vi.csv", ",392,12", ",392;393,12")
    later = "{ma: them, ngay: 2021-08-30, nguoi_nhan: huyen-them.csv}"
    folder.change("dot.yaml", "  - cap: thon", f"    dot_gui: [{later}]\n  - cap: thon")
    planned = folder.plan()

    assert [item.tier.name for item in planned.items][1:4] == ["huyen", "huyen", "huyen.them"]
    assert [wanted.khoa.split("/", 1)[1] for wanted in planned.number_requests()] == [
        *("tinh/tinh", "huyen/392", "huyen/400", "thon/t1", "thon/t2", "thon/t3", "huyen/393")
    ]


def test_no_letter_is_dated_before_the_round_it_cites(folder):
    folder.write("huyen.csv", "ma,ma_huyen,huyen,ten\nhl-ubnd,400,Huyện Hậu Lộc,UBND huyện Hậu Lộc\n")
    folder.write("huyen-them.csv", "ma,ma_huyen,huyen,ten\nht-ubnd,392,Huyện Hà Trung,UBND huyện Hà Trung\n")
    later = "{ma: them, ngay: 2021-08-30, nguoi_nhan: huyen-them.csv}"
    folder.change("dot.yaml", "  - cap: thon", f"    dot_gui: [{later}]\n  - cap: thon")

    assert folder.told() == ["campaign-round-backwards dot.yaml:33"]


def test_a_round_after_its_tiers_deadline_is_a_warning(late):
    late.change("dot.yaml", "ngay: 2021-07-28", "ngay: 2021-08-28")
    planned = late.plan()

    assert [one.code for one in planned.report.warnings] == ["rule-late-round"]
    assert [(one.work, str(one.verdict)) for one in planned.judgements()][1:] == [
        ("thon", "dat"),
        ("thon.bo-sung-1", "sat_han"),
    ]


def test_a_round_is_selected_by_its_name(late):
    assert codes(late.plan(only=["thon.bo-sung-1"])) == ["thon/t9"]
    assert codes(late.plan(only=["thon.lan-dau"], limit=2)) == ["thon/t1", "thon/t2"]
    assert codes(late.plan(only=["thon"], limit=1)) == ["thon/t1", "thon/t9"]
    with pytest.raises(CampaignError) as refused:
        late.plan(only=["tinh.lan-dau"])
    assert refused.value.report.errors[0].values["known"] == "tinh, huyen, thon, thon.lan-dau, thon.bo-sung-1"


def test_a_round_of_another_date_does_not_share_the_first_ones_number(late):
    late.change("dot.yaml", "    nguoi_nhan: thon.csv", "    nguoi_nhan: thon.csv\n    danh_so: mot_so")
    wanted = late.plan().number_requests()[3:]

    assert [(one.khoa.split("/", 1)[1], one.ngay.day) for one in wanted] == [
        *(("thon/dlht", 20), ("thon/dlhl", 20), ("thon.bo-sung-1/dlht", 28))
    ]


def test_a_late_letter_has_a_copy_after_its_own_rounds_letters(late):
    copies = "{hinh_thuc: sao-y, ngay: 2021-07-29, noi_nhan: [Các đội, 'Lưu: VT'], ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Lê Thị Hoa}}"
    late.change("dot.yaml", "    dot_gui:", f"    ban_sao: {copies}\n    dot_gui:")
    planned = late.plan()

    assert codes(planned)[3:] == [
        *("thon/t1", "thon/t2", "thon/t3", "thon/t1/sao-y", "thon/t2/sao-y", "thon/t3/sao-y"),
        *("thon/t9", "thon/t9/sao-y"),
    ]
    late.change("dot.yaml", "ngay: 2021-07-28", "ngay: 2021-07-30")
    assert late.told() == ["campaign-copy-before-letter dot.yaml:39"]


def test_a_scope_leaves_out_late_recipients_too(late):
    late.change("dot.yaml", "don_vi: don-vi.csv", "don_vi: don-vi.csv\npham_vi: ['400']")
    late.change("thon-them.csv", "t9,392,Huyện Hà Trung,15286,Xã Hà Bắc", "t9,400,Huyện Hậu Lộc,16012,Thị trấn Hậu Lộc")

    assert codes(late.plan())[-1] == "thon/t9"


def test_lists_given_by_the_caller_name_their_round(late):
    late.write("khac.csv", LATE_HAMLETS.replace("t9", "t8"))
    planned = plan(late.load(recipients={"thon.bo-sung-1": late.path / "khac.csv"}))

    assert codes(planned)[-1] == "thon/t8"


CODES = [f"t{number}" for number in range(8)]


def built(lists, later=None):
    """The plan of a one-tier campaign whose hamlets go out in these rounds, a list each; ``later`` are their codes."""
    names = [f"thon.{code}" for code in later or [f"ngay-{number}" for number in range(len(lists) - 1)]]
    rounds = [{"ma": name.removeprefix("thon."), "ngay": f"2026-04-{6 + at:02}"} for at, name in enumerate(names)]
    tier = {
        "cap": "thon",
        "don_vi": "pcth",
        "loai": "cong-van",
        "ngay": "2026-04-05",
        "trich_yeu": "lịch ngừng cấp điện",
        "mot_van_ban_cho": "nguoi_nhan",
        "noi_dung": "Kính gửi {{ ho_ten }}.",
        "noi_nhan": ["Như trên", "Lưu: VT"],
        "ky": {"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
        "dot_gui": rounds,
    }
    rows = {name: [_row(ma) for ma in some] for name, some in zip(["thon", *names], lists, strict=True)}
    return plan(
        campaign_from(
            {"ma": "d", "ten": "Đợt", "he_thong_cap": ["thon"], "cap": [tier]},
            agencies=[
                {"ma": "pcth", "co_quan": "CÔNG TY", "ten_thuong": "Công ty", "ky_hieu": "PCTH", "dia_danh": "Vinh"}
            ],
            recipients=rows,
        )
    )


def _row(ma):
    return {
        "ma": ma,
        "ong_ba": "Ông",
        "ho_ten": "Lê Văn Mẫu",
        "xa": "xã Đại Lộc",
        "thon": f"thôn {ma}",
        "huyen": "huyện X",
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, len(CODES) - 1), unique=True, max_size=3).map(sorted))
def test_a_list_split_into_rounds_has_the_letters_of_the_whole_list_in_order(cuts):
    edges = [0, *cuts, len(CODES)]
    whole = built([CODES])
    split = built([CODES[start:end] for start, end in pairwise(edges)])

    assert [item.key for item in split.items] == [item.key for item in whole.items]
    assert [wanted.khoa for wanted in split.number_requests()] == [wanted.khoa for wanted in whole.number_requests()]
    for one, other in zip(split.letters, whole.letters, strict=True):
        assert one.with_parts(ngay=other.ngay) == other


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.integers(0, 2), min_size=len(CODES), max_size=len(CODES)).filter(lambda picked: {0, 1, 2} == {*picked})
)
def test_rows_dealt_out_to_rounds_are_the_letters_of_the_whole_list_each_once(picked):
    lists = [[ma for ma, of in zip(CODES, picked, strict=True) if of == at] for at in range(3)]
    split = built(lists)

    assert [item.ma for item in split.items] == [ma for some in lists for ma in some]
    assert {item.key for item in split.items} == {item.key for item in built([CODES]).items}


def test_a_list_that_several_rounds_share_needs_a_column_for_them(folder):
    folder.add("dot.yaml", "    dot_gui:\n      - {ma: ngay-2, ngay: 2021-07-21, noi_dung: them.md}\n")
    folder.write("them.md", "Báo để {{ ho_ten }} biết, {{ so_ho }} hộ.")
    fields = {one.cap: one.fields for one in list_fields(folder.path / "dot.yaml")}

    assert {"dot_gui", "so_ho"} <= fields["thon"]
    assert "dot_gui" not in fields["huyen"]
