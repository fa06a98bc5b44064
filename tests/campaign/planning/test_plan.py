"""The plan: what each letter is, which numbers are wanted, and the letters with their numbers."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvan.errors import CampaignError


def keys(plan):
    return [wanted.khoa for wanted in plan.number_requests()]


def test_a_letter_is_known_by_campaign_tier_and_recipient(folder):
    assert [item.key for item in folder.plan().items] == [
        "xoa-thu-2021/tinh/tinh",
        "xoa-thu-2021/huyen/392",
        "xoa-thu-2021/huyen/400",
        "xoa-thu-2021/thon/t1",
        "xoa-thu-2021/thon/t2",
        "xoa-thu-2021/thon/t3",
    ]


def test_every_letter_asks_for_a_number_of_its_bodys_series(folder):
    province, district, *_ = folder.plan().number_requests()

    assert (province.don_vi, province.nam, province.ngay, province.bat_dau) == ("pcth", 2021, date(2021, 4, 5), 465)
    assert (province.ky_hieu, province.loai, province.chuoi) == ("PCTH-KD", "cong-van", "")
    assert (district.don_vi, district.trich_yeu, district.bat_dau) == (
        "dlht",
        "phối hợp tuyên truyền tại Huyện Hà Trung",
        12,
    )


def test_a_letter_whose_day_is_open_asks_without_a_day(folder):
    folder.change("dot.yaml", "ngay: 2021-04-05", "ngay: 2021-04")

    wanted = folder.plan().number_requests()[0]

    assert (wanted.ngay, wanted.nam) == (None, 2021)


def test_marked_letters_are_numbered_in_a_series_of_their_own(folder):
    folder.change("dot.yaml", "bo_phan: KD", "bo_phan: KD\n    do_mat: MẬT")
    plan = folder.plan()

    assert plan.letters[0].do_mat == "MẬT"
    assert [wanted.chuoi for wanted in plan.number_requests()][:2] == ["mat", ""]


def test_a_tier_may_share_one_number_a_body(folder):
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", "nguoi_nhan: thon.csv\n    danh_so: mot_so")
    plan = folder.plan()

    assert keys(plan)[3:] == ["xoa-thu-2021/thon/dlht", "xoa-thu-2021/thon/dlhl"]
    numbered = plan.with_numbers({key: at for at, key in enumerate(keys(plan), start=1)})
    assert [letter.so for letter in numbered.letters] == [1, 2, 3, 4, 5, 5]


def test_a_tier_may_leave_its_numbers_blank_and_take_none(folder):
    folder.change("dot.yaml", "bo_phan: KD", "bo_phan: KD\n    danh_so: de_trong")
    plan = folder.plan()
    numbered = plan.with_numbers({key: at for at, key in enumerate(keys(plan), start=1)})

    assert keys(plan)[0] == "xoa-thu-2021/huyen/392"
    assert [letter.so for letter in numbered.letters] == [None, 1, 2, 3, 4, 5]
    assert numbered.items[1].letter.truong["truoc"]["tinh"]["so"].isspace()


def test_a_plan_is_numbered_whole_or_not_at_all(folder):
    plan = folder.plan()

    with pytest.raises(CampaignError) as refused:
        plan.with_numbers({"xoa-thu-2021/tinh/tinh": 465})

    assert {one.code for one in refused.value.report} == {"campaign-number-missing"}
    assert [one.values["khoa"] for one in refused.value.report] == keys(plan)[1:]


def test_numbering_changes_nothing_but_numbers_and_citations(folder):
    plan = folder.plan()
    numbered = plan.with_numbers(dict.fromkeys(keys(plan), 9))

    for before, after in zip(plan.items, numbered.items, strict=True):
        assert after.letter.with_parts(so=None, truong=before.letter.truong) == before.letter
        assert (after.key, after.position) == (before.key, before.position)


def test_letters_numbered_one_by_one_are_those_of_the_numbered_plan(folder):
    plan = folder.plan(only=["huyen", "thon"])
    numbers = {wanted.khoa: at for at, wanted in enumerate(plan.number_requests(), start=1)}

    assert tuple(plan.iter_with_numbers(numbers)) == plan.with_numbers(numbers).items


def test_a_letter_is_numbered_when_it_is_asked_for(folder):
    folder.change("dot.yaml", "tuyên truyền tại {{ huyen }}", "x" * 480 + " {{ truoc.tinh.so }}")
    plan = folder.plan()
    one_by_one = plan.iter_with_numbers({**dict.fromkeys(keys(plan), 9), "xoa-thu-2021/tinh/tinh": 10**20})

    assert next(one_by_one).letter.so == 10**20
    with pytest.raises(CampaignError):
        next(one_by_one)


def test_a_number_below_one_is_refused(folder):
    plan = folder.plan()

    with pytest.raises(CampaignError) as refused:
        plan.with_numbers({**dict.fromkeys(keys(plan), 9), "xoa-thu-2021/thon/t2": 0})

    assert [(one.code, one.place.key) for one in refused.value.report] == [
        ("letter-number-impossible", "xoa-thu-2021/thon/t2")
    ]


def test_a_letter_that_its_citations_make_too_long_is_refused(folder):
    folder.change("dot.yaml", "tuyên truyền tại {{ huyen }}", "x" * 480 + " {{ truoc.tinh.so }}")
    plan = folder.plan()

    with pytest.raises(CampaignError) as refused:
        plan.with_numbers({**dict.fromkeys(keys(plan), 9), "xoa-thu-2021/tinh/tinh": 10**20})

    assert [(one.code, one.place.key) for one in refused.value.report] == [
        ("letter-part-too-long", "xoa-thu-2021/huyen/392: trich_yeu")
    ]


def test_some_tiers_may_be_planned_alone_and_keep_their_place(folder):
    plan = folder.plan(only=["thon"])

    assert [(item.position, item.cap) for item in plan.items] == [(4, "thon"), (5, "thon"), (6, "thon")]
    assert len(plan.letters) == 3


def test_letters_planned_alone_ask_for_the_numbers_they_cite(folder):
    assert keys(folder.plan(only=["thon"])) == [
        "xoa-thu-2021/tinh/tinh",
        "xoa-thu-2021/huyen/392",
        "xoa-thu-2021/huyen/400",
        "xoa-thu-2021/thon/t1",
        "xoa-thu-2021/thon/t2",
        "xoa-thu-2021/thon/t3",
    ]


def test_letters_that_cite_nothing_ask_for_their_own_numbers_only(folder):
    folder.write("thon.md", "Báo để biết.")

    assert keys(folder.plan(only=["thon"], limit=1)) == ["xoa-thu-2021/thon/t1"]


def test_a_limit_takes_the_first_letters_of_each_tier(folder):
    assert [item.ma for item in folder.plan(limit=1).items] == ["tinh", "392", "t1"]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [({"only": ["xa"]}, "campaign-tier-not-planned"), ({"limit": 0}, "campaign-limit-impossible")],
)
def test_a_choice_that_makes_no_sense_is_refused(folder, wanted, code):
    with pytest.raises(CampaignError) as refused:
        folder.plan(**wanted)

    assert [one.code for one in refused.value.report.errors] == [code]


def test_a_plan_carries_what_was_noted_while_the_campaign_was_read(folder):
    folder.change("dot.yaml", "ngay: 2021-07-20", "ngay: 2021-08-20")

    assert [one.code for one in folder.plan().report] == ["rule-advised"]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_order_of_other_rows_changes_what_a_letter_is(folder, data):
    before = {item.key: (item.ma, item.recipients[0].ten) for item in folder.plan().items if item.cap == "thon"}
    for name in ("huyen.csv", "thon.csv", "don-vi.csv"):
        header, *rows = (folder.path / name).read_text(encoding="utf-8").splitlines()
        folder.write(name, "\n".join([header, *data.draw(st.permutations(rows))]) + "\n")
    items = folder.plan().items

    assert {item.key: (item.ma, item.recipients[0].ten) for item in items if item.cap == "thon"} == before
    assert [item.position for item in items] == list(range(1, 7))
    assert {item.number_key for item in items} == {item.key for item in items}


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.integers(1, 10**9), min_size=6, max_size=6))
def test_every_citation_carries_the_number_of_the_letter_it_cites(folder, numbers):
    plan = folder.plan()
    numbered = plan.with_numbers(dict(zip(keys(plan), numbers, strict=True)))
    letters = {item.position: item.letter for item in numbered.items}

    for item in numbered.items:
        for cap, position in item.cited.items():
            assert item.letter.truong["truoc"][cap]["so_ky_hieu"] == letters[position].so_ky_hieu


def test_a_letter_left_out_asks_for_no_number_and_has_none(folder):
    plan = folder.plan()
    failed = {item.position for item in plan.items if item.ma == "t2"}
    asked = [request.khoa for request in plan.number_requests(failed)]
    letters = list(plan.iter_with_numbers({key: at for at, key in enumerate(asked, start=1)}, failed))

    assert asked == [key for key in keys(plan) if not key.endswith("/t2")]
    assert [item.letter.so for item in letters] == [1, 2, 3, 4, None, 5]


def test_a_number_that_other_letters_share_is_still_asked_for(folder):
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", "nguoi_nhan: thon.csv\n    danh_so: mot_so")
    plan = folder.plan()
    failed = {item.position for item in plan.items if item.ma == "t2"}

    assert plan.number_requests(failed) == plan.number_requests()
    numbers = {key: at for at, key in enumerate(keys(plan), start=1)}
    assert [item.letter.so for item in plan.iter_with_numbers(numbers, failed)] == [1, 2, 3, 4, 5, 5]


def test_a_missing_number_of_a_letter_that_is_not_left_out_is_refused(folder):
    plan = folder.plan()

    with pytest.raises(CampaignError) as refused:
        plan.iter_with_numbers({}, [1, 2, 3, 4, 5])

    assert [one.values["khoa"] for one in refused.value.report] == keys(plan)[5:]


def test_the_letters_that_cite_a_letter_directly_or_through_another_are_known(folder):
    plan = folder.plan()
    by_ma = {item.ma: item.position for item in plan.items}

    assert plan.citing({by_ma["tinh"]}) == set(by_ma.values()) - {by_ma["tinh"]}
    assert plan.citing({by_ma["400"]}) == {by_ma["t2"], by_ma["t3"]}
    assert plan.citing({by_ma["t2"]}) == set()


def test_a_letter_that_cites_nothing_does_not_depend_on_earlier_ones(folder):
    folder.write("huyen.md", "Một.")
    folder.write("thon.md", "Hai.")

    assert folder.plan().citing({1}) == set()


def test_a_copy_depends_on_its_letter(folder):
    folder.change(
        "dot.yaml",
        "he_thong_cap",
        """ban_sao:
  hinh_thuc: sao-y
  ngay: 2021-09-01
  noi_nhan: [Như trên]
  ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Lê Văn Mẫu}
he_thong_cap""",
    )
    plan = folder.plan()
    copies = {item.key: item.position for item in plan.items if item.letter.ban_sao}
    last = next(item for item in plan.items if item.ma == "t3")

    assert plan.citing({last.position}) == {copies[f"{last.key}/sao-y"]}


def test_a_plan_can_be_pickled_and_copied(folder):
    plan = folder.plan()
    numbered = plan.with_numbers(dict.fromkeys(keys(plan), 9))

    assert pickle.loads(pickle.dumps(numbered)).letters == numbered.letters
    assert copy.deepcopy(numbered.items) == numbered.items
