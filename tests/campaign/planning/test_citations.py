"""A letter cites the one earlier letter that holds for its own unit, or says why there is none."""

from __future__ import annotations

import pytest

from congvan.campaign.area.unit_scope import EVERYWHERE, UnitRef
from congvan.campaign.planning.citations import CitationIndex, NoCitation

PROVINCE, HAU_LOC, HA_TRUNG = UnitRef("tinh", "38"), UnitRef("huyen", "400"), UnitRef("huyen", "392")
DAI_LOC = UnitRef("xa", "16018")


def index(*letters):
    made = CitationIndex()
    for place, units in enumerate(letters, start=1):
        made.add(place, units)
    return made


@pytest.mark.parametrize(
    ("letters", "units", "found"),
    [
        ([[EVERYWHERE]], [DAI_LOC, HAU_LOC, PROVINCE], 1),
        ([[PROVINCE]], [DAI_LOC, HAU_LOC, PROVINCE], 1),
        ([[PROVINCE]], [DAI_LOC, HAU_LOC], 1),
        ([[PROVINCE], [PROVINCE]], [HAU_LOC, PROVINCE], NoCitation.AMBIGUOUS),
        ([[HA_TRUNG], [HAU_LOC]], [DAI_LOC, HAU_LOC, PROVINCE], 2),
        ([[HAU_LOC], [DAI_LOC]], [DAI_LOC, HAU_LOC], 2),
        ([[HA_TRUNG, HAU_LOC]], [DAI_LOC, HAU_LOC], 1),
        ([[HA_TRUNG]], [DAI_LOC, HAU_LOC, PROVINCE], NoCitation.OUTSIDE),
        ([[HA_TRUNG], [HAU_LOC]], [PROVINCE], NoCitation.AMBIGUOUS),
        ([[HA_TRUNG]], [PROVINCE], 1),
        ([], [HAU_LOC], NoCitation.OUTSIDE),
    ],
)
def test_the_letter_of_the_most_exact_unit_is_cited(letters, units, found):
    assert index(*letters).find(units) == found


def test_citations_show_blanks_until_numbers_are_given_and_then_the_numbers(folder):
    folder.change("dot.yaml", 'noi_nhan: [Như trên, "Lưu: VT"]', 'noi_nhan: [Như trên, "Lưu: VT"]\n    '
                  'can_cu: ["Công văn số {{ truoc.tinh.so_ky_hieu }} ngày {{ truoc.tinh.ngay }}"]')  # fmt: skip
    plan = folder.plan()
    numbers = {wanted.khoa: at for at, wanted in enumerate(plan.number_requests(), start=7)}
    numbered = plan.with_numbers(numbers)

    assert plan.items[1].letter.can_cu == (
        "Công văn số \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/PCTH-KD ngày 05/4/2021",
    )
    assert numbered.items[1].letter.can_cu == ("Công văn số 07/PCTH-KD ngày 05/4/2021",)
    assert numbered.items[3].letter.truong["truoc"]["huyen"]["so_ky_hieu"] == "08/ĐLHTr"
    assert numbered.items[5].letter.truong["truoc"]["huyen"]["so_ky_hieu"] == "09/ĐLHL"


def test_what_a_cited_letter_itself_cites_is_written_out_too(folder):
    folder.change("dot.yaml", "tuyên truyền tại {{ huyen }}", "theo {{ truoc.tinh.so_ky_hieu }}")
    folder.write("thon.md", "V/v {{ truoc.huyen.trich_yeu }}")
    plan = folder.plan(only=["thon"], limit=1)
    numbers = {wanted.khoa: 5 for wanted in plan.number_requests()}

    assert list(numbers) == ["xoa-thu-2021/tinh/tinh", "xoa-thu-2021/huyen/392", "xoa-thu-2021/thon/t1"]
    cited = plan.with_numbers(numbers).letters[0].truong["truoc"]["huyen"]
    assert cited["trich_yeu"] == "phối hợp theo 05/PCTH-KD"


@pytest.mark.parametrize(
    ("cap", "cited", "code"),
    [
        ("tinh", "huyen", "campaign-cited-later tinh.md:2"),
        ("thon", "thon", "campaign-cited-later thon.md:2"),
        ("thon", "xa", "campaign-cited-unknown thon.md:2"),
    ],
)
def test_a_tier_that_does_not_go_out_before_cannot_be_cited(folder, cap, cited, code):
    folder.write(f"{cap}.md", f"Theo\n{{{{ truoc.{cited}.so_ky_hieu }}}}")

    assert folder.told() == [code]


def test_a_tier_with_several_letters_a_unit_cannot_be_cited(folder):
    folder.change("dot.yaml", "mot_van_ban_cho: huyen", "mot_van_ban_cho: nguoi_nhan")

    (found,) = folder.refusals()

    assert (found.code, found.values["count"], found.values["ma"]) == ("campaign-cited-ambiguous", "2", "t2")


def test_a_letter_whose_district_got_none_cannot_cite_it(folder):
    folder.change("huyen.csv", "ht-ubnd,392,Huyện Hà Trung,UBND huyện Hà Trung\n", "")

    (found,) = folder.refusals()

    assert (found.code, found.values["count"], found.values["ma"]) == ("campaign-cited-outside", "1", "t1")


def test_a_tier_nobody_cites_may_have_as_many_letters_as_it_likes(folder):
    folder.change("dot.yaml", "mot_van_ban_cho: huyen", "mot_van_ban_cho: nguoi_nhan")
    folder.write("thon.md", "Theo {{ truoc.tinh.so_ky_hieu }}")

    assert len(folder.plan().items) == 7
