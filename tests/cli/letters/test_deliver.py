"""``congvan deliver`` and ``congvan register delivered --tu`` as a clerk uses them."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

EXAMPLE = Path(__file__).parents[3] / "examples" / "gui-bo-sung"


@pytest.fixture
def folder(tmp_path):
    here = tmp_path / "dot"
    shutil.copytree(EXAMPLE, here, ignore=shutil.ignore_patterns("out", "*.sqlite3"))
    return here


def test_letters_go_out_and_their_receipts_come_back(congvan, folder):
    assert congvan("render", "campaign.yaml", within=folder).status == 0
    chosen = ["--only", "thon", "--without", "phieu,nhan,bi,so", "--json"]
    done = congvan("deliver", "campaign.yaml", *chosen, within=folder)
    made = json.loads(done.out)
    assert (done.status, made["nguoi_nhan"]) == (0, made["van_ban_giay"]), done.err
    assert congvan("issue", "campaign.yaml", within=folder).status == 0

    path = next((folder / made["thu_muc"]).glob("*/ky-nhan.xlsx"))
    book = openpyxl.load_workbook(path)
    book.active["G2"].value, book.active["H2"].value = "25/6/2026", "Lê Văn Mẫu"
    book.save(path)
    received = congvan("register", "delivered", "--tu", path, within=folder)
    assert received.status == 0, received.err
    assert "Đã ghi 1 văn bản là đã gửi." in received.out
    assert "1 đã gửi" in congvan("status", "campaign.yaml", within=folder).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--nhan", "90x90"], "90x90"),
        (["--bi", "C9"], "C9"),
        (["--without", "thu"], "thu"),
        (["--ngay", "hôm qua"], "hôm qua"),
    ],
)
def test_a_choice_there_is_none_of_is_wrong_usage(congvan, folder, words, said):
    done = congvan("deliver", "campaign.yaml", *words, within=folder)

    assert done.status == 2
    assert said in done.err


def test_delivered_asks_for_letters_or_a_list(congvan, folder):
    assert congvan("register", "delivered", within=folder).status == 2
