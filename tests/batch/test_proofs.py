"""Letters filled once: what the trial laid out is what is made, unless a number turned out to be another."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

import congvan
from congvan.batch import run as batch_run
from congvan.batch.crew import Crew
from congvan.batch.numbers import Numbers
from congvan.batch.own_proofs import own_proofs
from congvan.batch.preflight import preflight
from congvan.batch.proofs import Proofs, RunProofs
from congvan.errors import RegisterError, WorkerLostError
from congvan.findings import Report, finding
from congvan.word import fill_letter, render_docx, template_for

SOURCE = Path(congvan.__file__).parents[1]


def test_what_is_kept_comes_back_by_its_place():
    with Proofs() as kept:
        kept.keep(3, b"ba")
        kept.keep(1, "một".encode())

        assert [kept.of(place) for place in (1, 2, 3)] == ["một".encode(), b"", b"ba"]


def test_nothing_comes_back_once_it_is_discarded():
    with Proofs() as kept:
        kept.keep(1, b"PK")
        kept.discard()

        assert kept.of(1) == b""


def test_a_run_knows_who_keeps_a_letter_it_does_not_keep_itself():
    with RunProofs() as run:
        run.take(2, b"PK", 0)
        run.take(4, b"", 77)

        assert (run.of(2), run.of(4), run.of(9)) == (b"PK", b"", b"")
        assert run.kept([1, 2]) is None
        assert run.kept([3, 4]).keeper == 77
        run.discard()
        assert (run.of(2), run.kept([3, 4])) == (b"", None)


def test_a_process_keeps_the_letters_of_one_run_at_a_time(letter):
    letter = letter()
    template = template_for(letter)
    own_proofs("đợt một").keep(1, fill_letter(letter, template), template, "ab")
    assert own_proofs("đợt một").docx(1) == render_docx(letter)
    assert own_proofs("đợt một").basis_of(1) == "ab"

    own_proofs("đợt hai")
    assert own_proofs("đợt một").docx(1) == b""


def test_a_letter_is_filled_on_trial_and_not_again(project, monkeypatch):
    usual = project.render(out="thuong")
    monkeypatch.setattr("congvan.batch.task.render_letter", None)
    once = project.render(out="mot-lan")

    assert once.letters == usual.letters
    assert not once.failed


@pytest.fixture
def process():
    """A crew of one process."""
    with Crew(1, seconds=lambda *_: 60) as crew:
        yield crew


def test_a_process_fills_a_letter_on_trial_and_not_again(project, process):
    usual = project.render(out="thuong")
    process.submit(exec, "import congvan.batch.task as task; task.render_letter = None").result()
    once = project.render(out="mot-lan", executor=process)

    assert once.letters == usual.letters
    assert not once.failed


def test_processes_that_stand_ready_serve_one_run_after_the_other(project, process):
    first = project.render(out="mot", executor=process)
    second = project.render(out="hai", executor=process)

    assert first.letters == second.letters
    assert not second.failed


def test_what_a_process_kept_and_took_along_is_filled_again(project, process, monkeypatch):
    usual = project.render(out="thuong")

    def taken_once_the_process_is_lost(numbers, taken=Numbers.taken):
        with pytest.raises(WorkerLostError):
            process.submit(os.abort).result()
        return taken(numbers)

    monkeypatch.setattr(Numbers, "taken", taken_once_the_process_is_lost)

    assert project.render(out="mat", executor=process).letters == usual.letters


def test_where_a_process_has_no_room_letters_are_filled_again(project, process):
    usual = project.render(out="thuong")
    process.submit(exec, "import congvan.batch.proofs as proofs; proofs.TemporaryFile = lambda **_: open('')").result()

    assert project.render(out="day", executor=process).letters == usual.letters


def test_where_there_is_no_room_letters_are_filled_again(project, monkeypatch):
    usual = project.render(out="thuong")

    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("congvan.batch.proofs.TemporaryFile", full)

    assert project.render(out="day").letters == usual.letters


@pytest.mark.parametrize("written", [0, 100])
def test_a_disk_that_fills_up_meanwhile_loses_no_letter(project, monkeypatch, written):
    usual = project.render(out="thuong")

    class Full(io.BytesIO):
        def write(self, docx):
            if not written:
                raise OSError(28, "No space left on device")
            return super().write(docx[:written])

    monkeypatch.setattr("congvan.batch.proofs.TemporaryFile", lambda **_: Full())

    assert project.render(out="day").letters == usual.letters


class SmallDisk(io.RawIOBase):
    """A file on a disk with room for ``room`` bytes more."""

    def __init__(self, room):
        self.content = io.BytesIO()
        self.room = room

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def seek(self, *where):
        return self.content.seek(*where)

    def readinto(self, buffer):
        return self.content.readinto(buffer)

    def write(self, some):
        if not self.room:
            raise OSError(28, "No space left on device")
        taken = self.content.write(bytes(some)[: self.room])
        self.room -= taken
        return taken


@pytest.mark.parametrize("at_once", [1, 64, 4096])
@pytest.mark.parametrize("asked_in_between", [False, True])
def test_what_a_full_disk_gives_back_is_the_letter_or_nothing(monkeypatch, at_once, asked_in_between):
    disk = SmallDisk(room=700)
    monkeypatch.setattr("congvan.batch.proofs.TemporaryFile", lambda **_: io.BufferedRandom(disk, at_once))
    letters = {place: bytes([place]) * 100 for place in range(1, 13)}
    with Proofs() as kept:
        for place, letter in letters.items():
            kept.keep(place, letter)
            if asked_in_between:
                kept.of(place)

        assert all(kept.of(place) in {letter, b""} for place, letter in letters.items())


@pytest.mark.parametrize("options", [{}, {"executor": None}], ids=["here", "processes"])
def test_a_number_somebody_else_took_meanwhile_is_in_no_letter(project, monkeypatch, word_text, options):
    def preflight_and_another_campaign(*given):
        found = preflight(*given)
        monkeypatch.setattr(batch_run, "preflight", preflight)
        project.change("dot.yaml", "ma: thu-nghiem-2021", "ma: chen-ngang-2021")
        (other,) = project.render(out="chen-ngang", only=["tinh"]).letters
        assert other.so == 465
        return found

    monkeypatch.setattr(batch_run, "preflight", preflight_and_another_campaign)
    company, *rest = project.render(formats=["docx"], **options).letters
    texts = ["\n".join(word_text((project.folder / "out" / row.docx.path).read_bytes())) for row in (company, *rest)]

    assert company.so == 466
    assert "Số: 466/PCTH-KD" in texts[0]
    assert "Công văn số 466/PCTH-KD" in texts[1]
    assert not any("465/PCTH" in text for text in texts)
    assert [path.name for path in (project.folder / "out").rglob(".*.tmp")] == []


def test_letters_begun_before_their_numbers_are_refused_leave_nothing(project, monkeypatch):
    def refused(_):
        raise RegisterError(Report.of([finding("register-failed", why="hỏng")]))

    monkeypatch.setattr(Numbers, "taken", refused)
    with pytest.raises(RegisterError):
        project.render(formats=["docx"], executor=None)

    assert [path.name for path in (project.folder / "out").iterdir()] == [".congvan"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
def test_a_run_killed_while_its_numbers_are_taken_shows_no_letter_and_the_next_begins_anew(project):
    program = f"""\
        import os, signal, time, congvan
        from pathlib import Path
        from congvan.batch.numbers import Numbers

        def killed(numbers):
            while len([*Path("out").rglob(".*.tmp")]) < 9:
                time.sleep(0.01)
            os.kill(os.getpid(), signal.SIGKILL)

        Numbers.taken = killed
        plan = congvan.plan(congvan.load_campaign({project.campaign.name!r}))
        congvan.render(plan, "out", {project.register.name!r}, formats=["docx"], jobs=1)
    """
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, "-c", dedent(program)], cwd=project.folder, env=env, check=False)

    assert done.returncode == -signal.SIGKILL
    assert list((project.folder / "out").rglob("*.docx")) == []
    assert not project.register.exists()
    project.render("out", formats=["docx"])
    project.render("khac", formats=["docx"])
    assert project.files(project.folder / "out") == project.files(project.folder / "khac")
