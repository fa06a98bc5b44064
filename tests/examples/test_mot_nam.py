"""The year of an office, from the first draft to the book for the auditor, as its page tells it to a clerk."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import congvan
from congvan.errors import CampaignError, RegisterError
from congvan.register import Register

EXAMPLE = Path(__file__).parents[2] / "examples" / "mot-nam"
PLANTING, STORMS, MEETING = "trong-cay", "phong-chong-thien-tai", "hop-tong-ket"
WORD = ("docx",)


class Office:
    """The office of the example in a folder of the test's own; each act takes the day it is done on."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out", "*.sqlite3"))
        self.folder = folder
        self.book = folder / "so.sqlite3"

    def out(self, campaign: str) -> Path:
        return self.folder / "dot" / campaign / "out" / f"{campaign}-2026"

    def plan(self, campaign: str, *only: str) -> congvan.Plan:
        file = self.folder / "dot" / campaign / "campaign.yaml"
        plan = congvan.plan_file(file, takes_numbers=True, only=only)
        assert Path(plan.campaign.book).resolve() == self.book.resolve()
        return plan

    def render(self, day: date, campaign: str, *only: str, **options: bool) -> congvan.Run:
        plan = self.plan(campaign, *only)
        return congvan.render(plan, self.out(campaign), self.book, clock=_at(day), jobs=1, formats=WORD, **options)

    def issue(self, day: date, campaign: str, *only: str, **options: bool) -> list[int | None]:
        issued = congvan.issue(self.plan(campaign, *only), self.out(campaign), self.book, clock=_at(day), **options)
        return [row.so for row in issued.letters]

    def follow(self, act, day: date, campaign: str, *letters: str, reason: str) -> list[str]:
        plan, given = self.plan(campaign), {"jobs": 1, "formats": WORD}
        run = act(plan, letters, self.out(campaign), self.book, reason=reason, day=day, clock=_at(day), **given)
        return [row.name for row in run.letters]

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / "dot" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def states(self, campaign: str) -> dict[str, str]:
        manifest = json.loads((self.out(campaign) / "manifest.json").read_text(encoding="utf-8"))
        return {f"{row['so']}/{row['ky_hieu']}": row["trang_thai"] for row in manifest["van_ban"]}

    def command(self, *words: str) -> str:
        """What the command line says, given in the office's folder."""
        environment = {**os.environ, "PYTHONUTF8": "1", "LC_ALL": "vi_VN.UTF-8"}
        done = subprocess.run(
            [sys.executable, "-m", "congvan", *words],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def word_file(self, campaign: str, number: int) -> Path:
        (path,) = self.out(campaign).rglob(f"*_{number}-*.docx")
        return path


def _at(day: date):
    return lambda: datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def _planting_of_trees(office: Office) -> None:
    """Drafted, signed, issued and sent; the subject has the wrong year: corrected."""
    office.render(date(2026, 1, 23), PLANTING, draft=True)
    office.render(date(2026, 1, 23), PLANTING, signing=True)
    assert not office.book.exists()
    run = office.render(date(2026, 1, 26), PLANTING)
    assert [row.name for row in run.letters] == ["12/UBND-KT", "13/UBND-KT", "14/UBND-KT"]
    assert office.issue(date(2026, 1, 26), PLANTING) == [12, 13, 14]
    office.command("register", "delivered", "12/UBND-KT", "13/UBND-KT", "14/UBND-KT")
    office.change(f"{PLANTING}/campaign.yaml", "trồng cây năm 2025", "trồng cây năm 2026")
    wrong = ("12/UBND-KT", "13/UBND-KT", "14/UBND-KT")
    new = office.follow(congvan.correct, date(2026, 1, 28), PLANTING, *wrong, reason="ghi sai năm")
    assert new == ["15/UBND-KT", "16/UBND-KT", "17/UBND-KT"]
    assert office.issue(date(2026, 1, 28), PLANTING) == [15, 16, 17]


def _storms(office: Office) -> None:
    """A wrong hour in one letter: replaced; a hamlet that comes later: a round of its own."""
    first = ("tinh", "thon.lan-dau")
    office.render(date(2026, 5, 11), STORMS, *first)
    assert office.issue(date(2026, 5, 18), STORMS, *first) == [18, 19, 20, 21]
    office.change(f"{STORMS}/noi-nhan/thon.csv", "17 giờ 00", "07 giờ 00")
    new = office.follow(congvan.replace, date(2026, 5, 20), STORMS, "20/UBND-KT", reason="ghi sai giờ tập trung")
    assert new == ["22/UBND-KT"]
    assert office.issue(date(2026, 5, 20), STORMS, *first) == [22]
    late = office.render(date(2026, 6, 1), STORMS, "thon.bo-sung-1")
    assert late.letters[-1].name == "23/UBND-KT"
    assert office.issue(date(2026, 6, 1), STORMS, "thon.bo-sung-1") == [23]


def _meeting(office: Office) -> None:
    """One invitation is not needed after all: its number is void; another is recalled after it went out."""
    run = office.render(date(2026, 11, 16), MEETING)
    assert [row.name for row in run.letters] == ["24/GM-UBND", "25/GM-UBND", "26/GM-UBND", "27/GM-UBND"]
    office.change(f"{MEETING}/noi-nhan/thon.csv", "04,xã Hậu Lộc,Thôn Minh Hòa,thôn,Hoàng Thị Dụ,Bà\n", "")
    office.command("register", "void", "27/GM-UBND", "--ly-do", "không mời thôn mới thành lập")
    office.render(date(2026, 11, 16), MEETING)
    assert office.issue(date(2026, 11, 16), MEETING) == [24, 25, 26]
    new = office.follow(congvan.recall, date(2026, 11, 18), MEETING, "25/GM-UBND", reason="thôn đã họp riêng với xã")
    assert new == ["28/UBND"]
    assert office.issue(date(2026, 11, 18), MEETING) == [28]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office at the end of its year."""
    office = Office(tmp_path_factory.mktemp("nam") / "xa-hau-loc")
    _planting_of_trees(office)
    _storms(office)
    _meeting(office)
    return office


def test_the_lists_say_what_has_become_of_every_letter(office):
    issued, gone = "da-ban-hanh", {"20/UBND-KT": "da-thay-the", "25/GM-UBND": "da-thu-hoi"}
    corrected = dict.fromkeys(("12/UBND-KT", "13/UBND-KT", "14/UBND-KT"), "da-dinh-chinh")
    new = dict.fromkeys(("15/UBND-KT", "16/UBND-KT", "17/UBND-KT"), issued)
    assert office.states(PLANTING) == {**corrected, **new}
    names = [f"{so}/UBND-KT" for so in range(18, 24)]
    assert office.states(STORMS) == {name: gone.get(name, issued) for name in names}
    names = ["24/GM-UBND", "25/GM-UBND", "26/GM-UBND", "28/UBND"]
    assert office.states(MEETING) == {name: gone.get(name, issued) for name in names}


def test_every_number_is_given_once_and_none_is_missing(office):
    with Register.open(office.book) as book:
        lines = [*book.entries()]
        assert book.verify().ok
    assert [line.so for line in lines] == [*range(12, 29)]
    assert [line.so for line in lines if line.void_reason] == [27]
    assert [line.ngay for line in lines] == sorted(line.ngay for line in lines)


def test_letters_say_which_they_replace_recall_and_cite(office, word_text):
    def text(campaign: str, number: int) -> str:
        return "\n".join(word_text(office.word_file(campaign, number).read_bytes()))

    assert "thay thế Công văn số 20/UBND-KT ngày 18 tháng 5 năm 2026" in text(STORMS, 22)
    assert "07 giờ 00" in text(STORMS, 22)
    assert "17 giờ 00" in text(STORMS, 20)
    assert "Công văn số 18/UBND-KT ngày 11/5/2026" in text(STORMS, 23)
    assert "thu hồi Giấy mời số 25/GM-UBND ngày 16 tháng 11 năm 2026" in text(MEETING, 28)
    assert "đã ghi “… Tết trồng cây năm 2025”, nay sửa thành “… Tết trồng cây năm 2026”" in text(PLANTING, 15)
    moved = [office.word_file(STORMS, 20), office.word_file(MEETING, 25)]
    assert all("thay-the" in path.parts for path in moved)


def test_later_runs_change_nothing_and_find_nothing(office):
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in office.folder.rglob("*.docx")}

    before = files()
    for campaign in (PLANTING, STORMS, MEETING):
        report = office.render(date(2026, 11, 30), campaign).report
        assert {found.code for found in report} == {"batch-letters-kept"}
    assert files() == before


def test_the_printed_book_holds_the_chain_for_the_auditor(office, tmp_path, word_text):
    printed = tmp_path / "so-2026.docx"
    office.command("register", "export", str(printed), "--nam", "2026")
    text = "\n".join(word_text(printed.read_bytes()))
    for note in (
        "Đính chính tại số 15/UBND-KT ngày 28/01/2026",
        "Thay thế bằng số 22/UBND-KT ngày 20/5/2026",
        "Thay thế số 20/UBND-KT ngày 18/5/2026",
        "Đã thu hồi theo số 28/UBND ngày 18/11/2026",
        "không mời thôn mới thành lập",
    ):
        assert note in text
    assert "ỦY BAN NHÂN DÂN XÃ HẬU LỘC" in text


def test_the_book_is_sound_and_a_backup_of_it_too(office, tmp_path):
    said = office.command("register", "verify")
    assert "Sổ còn nguyên vẹn" in said
    backup = tmp_path / "so-2026.sqlite3"
    office.command("register", "backup", str(backup))
    with Register.open(backup) as copy:
        assert copy.verify().ok
        assert len([*copy.entries()]) == 17


def test_a_letter_is_not_issued_before_its_day_and_a_sent_one_is_not_taken_back(tmp_path):
    office = Office(tmp_path / "xa-hau-loc")
    office.render(date(2026, 1, 23), PLANTING)
    with pytest.raises(CampaignError):
        office.issue(date(2026, 1, 23), PLANTING)
    office.issue(date(2026, 1, 26), PLANTING)
    plan, out = office.plan(PLANTING), office.out(PLANTING)
    congvan.undo_issue(plan, "chưa ký", out, office.book, letters=["14/UBND-KT"], clock=_at(date(2026, 1, 26)))
    assert office.states(PLANTING)["14/UBND-KT"] == "da-cap-so"
    office.command("register", "delivered", "12/UBND-KT")
    with pytest.raises(RegisterError):
        congvan.undo_issue(plan, "nhầm", out, office.book, letters=["12/UBND-KT"], clock=_at(date(2026, 1, 26)))


def test_the_page_names_commands_that_exist_and_edits_that_can_be_made():
    page = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\$ congvan ((?:register )?[a-z]+)", page, re.MULTILINE)
    wanted = {"check", "plan", "render", "issue", "correct", "replace", "recall", "status"}
    assert wanted | {f"register {one}" for one in ("delivered", "void", "export", "verify", "backup")} <= {*named}
    for campaign in re.findall(r"dot/[\w./-]+", page):
        assert (EXAMPLE / campaign).exists(), campaign
