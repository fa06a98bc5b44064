"""The register beside a clerk who keeps the same book by hand, through any order of events."""

import tempfile
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from congvan.errors import RegisterError
from congvan.register import NumberRequest, Register

KEYS = st.sampled_from("abcdefgh")
LETTERS = st.builds(
    NumberRequest,
    khoa=KEYS,
    don_vi=st.sampled_from(["pcth", "pcth", "pcth", "dl"]),
    nam=st.just(2021),
    ngay=st.none() | st.dates(date(2021, 4, 1), date(2021, 4, 4)),
    ky_hieu=st.just("PCTH-KD"),
    loai=st.just("cong-van"),
    trich_yeu=st.sampled_from(["một", "hai"]),
    bat_dau=st.sampled_from([1, 1, 465]),
)


class Line:
    def __init__(self, request, so):
        self.request, self.so, self.state = request, so, "reserved"


class Notebook:
    """The simplest book that could be right: a list of lines, looked through from the start each time."""

    def __init__(self, lines=()):
        self.lines = list(lines)

    def find(self, khoa):
        return next((line for line in self.lines if line.request.khoa == khoa), None)

    def after(self, run):
        """The notebook with ``run`` written in, or None where it refuses."""
        page = Notebook()
        for line in self.lines:
            page.lines.append(Line(line.request, line.so))
            page.lines[-1].state = line.state
        moved = set()
        for request in run:
            line = page.find(request.khoa)
            if line is None:
                taken = [other.so for other in page.lines if other.request.don_vi == request.don_vi]
                line = Line(request, max(taken) + 1 if taken else request.bat_dau)
                page.lines.append(line)
                moved.add(request.khoa)
            elif line.state == "void" or line.request.don_vi != request.don_vi:
                return None
            elif line.request.ngay != request.ngay:
                moved.add(request.khoa)
            line.request = request
        return None if len({request.khoa for request in run}) < len(run) or page.disordered(moved) else page

    def disordered(self, moved):
        dated = [line for line in self.lines if line.state != "void" and line.request.ngay]
        for low, high in combinations(sorted(dated, key=lambda line: (line.request.don_vi, line.so)), 2):
            same = low.request.don_vi == high.request.don_vi
            if same and low.request.ngay > high.request.ngay and {low.request.khoa, high.request.khoa} & moved:
                return True
        return False

    def numbers(self, run):
        return {request.khoa: self.find(request.khoa).so for request in run}

    def written(self):
        lines = sorted(self.lines, key=lambda line: (line.request.don_vi, line.so))
        return [
            (line.request.don_vi, line.so, line.request.khoa, line.state, line.request.ngay, line.request.trich_yeu)
            for line in lines
        ]


class RegisterAgainstNotebook(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.where = Path(self.folder.name) / "so.sqlite3"
        self.register, self.notebook = Register.open(self.where), Notebook()
        self.backup = None

    def teardown(self):
        self.folder.cleanup()

    @rule(run=st.lists(LETTERS, min_size=1, max_size=4))
    def look_then_reserve(self, run):
        after = self.notebook.after(run)
        assert self.register.check(run).ok == (after is not None)
        if after is None:
            with pytest.raises(RegisterError):
                self.register.reserve(run)
        else:
            self.notebook = after
            assert self.register.preview(run)[1] == self.register.reserve(run) == after.numbers(run)

    @rule()
    def reserve_everything_again(self):
        run = [line.request for line in self.notebook.lines if line.state != "void"]
        assert self.register.reserve(run) == self.notebook.numbers(run)

    @rule(keys=st.lists(KEYS, min_size=1, max_size=3))
    def issue(self, keys):
        lines = [self.notebook.find(khoa) for khoa in keys]
        if any(line is None or line.state == "void" for line in lines):
            with pytest.raises(RegisterError):
                self.register.issue(keys)
        else:
            self.register.issue(keys)
            for line in lines:
                line.state = "issued"

    @rule(khoa=KEYS)
    def void(self, khoa):
        line = self.notebook.find(khoa)
        if line is None or line.state == "void":
            with pytest.raises(RegisterError):
                self.register.void(khoa, "in sai")
        else:
            self.register.void(khoa, "in sai")
            line.state = "void"

    @precondition(lambda self: self.notebook.lines)
    @rule()
    def back_up(self):
        self.register.backup(self.where.with_name("luu.sqlite3"))
        self.backup = self.notebook.after([])

    @precondition(lambda self: self.backup)
    @rule()
    def restore(self):
        """What the backup knows is as it was; a number given since stays, and is never given again."""
        self.register.restore(self.where.with_name("luu.sqlite3"), enter_new=True)
        for line in self.notebook.lines:
            before = self.backup.find(line.request.khoa)
            if before:
                line.request = before.request
            elif line.state == "reserved":
                line.state = "issued"
        assert self.register.verify().findings == ()

    @rule()
    def open_again(self):
        self.register.close()
        self.register = Register.open(str(self.where))

    @invariant()
    def both_books_say_the_same(self):
        said = [
            (line.don_vi, line.so, line.khoa, line.trang_thai.value, line.ngay, line.trich_yeu)
            for line in self.register.entries()
        ]
        assert said == self.notebook.written()

    @invariant()
    def there_is_a_file_only_once_a_number_was_taken(self):
        assert self.where.exists() == bool(self.notebook.lines)


TestRegisterAgainstNotebook = RegisterAgainstNotebook.TestCase
TestRegisterAgainstNotebook.settings = settings(max_examples=30, stateful_step_count=15, deadline=None)
