"""The example of a tier in several rounds, as it stands."""

from __future__ import annotations

from pathlib import Path

import congvan
from congvan.run import preview_numbers

CAMPAIGN = Path(__file__).parents[2] / "examples" / "gui-bo-sung" / "campaign.yaml"


def test_the_late_hamlet_cites_the_late_communes_letter(tmp_path):
    planned = congvan.plan(congvan.load_campaign(CAMPAIGN))
    numbered = preview_numbers(planned, tmp_path / "so.sqlite3")
    told = [(item.tier.name, item.letter.so, item.letter.ngay.ngan) for item in numbered.items]

    assert told == [
        *(("xa", 31, "19/7/2021"), ("xa.bo-sung-1", 35, "26/7/2021")),
        *(("thon", 32, "20/7/2021"), ("thon", 33, "20/7/2021"), ("thon.ngay-21", 34, "21/7/2021")),
        ("thon.bo-sung-1", 36, "27/7/2021"),
    ]
    assert numbered.letters[-1].truong["truoc"]["xa"]["so_ky_hieu"] == "35/ĐLHL"
