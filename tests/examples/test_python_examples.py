"""The programs of examples/python: each does what its docstring says, fits on a page, and pleases the type checkers."""

import asyncio
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import congvan

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "python"
PROGRAMS = sorted(FOLDER.glob("*.py"))
CAMPAIGN = ROOT / "examples" / "xoa-thu-tien-dien" / "campaign.yaml"
LETTERS_OF_UPPER_TIERS = 28
MAX_LINES = 60
REQUESTS_AT_ONCE = 8

PARTS = {
    "co_quan": "CÔNG TY ĐIỆN LỰC MẪU",
    "ky_hieu": "PCM-KD",
    "dia_danh": "Thanh Hóa",
    "ngay": "2026-03-03",
    "trich_yeu": "phối hợp tuyên truyền",
    "kinh_gui": ["Sở Công Thương"],
    "noi_dung": "Công ty trân trọng đề nghị quý cơ quan phối hợp.",
    "noi_nhan": ["Như trên", "Lưu: VT, KD"],
    "ky": {"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
}


def run(name, *words, folder, **environment):
    """The lines the program prints."""
    command = [sys.executable, "-W", "error", str(FOLDER / name), *map(str, words)]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def module(name):
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def pdf_of(**parts):
    return congvan.to_pdf(congvan.render_docx(congvan.Letter(**{**PARTS, **parts})))


def is_pdf(path):
    return path.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_program_fits_on_a_page_and_says_how_to_run_it(path):
    text = path.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= MAX_LINES
    assert "\nRun: ``" in text.split('"""')[1]


def test_every_program_is_listed_in_the_guide():
    guide = (ROOT / "docs" / "how-to" / "python.md").read_text(encoding="utf-8")

    assert [path.name for path in PROGRAMS if f"(../../examples/python/{path.name})" not in guide] == []


def post(app, bodies):
    """The answers of the service to requests that arrive at the same time."""
    httpx = pytest.importorskip("httpx", reason="httpx is not installed")

    async def ask():
        transport = httpx.ASGITransport(app=app)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://x") as web:
            return await asyncio.gather(*(web.post("/letters", json=body, timeout=120) for body in bodies))

    return asyncio.run(ask())


def test_a_web_service_answers_eight_requests_at_once_with_the_bytes_of_each_letter():
    pytest.importorskip("fastapi", reason="fastapi is not installed")
    numbers = range(1, REQUESTS_AT_ONCE + 1)
    answers = post(module("web_service").app, [{**PARTS, "so": number} for number in numbers])

    assert {(answer.status_code, answer.headers["content-type"]) for answer in answers} == {(200, "application/pdf")}
    assert [answer.content for answer in answers] == [pdf_of(so=number) for number in numbers]


def test_a_web_service_answers_a_wrong_letter_with_every_finding():
    pytest.importorskip("fastapi", reason="fastapi is not installed")
    (answer,) = post(module("web_service").app, [{**PARTS, "trich_yeu": "", "noi_dung": ""}])

    assert answer.status_code == 422
    found = [(one["code"], one["place"]["key"]) for one in answer.json()]
    assert found == [("letter-part-empty", "trich_yeu"), ("letter-part-empty", "noi_dung")]


def test_an_asyncio_program_makes_letters_in_threads(tmp_path):
    lines = run("asyncio_service.py", tmp_path, folder=tmp_path)

    assert [line.split(":")[0] for line in lines] == ["1.pdf", "2.pdf", "3.pdf"]
    assert lines[1] == "2.pdf: letter-part-empty"
    assert is_pdf(tmp_path / "1.pdf")
    assert not (tmp_path / "2.pdf").exists()


@pytest.fixture
def celery_worker(tmp_path):
    """The environment of a program whose tasks a worker with two forked processes does."""
    pytest.importorskip("celery", reason="celery is not installed")
    if sys.platform == "win32":
        pytest.skip("Celery has no prefork pool on Windows")
    environment = {"QUEUE_FOLDER": str(tmp_path / "queue"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "celery", "--app", "celery_task", "worker", "--pool", "prefork"]
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [*command, "--concurrency", "2", "--loglevel", "INFO", "--without-mingle", "--without-gossip"],
            cwd=FOLDER,
            env={**os.environ, **environment, "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        yield environment
        worker.send_signal(signal.SIGTERM)
        worker.wait(60)


@pytest.mark.slow
def test_a_celery_worker_makes_the_letter_and_hands_back_findings(tmp_path, celery_worker):
    (tmp_path / "good.json").write_text(json.dumps(PARTS), encoding="utf-8")
    (tmp_path / "wrong.json").write_text(json.dumps({**PARTS, "trich_yeu": ""}), encoding="utf-8")

    lines = run("celery_task.py", "good.json", "good.pdf", folder=tmp_path, **celery_worker)
    assert (tmp_path / "good.pdf").read_bytes() == pdf_of()
    assert lines == [f"{len(pdf_of())} bytes"]
    with pytest.raises(AssertionError, match=r"(?s)ValueError: .*letter-part-empty"):
        run("celery_task.py", "wrong.json", "wrong.pdf", folder=tmp_path, **celery_worker)
    assert "concurrency: 2 (prefork)" in (tmp_path / "worker.log").read_text(encoding="utf-8")


@pytest.mark.slow
def test_spawned_processes_make_letters_and_hand_back_errors(tmp_path):
    lines = run("multiprocessing_pool.py", tmp_path, folder=tmp_path)

    assert lines == ["1 Sở Công Thương", "2 Sở Tài chính", "3 letter-part-empty", "4 Sở Xây dựng"]
    assert [is_pdf(tmp_path / f"{number}.pdf") for number in (1, 2, 4)] == [True, True, True]


def test_an_office_numbers_by_itself_and_a_letter_keeps_its_number(tmp_path):
    first = run("own_register.py", CAMPAIGN, "out", "office.sqlite3", folder=tmp_path)
    again = run("own_register.py", CAMPAIGN, "elsewhere", "office.sqlite3", folder=tmp_path)

    assert len(first) == LETTERS_OF_UPPER_TIERS
    assert again == first


def test_an_offices_numbers_are_taken_only_as_they_were_previewed(tmp_path):
    plan = congvan.plan(congvan.load_campaign(CAMPAIGN), only=["tinh"])
    requests = plan.number_requests()
    register = module("own_register").OfficeRegister(str(tmp_path / "office.sqlite3"))
    _, preview = register.preview(requests)
    other = dict.fromkeys(preview, 999)

    assert register.reserve(requests, expected=other) == preview
    assert register.numbers_of(preview) == {}
    assert register.reserve(requests, expected=preview) == preview == register.numbers_of(preview)


def test_letters_go_to_an_archive_and_to_a_store_of_ones_own(tmp_path):
    lines = run("zip_output.py", CAMPAIGN, "letters.zip", folder=tmp_path)

    stored = [path for line in lines for path in line.split()[1:]]
    names = zipfile.ZipFile(tmp_path / "letters.zip").namelist()
    assert len(lines) == LETTERS_OF_UPPER_TIERS
    assert names[: len(stored)] == stored
    assert {"in/1-tinh.pdf", "manifest.json", "index.html"} <= set(names)


def test_a_campaign_is_built_from_values_without_any_file(tmp_path):
    lines = run("campaign_from_dicts.py", "out", folder=tmp_path)

    assert [line.split(",")[0] for line in lines] == [
        "1/ĐLM Sở Công Thương",
        "2/ĐLM Bà Phạm Thị Thử",
        "3/ĐLM Ông Hà Văn Thử",
    ]


def test_an_engine_of_ones_own_converts_every_letter(tmp_path):
    assert run("own_engine.py", CAMPAIGN, "out", folder=tmp_path) == ["28 letters in 2 bundles"]


def test_a_run_that_is_stopped_leaves_nothing_in_place_and_goes_on_later(tmp_path):
    lines = run("progress_and_cancel.py", CAMPAIGN, "out", folder=tmp_path)

    cancelled = lines.index("cancelled: 0 letters in place")
    done_first, done_then = int(lines[cancelled - 1].split()[0]), int(lines[cancelled + 1].split()[0])
    assert 50 <= done_first < 337
    assert done_then > done_first
    assert lines[-1] == "finished: 337 letters in place"


def check_types(*command):
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.slow
def test_mypy_finds_nothing_in_the_programs():
    pytest.importorskip("celery", reason="celery is not installed")
    done = check_types("mypy", "--strict", *map(str, PROGRAMS))

    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_pyright_finds_nothing_in_the_programs():
    pytest.importorskip("pyright", reason="pyright is not installed")
    if shutil.which("node") is None:
        pytest.skip("pyright needs Node.js, which this machine lacks")
    if check_types("pyright", "--version").returncode != 0:
        pytest.skip("pyright cannot be started: it loads itself from the net at its first start")
    done = check_types("pyright", "--pythonpath", sys.executable, *map(str, PROGRAMS))

    assert done.returncode == 0, done.stdout
