"""What may go wrong during a run: each fault is a finding, the rest is done, nothing is half there, and the next run
goes on. ``docs/reference/su-co.md`` tells a clerk the same.
"""

import errno
import io
import os
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import pytest

import congvan
from congvan.errors import CongvanError, EngineError, OutputError, RegisterError, RunCancelledError
from congvan.pdf.engines.dxpdf.engine import EmbeddedEngine
from congvan.register import Register, State
from congvan.run.output.journal import Journal
from congvan.run.rendering import stage_batch

SOURCE = Path(congvan.__file__).parents[1]
IN_EVERY_PROCESS = """\
    import io, os, time, zipfile
    from congvan.pdf.engines.dxpdf.engine import EmbeddedEngine
    convert = EmbeddedEngine.convert
    def faulty(engine, bundle):
        with zipfile.ZipFile(io.BytesIO(bundle.docx)) as archive:
            if "Lò Ón" in archive.read("word/document.xml").decode("utf-8"):
                {fault}
        return convert(engine, bundle)
    EmbeddedEngine.convert = faulty
"""


def codes(report):
    return [found.code for found in report.errors]


def states(project):
    with Register.open(project.register) as register:
        assert {found.code for found in register.verify()} <= {"register-missing"}
        return {line.khoa.partition("/")[2]: line.trang_thai for line in register.entries()}


def left_half_written(out):
    return [path for path in out.rglob(".*.tmp") if "staging" not in path.parts]


# The engine.


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("os._exit(3)", "(3)"),
        ("time.sleep(3600)", "2 giây"),
        pytest.param(
            "bytearray(4 * 1024**3)",
            "2048 MB",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process"),
        ),
    ],
)
def test_a_letter_that_kills_stalls_or_swamps_the_engine_fails_alone(project, monkeypatch, fault, told):
    project.render("khong-loi")
    expected = project.files(project.folder / "khong-loi")
    (project.folder / "sitecustomize.py").write_text(dedent(IN_EVERY_PROCESS).format(fault=fault), encoding="utf-8")
    with monkeypatch.context() as faulty:
        faulty.setenv("PYTHONPATH", os.pathsep.join((str(project.folder), str(SOURCE))))
        run = project.render(executor=None, time_limit=2)

    assert [row.ma for row in run.failed] == ["16015-03"]
    assert codes(run.report) == ["batch-letter-failed"]
    made = project.files(project.folder / "out")
    letters = {name for name in expected if name.endswith((".docx", ".pdf")) and not name.startswith("in/")}
    missing = "3-thon/400-huyen-hau-loc/16015-xa-dai-loc/003_15-DLHL"
    assert {name for name in letters if made.get(name) != expected[name]} == {f"{missing}.docx", f"{missing}.pdf"}
    assert states(project)["thon/16015-03"] is State.RESERVED  # by the run without a fault
    assert told in str(run.report)

    project.render()
    assert project.files(project.folder / "out") == expected


def test_an_executor_that_breaks_lists_every_letter_it_did_not_make(project):
    class Broken(Executor):
        def submit(self, *_):
            raise RuntimeError("hỏng")

    run = project.render(executor=Broken())

    assert len(run.failed) == 9
    assert codes(run.report) == ["batch-letter-failed"] * 9
    assert states(project) == {}, "a letter that failed takes no number"
    project.render()
    assert set(states(project).values()) == {State.RESERVED}


def test_a_process_that_dies_once_costs_nothing_but_time(project):
    class DiesOnce(Executor):
        def __init__(self):
            self.calls = 0

        def submit(self, fn, /, *given):
            self.calls += 1
            future = Future()
            future.set_exception(OSError("killed")) if self.calls == 3 else future.set_result(fn(*given))
            return future

    project.render("khong-loi")
    run = project.render(executor=DiesOnce())

    assert run.failed == ()
    assert project.files(project.folder / "out") == project.files(project.folder / "khong-loi")


def test_a_run_that_is_interrupted_leaves_nothing_beside_its_places(project, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("congvan.run.templates.BATCH_SIZE", 2)
    with pytest.raises(KeyboardInterrupt):
        project.render(executor=None, formats=["docx"], progress=interrupt)

    assert left_half_written(project.folder / "out") == []
    assert project.render(formats=["docx"]).failed == ()


def test_an_engine_that_is_not_there_is_refused_before_a_number_is_taken(project):
    with pytest.raises(EngineError):
        project.render(engine="pandoc")
    assert not project.register.exists()
    assert not (project.folder / "out").exists()


@pytest.mark.slow
def test_a_program_need_not_guard_its_main_module(project):
    program = f"""\
        import congvan
        plan = congvan.plan(congvan.load_campaign({str(project.campaign)!r}))
        print(len(congvan.render(plan, {str(project.folder / "out")!r}, draft=True).failed))
    """
    script = project.folder / "chuong-trinh.py"
    script.write_text(dedent(program), encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, env=env)
    assert done.stdout == "0\n"


def test_a_letter_that_cites_one_that_failed_takes_no_number_either_and_the_rest_goes_on(project, monkeypatch):
    convert = EmbeddedEngine.convert

    def faulty(self, bundle):
        with zipfile.ZipFile(io.BytesIO(bundle.docx)) as archive:
            text = archive.read("word/document.xml").decode("utf-8")
        if "đề nghị thị xã Bỉm Sơn phối hợp" in text:
            raise EngineError("dxpdf", "hỏng")
        return convert(self, bundle)

    with monkeypatch.context() as broken:
        broken.setattr(EmbeddedEngine, "convert", faulty)
        run = project.render()

    assert {row.ma for row in run.failed} == {"381", "14812-01", "14812-02", "14812-03"}
    assert {row.so for row in run.failed} == {None}
    assert [row.so for row in run.letters if row.trang_thai == "da-cap-so"] == [465, 12, 13, 14, 15]
    assert not [key for key in states(project) if "381" in key or "14812" in key]
    assert project.render().failed == ()
    project.render("khac", register=project.folder / "khac.sqlite3")
    assert project.files(project.folder / "out") == project.files(project.folder / "khac")


def test_the_letters_after_one_that_failed_move_up(project, monkeypatch):
    convert = EmbeddedEngine.convert

    def faulty(self, bundle):
        with zipfile.ZipFile(io.BytesIO(bundle.docx)) as archive:
            if "Đinh Công Ngạn" in archive.read("word/document.xml").decode("utf-8"):
                raise EngineError("dxpdf", "hỏng")
        return convert(self, bundle)

    with monkeypatch.context() as broken:
        broken.setattr(EmbeddedEngine, "convert", faulty)
        run = project.render()
    numbers = {row.ma: row.so for row in run.letters}

    assert (numbers["16015-01"], numbers["16015-02"], numbers["16015-03"]) == (None, 13, 14)
    assert {row.ma: row.so for row in project.render().letters}["16015-01"] == 15


def test_a_run_that_is_cancelled_takes_no_number_and_the_next_one_goes_on(project):
    with pytest.raises(RunCancelledError):
        project.render(cancelled=lambda: True)
    assert states(project) == {}
    assert project.render().report.ok


# The disk.


def test_a_file_that_is_open_elsewhere_fails_its_letter_alone(project, monkeypatch):
    project.render()
    before = project.files(project.folder / "out")
    project.change("thon.csv", "thôn Đại Hữu", "thôn Đại Hữu Đông")
    with monkeypatch.context() as windows:
        windows.setattr(os, "replace", refusing(os.replace, "002_14-DLHL.docx"))
        windows.setattr(Path, "unlink", refusing(Path.unlink, "002_14-DLHL.docx"))
        run = project.render()

    assert [row.ma for row in run.failed] == ["16015-02"]
    assert codes(run.report) == ["batch-letter-failed", "batch-stale-stays"]
    name = "3-thon/400-huyen-hau-loc/16015-xa-dai-loc/002_14-DLHL.docx"
    assert project.files(project.folder / "out")[name] == before[name]
    assert left_half_written(project.folder / "out") == []
    assert project.render().failed == ()
    project.render("khac")
    assert project.files(project.folder / "out") == project.files(project.folder / "khac")


@pytest.mark.parametrize("name", ["manifest.csv", "danh-muc.xlsx", "index.html", "3-thon.pdf"])
def test_a_list_or_print_file_that_is_open_elsewhere_does_not_stop_the_run(project, monkeypatch, name):
    with monkeypatch.context() as windows:
        windows.setattr(Path, "replace", refusing(Path.replace, name))
        run = project.render()

    assert run.failed == ()
    assert codes(run.report) == ["batch-output-unwritable"]
    assert set(states(project).values()) == {State.RESERVED}
    assert project.render().report.ok
    assert [path for path in project.files(project.folder / "out") if path.endswith(name)]


def test_a_pdf_that_cannot_be_read_back_costs_the_print_file_alone(project, monkeypatch):
    def unreadable(*_):
        raise EngineError("print file", "hỏng")

    with monkeypatch.context() as broken:
        broken.setattr("congvan.pdf.print.print_file.write_print_file", unreadable)
        run = project.render()

    assert run.failed == ()
    assert codes(run.report) == ["batch-print-file-failed"] * 7
    assert run.print_files == {}
    assert len(project.render().print_files) == 7


def refusing(act, name):
    """As Windows does for a file that Word or Excel has open."""

    def refuse(path, *given, **named):
        if name in {Path(one).name for one in (path, *given)}:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return act(path, *given, **named)

    return refuse


@pytest.mark.parametrize("options", [{}, {"executor": None}], ids=["here", "processes"])
def test_a_folder_that_cannot_be_written_fails_its_letters_alone(project, options):
    (project.folder / "out").mkdir()
    (project.folder / "out" / "2-huyen").write_text("không phải thư mục", encoding="utf-8")
    run = project.render(**options)

    assert {row.cap for row in run.failed} == {"huyen"}
    assert codes(run.report) == ["batch-letter-failed"] * 2
    assert {*states(project).values()} == {State.RESERVED}
    (project.folder / "out" / "2-huyen").unlink()
    assert project.render().report.ok


SMALL = """\
    import resource, sys
    import congvan
    from concurrent.futures import Executor, Future
    from congvan.errors import OutputError
    campaign, out, most = sys.argv[1:]
    def limit(size):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    class Unlimited(Executor):  # an engine may write its fonts
        def submit(self, fn, /, *given):
            limit(resource.RLIM_INFINITY)
            future = Future()
            future.set_result(fn(*given))
            limit(int(most))
            return future
    plan = congvan.plan(congvan.load_campaign(campaign))
    try:
        congvan.render(plan, out, executor=Unlimited(), draft=True)
    except OutputError as error:
        print(*(found.code for found in error.report))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is of Unix")
@pytest.mark.parametrize("too_large", ["du-thao/1-tinh/001_chua-so-PCTH-KD.pdf", "du-thao/in/3-thon.pdf"])
def test_a_full_disk_ends_the_run_with_a_finding_and_keeps_what_is_whole(project, too_large):
    """By a limit on the size of files, below that of a letter or of a print file."""
    project.render("khong-loi", draft=True)
    expected = project.files(project.folder / "khong-loi")
    words = [str(part) for part in (project.campaign, project.folder / "out", len(expected[too_large]) - 1)]
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", dedent(SMALL), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)

    assert done.stdout == "batch-disk-full\n", done.stderr
    left = project.files(project.folder / "out")
    assert left
    assert all(expected[name] == content for name, content in left.items() if ".congvan" not in name)
    assert left_half_written(project.folder / "out") == []
    project.render(draft=True)
    assert project.files(project.folder / "out") == expected


DISK_OF_ITS_OWN = """\
    import subprocess, sys
    from pathlib import Path
    import congvan
    from concurrent.futures import ThreadPoolExecutor
    from congvan.errors import OutputError
    *given, by = sys.argv[1:]
    campaign, disk, register, expected = map(Path, given)
    def mount(options):
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], check=True)
    def files(folder):
        return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    plan = congvan.plan(congvan.load_campaign(campaign))
    mount("size=300k")
    with ThreadPoolExecutor(1) as pool:
        here = pool if by == "here" else None
        try:
            congvan.render(plan, disk / "out", register, executor=here)
        except OutputError as error:
            print(*(found.code for found in error.report))
        whole = files(expected)
        left = files(disk / "out")
        print(len(left), all(whole.get(name) == left[name] for name in left if name.parts[0] != ".congvan"))
        mount("remount,size=50m")
        congvan.render(plan, disk / "out", register, executor=here)
    print(files(disk / "out") == whole)
"""
APART = ("unshare", "--map-root-user", "--mount")


@pytest.mark.skipif(
    not shutil.which("unshare") or subprocess.run([*APART, "true"], check=False).returncode != 0,
    reason="this machine lets no user mount a small disk of their own",
)
@pytest.mark.parametrize("by", ["here", "processes"])
def test_a_run_goes_on_after_room_was_made_on_a_disk_that_was_full(project, by):
    project.render("khong-loi")
    disk = project.folder / "dia"
    disk.mkdir()
    words = [str(part) for part in (project.campaign, disk, project.register, project.folder / "khong-loi", by)]
    command = [*APART, sys.executable, "-c", dedent(DISK_OF_ITS_OWN), *words]
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)

    code, left, equal = done.stdout.splitlines()
    assert code == "batch-disk-full"
    assert int(left.split()[0]) > 5
    assert left.endswith("True")
    assert equal == "True"


def test_a_disk_full_in_the_middle_of_the_journal_ends_the_run_too(project, monkeypatch):
    enter = Journal.__enter__

    class Short:
        """A file that takes half of what it is given, as on a disk without room."""

        def __init__(self, file):
            self.close = file.close
            self.write = lambda content: file.write(content[: len(content) // 2])

    def enter_short(self):
        enter(self)
        self._file = Short(self._file)
        return self

    project.render("khong-loi")
    with monkeypatch.context() as full:
        full.setattr(Journal, "__enter__", enter_short)
        with pytest.raises(OutputError) as error:
            project.render()
    assert codes(error.value.report) == ["batch-disk-full"]
    project.render()
    assert project.files(project.folder / "out") == project.files(project.folder / "khong-loi")


# The campaign and the clock.


def test_a_template_that_is_no_word_file_is_refused_before_anything_is_written(project):
    (project.folder / "mau.docx").write_bytes(b"PK\x03\x04 khong phai Word")
    project.change("dot.yaml", "noi_dung: thon.md", "mau: mau.docx")
    with pytest.raises(CongvanError) as error:
        project.render()

    assert "mau.docx" in str(error.value)
    assert not (project.folder / "out").exists()
    assert not project.register.exists()


def test_a_clock_set_back_changes_no_number_and_no_byte(project, monkeypatch):
    def set_to(year):
        clock = {"clock": lambda: datetime(year, 5, 1, tzinfo=UTC)}
        monkeypatch.setattr(Register.open.__func__, "__kwdefaults__", {**as_it_is, **clock})

    as_it_is = Register.open.__func__.__kwdefaults__
    set_to(2026)
    project.render(only=["tinh"])
    set_to(2019)
    project.render()
    first = project.files(project.folder / "out")
    with Register.open(project.register) as register:
        assert [row.at[:4] for row in register.trail()][-1] == "2019"
    set_to(2026)
    project.render()
    assert project.files(project.folder / "out") == first
    assert set(states(project).values()) == {State.RESERVED}


# The register on a server.


@pytest.fixture
def on_server(postgresql_url, project):
    """The campaign with its register on a server."""
    project.register = postgresql_url
    return project


class AtFirstLetter(Executor):
    """Makes letters in this process, and lets something happen before the first is staged."""

    def __init__(self, happen):
        self._happen = [happen]

    def submit(self, fn, /, *given):
        while self._happen and fn is stage_batch:
            self._happen.pop()()
        future = Future()
        future.set_result(fn(*given))
        return future


def test_a_server_started_again_in_mid_run_is_not_noticed(postgresql_server, on_server):
    def restart():
        postgresql_server.stop()
        postgresql_server.start()

    run = on_server.render(register=on_server.register, executor=AtFirstLetter(restart))

    assert run.report.ok
    assert set(states(on_server).values()) == {State.RESERVED}


def test_a_server_that_goes_away_in_mid_run_is_a_finding_and_the_next_run_goes_on_with_what_is_staged(
    postgresql_server, on_server
):
    on_server.render("khong-loi", register=on_server.folder / "khac.sqlite3")
    stops = iter([postgresql_server.stop])
    with pytest.raises(RegisterError) as error:
        on_server.render(register=on_server.register, progress=lambda *_: next(stops, int)())
    postgresql_server.start()

    assert codes(error.value.report) == ["register-failed"]
    assert states(on_server) == {}, "nothing is numbered before all letters are staged"
    made_again = []
    run = on_server.render(register=on_server.register, executor=AtFirstLetter(lambda: made_again.append(1)))
    assert run.report.ok
    assert made_again == []
    expected = on_server.files(on_server.folder / "khong-loi")
    assert on_server.files(on_server.folder / "out") == expected
    assert set(states(on_server).values()) == {State.RESERVED}
