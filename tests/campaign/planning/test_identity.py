"""A recipient that comes back under another code, or with a changed name, is known again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.campaign.planning.test_rounds import built

from congvan.campaign.planning.identity import RegisteredLetter, code_key, recoded_finding, recoded_letters

T1 = "Ông Lê Văn Minh, Trưởng thôn Đông Thành, xã Hà Bắc, huyện Hà Trung"
T2 = "Bà Phạm Thị Lan, Khu phố trưởng khu phố 2, thị trấn Hậu Lộc, huyện Hậu Lộc"
T3 = "Ông Hà Văn Tú, Trưởng thôn 10, xã Đồng Lộc, huyện Hậu Lộc"
BOOK = {"t1": T1, "t2": T2, "t3": T3}


def book(**changed):
    """The letters of the hamlets as the register has them, some under other codes: ``t1="x1"``."""
    return [
        RegisteredLetter(f"xoa-thu-2021/thon/{changed.get(ma, ma)}", f"{number:02}/ĐLHL", noi_nhan)
        for number, (ma, noi_nhan) in enumerate(BOOK.items(), start=12)
    ]


def pairs(folder, known):
    return [(one.known.khoa.rpartition("/")[2], one.planned.ma) for one in recoded_letters(folder.plan(), known)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("01", "1"), ("001", "1"), ("16015-01", "16015-1"), ("T 1", "t1"), ("a.007", "A.7"), ("0", "00"), ("x10", "X10")],
)
def test_codes_that_differ_by_zeros_case_and_spaces_are_alike(one, other):
    assert code_key(one) == code_key(other)


@pytest.mark.parametrize(("one", "other"), [("1", "10"), ("01", "11"), ("100", "1"), ("t1", "t-1"), ("1.1", "11")])
def test_other_codes_are_not(one, other):
    assert code_key(one) != code_key(other)


def test_a_whole_list_that_lost_its_zeros_is_one_question(folder):
    known = book(t1="t01", t2="t02", t3="T03")
    found = list(recoded_finding(recoded_letters(folder.plan(), known)))

    assert pairs(folder, known) == [("t01", "t1"), ("t02", "t2"), ("T03", "t3")]
    assert [one.code for one in found] == ["campaign-recipient-recoded"]
    assert found[0].values["pairs"] == "12/ĐLHL: t01 → t1; 13/ĐLHL: t02 → t2; 14/ĐLHL: T03 → t3"
    assert "congvan register same xoa-thu-2021/thon/t01 xoa-thu-2021/thon/t1" in found[0].hint
    assert "Mã cũ" in found[0].hint


def test_a_question_lists_ten_pairs(folder):
    rows = [
        f"t{number},400,Huyện Hậu Lộc,16015,Xã Đồng Lộc,Thôn {number},Ông,Hà Văn Tú,80\n" for number in range(11, 24)
    ]
    folder.add("thon.csv", "".join(rows))
    known = [*book(), *(RegisteredLetter(f"xoa-thu-2021/thon/t0{number}") for number in range(11, 24))]
    (found,) = recoded_finding(recoded_letters(folder.plan(), known))

    assert found.values["count"] == "13"
    assert found.values["pairs"].count("→") == 10
    assert found.values["pairs"].endswith("; …")


def test_an_unchanged_list_asks_nothing(folder):
    assert pairs(folder, book()) == []
    assert pairs(folder, []) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "t1,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Đông Thành,Ông,Lê Văn Minh",
            "moi,392,Huyện Hà Trung,15286,xã  Hà Bắc,thôn Đông Thành,Ông,Lê Văn Minh",
        ),
        (
            "t1,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Đông Thành,Ông,Lê Văn Minh",
            "moi,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Đông Thành,Ông,Lê Văn Minh Anh",
        ),
        (
            "t1,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Đông Thành,Ông,Lê Văn Minh",
            "moi,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Đông Thành Mới,Ông,Lê Văn Minh",
        ),
    ],
    ids=["spelling", "person", "hamlet"],
)
def test_a_new_code_for_the_same_units_and_the_same_person_or_hamlet_is_asked(folder, old, new):
    folder.change("thon.csv", old, new)

    assert pairs(folder, book()) == [("t1", "moi")]


@pytest.mark.parametrize(
    "row",
    [
        "moi,392,Huyện Hà Trung,15289,Xã Hà Vinh,Thôn Đông Thành,Ông,Lê Văn Minh,120",
        "moi,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Song Nga,Bà,Trịnh Thị Sen,60",
    ],
    ids=["another commune", "another person and hamlet"],
)
def test_another_recipient_in_the_place_of_one_is_not_asked(folder, row):
    folder.change("thon.csv", "t1,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Đông Thành,Ông,Lê Văn Minh,120", row)

    assert pairs(folder, book()) == []


def test_a_recipient_beside_one_of_the_same_hamlet_is_another(folder):
    folder.add("thon.csv", "t4,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Đông Thành,Bà,Trịnh Thị Sen,60\n")

    assert pairs(folder, book()) == []


def test_a_body_under_another_code_is_known_by_its_name(folder):
    folder.change("dot.yaml", "mot_van_ban_cho: huyen", "mot_van_ban_cho: nguoi_nhan")
    folder.write("thon.md", "Báo để {{ ong_ba }} {{ ho_ten }} biết.")
    known = [
        RegisteredLetter("xoa-thu-2021/huyen/cu", "09/ĐLHL", "Hội nông dân huyện Hậu Lộc; UBND tỉnh (để b/c)"),
        *book(),
    ]

    assert pairs(folder, known) == [("cu", "hl-nd")]


def test_a_unit_whose_code_lost_its_zeros_is_known(folder):
    known = [RegisteredLetter("xoa-thu-2021/huyen/0392", "12/ĐLHTr"), *book()]

    assert pairs(folder, known) == [("0392", "392")]


def test_a_letter_of_another_tier_is_no_match(folder):
    assert pairs(folder, [RegisteredLetter("xoa-thu-2021/tinh/t01", "", T1)]) == []


def test_a_plan_takes_the_keys_the_register_has(folder):
    copies = "{hinh_thuc: sao-y, ngay: 2021-07-29, noi_nhan: ['Lưu: VT'], ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Lê Thị Hoa}}"
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", f"nguoi_nhan: thon.csv\n    ban_sao: {copies}")
    of_tier = "xoa-thu-2021/thon/"
    same = {f"{of_tier}t1": f"{of_tier}1", f"{of_tier}1": f"{of_tier}01", f"{of_tier}t2": "xoa-thu-2021/huyen/392"}
    planned = folder.plan().with_same(same)
    first, copy = planned.items[3], planned.items[6]

    assert (first.key, first.number_key, first.ma) == (f"{of_tier}01", f"{of_tier}01", "01")
    assert (copy.key, copy.number_key, copy.copy_number_key) == (
        f"{of_tier}01/sao-y",
        f"{of_tier}01",
        f"{of_tier}01/sao-y",
    )
    assert copy.ma == "01/sao-y"
    assert planned.items[4].ma == "t2"
    assert planned.whole == planned.items
    assert recoded_letters(planned, [RegisteredLetter(f"{of_tier}01"), *book()[1:]]) == ()


def test_two_rows_that_are_one_recipient_of_the_register_are_refused(folder):
    of_tier = "xoa-thu-2021/thon/"
    planned = folder.plan().with_same({f"{of_tier}t1": f"{of_tier}t2"})

    assert [one.code for one in planned.report.errors] == ["campaign-letter-twice"]


def test_keys_that_lead_in_a_circle_end(folder):
    of_tier = "xoa-thu-2021/thon/"
    planned = folder.plan().with_same({f"{of_tier}t1": f"{of_tier}x", f"{of_tier}x": f"{of_tier}t1"})

    assert planned.items[3].key in {f"{of_tier}t1", f"{of_tier}x"}


def test_the_letter_of_a_row_with_an_old_code_keeps_its_key(folder):
    folder.write(
        "thon.csv",
        "ma,Mã cũ,ma_huyen,huyen,ma_xa,xa,thon,ong_ba,ho_ten\n"
        "1,01,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Đông Thành,Ông,Lê Văn Minh\n"
        "2,,400,Huyện Hậu Lộc,16012,Thị trấn Hậu Lộc,Khu phố 2,Bà,Phạm Thị Lan\n",
    )

    assert [item.key for item in folder.plan(only=["thon"]).items] == ["xoa-thu-2021/thon/01", "xoa-thu-2021/thon/2"]


def test_two_rows_that_claim_one_letter_are_refused(folder):
    folder.write(
        "thon.csv",
        "ma,Mã cũ,ma_huyen,huyen,ma_xa,xa,thon,ong_ba,ho_ten\n"
        "1,01,392,Huyện Hà Trung,15286,Xã Hà Bắc,Thôn Đông Thành,Ông,Lê Văn Minh\n"
        "2,01,400,Huyện Hậu Lộc,16012,Thị trấn Hậu Lộc,Khu phố 2,Bà,Phạm Thị Lan\n",
    )

    (found,) = folder.refusals()
    assert (found.code, found.place.row or found.place.line, found.place.column) == (
        "campaign-letter-twice",
        3,
        "Mã cũ",
    )


def test_a_surer_likeness_of_a_later_row_comes_first(folder):
    old = "t2,400,Huyện Hậu Lộc,16012,Thị trấn Hậu Lộc,Khu phố 2,Bà,Phạm Thị Lan,95\n"
    moved = "moi,400,Huyện Hậu Lộc,16012,Thị trấn Hậu Lộc,Khu phố 3,Bà,Phạm Thị Lan,95\n"
    folder.change("thon.csv", old, moved + old)

    assert pairs(folder, book(t2="T02")) == [("T02", "t2")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 2)), unique_by=lambda one: one[0], min_size=1, max_size=6))
def test_whatever_zeros_a_list_loses_each_letter_is_found_once(codes):
    planned = built([[str(number) for number, _ in codes]])
    known = {f"d/thon/{'0' * zeros}{number}": str(number) for number, zeros in codes}
    found = recoded_letters(planned, [RegisteredLetter(khoa) for khoa in known])

    assert {one.known.khoa: one.planned.ma for one in found} == {
        khoa: ma for khoa, ma in known.items() if not khoa.endswith(f"/{ma}")
    }
    assert recoded_letters(planned.with_same({one.planned.key: one.known.khoa for one in found}), known_of(known)) == ()


def known_of(keys):
    return [RegisteredLetter(khoa) for khoa in keys]
