"""The month of an office in one test: kills, a full disk, a clock set back, a book of an earlier version, a server that
starts again, letters replaced and recalled; nothing is lost, and the book is sound.
"""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent

import pytest

import congvan
from congvan.register import Register, State

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills and limits are of Unix")

SOURCE = Path(congvan.__file__).parents[1]
EARLIER_VERSION = Path(__file__).parents[1] / "register" / "data" / "so-3.sql"

RUN = """
    import sys
    import congvan
    campaign, out, register = sys.argv[1:]
    congvan.render(congvan.plan(congvan.load_campaign(campaign)), out, register, jobs=1)
"""
RUN_ON_FULL_DISK = """
    import resource, sys
    import congvan
    campaign, out, register = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, resource.RLIM_INFINITY))
    try:
        congvan.render(congvan.plan(congvan.load_campaign(campaign)), out, register, jobs=1)
    except congvan.CongvanError as error:
        print(error.code)
"""


class Office:
    """The office, its output folder and the book it uses at the moment; its clock says what it is told."""

    def __init__(self, project):
        self.project = project
        self.out = project.folder / "out"
        self.book = project.folder / "so.sqlite3"
        self.now = datetime(2021, 6, 21, 8, tzinfo=UTC)
        self.given: dict[str, int] = {}

    def plan(self):
        return congvan.plan(congvan.load_campaign(self.project.campaign))

    def render(self, **options):
        given = {"executor": self.project.executor, "clock": lambda: self.now, **options}
        return congvan.render(self.plan(), self.out, self.book, **given)

    def issue(self, **options):
        return congvan.issue(self.plan(), self.out, self.book, clock=lambda: self.now, **options)

    def follow(self, act, name, reason):
        given = {"day": date(2021, 7, 5), "clock": lambda: self.now, "executor": self.project.executor}
        act(self.plan(), [name], self.out, self.book, reason=reason, **given)
        self.issue()

    def program(self, program):
        words = [self.project.campaign, self.out, self.book]
        return subprocess.Popen(
            [sys.executable, "-c", dedent(program), *map(str, words)],
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            stdout=subprocess.PIPE,
            text=True,
        )

    def look(self):
        """After each event: the book is sound, no number is gone or another letter's, each file is as it was noted."""
        with Register.open(self.book) as register:
            flaws = {found.code for found in register.verify()} - {"register-missing"}
            now = {line.khoa: line.so for line in register.entries()}
        assert flaws == set()
        assert self.given.items() <= now.items()
        series = [(line.don_vi, line.nam, line.chuoi, line.so) for line in self.lines()]
        assert len(set(series)) == len(series)
        self.given = now

    def lines(self):
        with Register.open(self.book) as register:
            return [*register.entries()]


@pytest.mark.slow
def test_a_month_of_an_office_loses_nothing(project, postgresql_server, postgresql_url):
    office = Office(project)
    begins_with_a_book_of_an_earlier_version(office)
    is_killed_twice_in_mid_run(office)
    runs_out_of_disk(office)
    has_its_clock_set_back(office)
    moves_to_a_server_that_starts_again(office, postgresql_server, postgresql_url)
    replaces_and_recalls(office)
    restores_the_book_from_a_backup(office)

    office.render()
    office.look()
    files = {path.name for path in office.out.rglob("*.docx") if ".congvan" not in path.parts}
    issued = [line for line in office.lines() if line.khoa.startswith("thu-nghiem") and line.trang_thai != State.VOID]
    assert len(files) == len(issued) == 9 + 3
    numbers = {
        body: sorted(line.so for line in issued if line.don_vi == body) for body in {line.don_vi for line in issued}
    }
    assert all(have == [*range(have[0], have[-1] + 1)] for have in numbers.values()), numbers


def begins_with_a_book_of_an_earlier_version(office):
    with closing(sqlite3.connect(office.book)) as connection:
        connection.executescript(EARLIER_VERSION.read_text(encoding="utf-8"))
    office.look()
    assert len(office.given) >= 3


def is_killed_twice_in_mid_run(office):
    for _ in range(2):
        program = office.program(RUN)
        deadline = time.monotonic() + 60
        while not [*office.out.glob(".congvan/staging/*")] and time.monotonic() < deadline:
            time.sleep(0.01)
        program.send_signal(signal.SIGKILL)
        program.communicate()
        office.look()
    assert office.render().report.ok
    office.look()


def runs_out_of_disk(office):
    """A change of every letter, for which there is no room; then there is."""
    office.project.change("thon.md", "thông báo", "thông báo rộng rãi")
    before = letters_of(office.out)
    told, _ = office.program(RUN_ON_FULL_DISK).communicate()
    # To SQLite a file that may not grow is no full disk, so it is a failure of another kind.
    assert told.strip() in {"batch-disk-full", "register-disk-full", "register-failed"}
    assert letters_of(office.out) == before
    office.look()
    assert not office.render().failed
    office.look()
    assert letters_of(office.out) != before


def has_its_clock_set_back(office):
    office.now = datetime(2019, 1, 1, tzinfo=UTC)
    before = letters_of(office.out)
    assert not office.render().failed
    assert letters_of(office.out) == before
    office.look()
    office.now = datetime(2021, 7, 1, 9, tzinfo=UTC)


def moves_to_a_server_that_starts_again(office, server, url):
    with Register.open(office.book) as register:
        register.backup(office.project.folder / "backup.sqlite3")
    with Register.open(url) as register:
        register.restore(office.project.folder / "backup.sqlite3")
    office.book = url
    office.look()
    restarts = iter([server.stop, server.start])

    def restart(*_):
        for act in restarts:
            act()

    office.project.change("huyen.md", "đề nghị", "trân trọng đề nghị")
    assert not office.render(progress=restart).failed
    office.look()
    assert [row.so for row in office.issue().letters if row.so is None] == []
    office.look()


def replaces_and_recalls(office):
    office.now = datetime(2021, 7, 6, 9, tzinfo=UTC)
    office.project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    office.follow(congvan.replace, "15/ĐLHL", "ghi sai họ tên")
    office.project.change("thon.csv", "Trịnh Thị Quế", "Trịnh Thị Quý")
    office.follow(congvan.replace, "14/ĐLHL", "ghi sai họ tên")
    office.follow(congvan.recall, "13/ĐLHL", "gửi nhầm")
    office.look()


def restores_the_book_from_a_backup(office):
    """The server is lost; the book goes on in a file."""
    with Register.open(office.book) as register:
        register.backup(office.project.folder / "last.sqlite3")
    office.book = office.project.folder / "so-moi.sqlite3"
    with Register.open(office.book) as register:
        register.restore(office.project.folder / "last.sqlite3")
    office.look()


def letters_of(out):
    """The hashes of all letters."""
    return {
        path.relative_to(out): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*.docx")
        if ".congvan" not in path.parts
    }
