"""A second run: it skips what is whole, mends what is not, and makes what has changed."""

import hashlib
import json
from concurrent.futures import Executor, Future

import pytest

from congvan.errors import EngineError
from congvan.pdf.engines.dxpdf.engine import EmbeddedEngine
from congvan.run.rendering import stage_batch

LETTER = "3-thon/400-huyen-hau-loc/16015-xa-dai-loc/002_14-DLHL"


class Counting(Executor):
    """Makes letters in this process, and counts them."""

    def __init__(self):
        self.made = []

    def submit(self, fn, /, *args):
        if fn is stage_batch:
            self.made += [letter.truong.get("ma", letter.so_ky_hieu) for letter in args[0].letters]
        future = Future()
        future.set_result(fn(*args))
        return future


@pytest.fixture
def counting():
    return Counting()


@pytest.fixture
def first(project):
    project.render()
    return project.files(project.folder / "out")


def codes(run):
    return [found.code for found in run.report]


def test_a_second_run_makes_nothing_and_says_so(project, first, counting):
    run = project.render(executor=counting)

    assert counting.made == []
    assert [row.trang_thai for row in run.letters] == ["da-cap-so"] * 9
    assert [found.values for found in run.report if found.code == "batch-letters-kept"] == [{"count": "9"}]
    assert project.files(project.folder / "out") == first


def test_a_second_run_starts_no_process(project, first, monkeypatch):
    def started(*_, **__):
        raise AssertionError("a process was started")

    monkeypatch.setattr("subprocess.Popen", started)
    assert project.render(executor=None).report.ok


def test_a_second_run_leaves_the_print_files_alone(project, first):
    printed = project.folder / "out" / "in" / "3-thon.pdf"
    before = printed.stat().st_ino
    project.render()
    assert printed.stat().st_ino == before


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:999])])
@pytest.mark.parametrize("name", [f"{LETTER}.pdf", f"{LETTER}.docx"])
def test_a_file_that_is_gone_or_half_there_is_made_again(project, first, counting, harm, name):
    harm(project.folder / "out" / name)
    project.render(executor=counting)

    assert counting.made == ["16015-02"]
    assert project.files(project.folder / "out") == first


def test_a_print_file_or_list_that_is_gone_comes_back(project, first):
    for name in ("in/3-thon.pdf", "manifest.csv", "danh-muc.xlsx", "index.html"):
        (project.folder / "out" / name).unlink()
    project.render()
    assert project.files(project.folder / "out") == first


def test_only_what_has_changed_is_made(project, first, counting):
    project.change("thon.csv", "thôn Đại Hữu", "thôn Đại Hữu Đông")
    project.render(executor=counting)
    assert counting.made == ["16015-02"]


def test_another_template_or_version_makes_the_letters_again(
    project, first, counting, monkeypatch, docx_with, rest_of_letter
):
    parts = ("{{ so_ky_hieu }}", "{{ kinh_gui[0] }}", *rest_of_letter)
    (project.folder / "mau.docx").write_bytes(docx_with(*parts))
    project.change("dot.yaml", "noi_dung: tinh.md", "mau: mau.docx")
    project.render(executor=counting)
    assert counting.made == ["465/PCTH-KD"]
    (project.folder / "mau.docx").write_bytes(docx_with("Mới", *parts))
    project.render(executor=counting)
    assert counting.made == ["465/PCTH-KD"] * 2
    monkeypatch.setattr("congvan.run.fingerprint.VERSION", "99")
    project.render(executor=counting)
    assert len(counting.made) == 2 + 9


def test_a_fresh_run_makes_all_again(project, first, counting):
    run = project.render(executor=counting, fresh=True)

    assert len(counting.made) == 9
    assert "batch-letters-kept" not in codes(run)
    assert project.files(project.folder / "out") == first


def test_other_kinds_of_file_are_another_run(project, first, counting):
    project.render(executor=counting, formats=["docx"])
    names = project.files(project.folder / "out")

    assert len(counting.made) == 9
    assert not [name for name in names if name.endswith(".pdf")]


def test_a_torn_or_damaged_line_of_the_journal_costs_its_letter_alone(project, first, counting):
    path = project.folder / "out" / ".congvan" / "journal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[4] = b"\x00" * len(lines[4]) + b"\n"
    lines[6] = b'{"line": "letter", "khoa": "x", "content": "", "build": "", "row": {}}\n[]\n'
    path.write_bytes(b"".join(lines[:9]) + lines[9][:50])
    project.render(executor=counting)

    assert counting.made == ["16015-01", "16015-03", "14812-03"]
    assert project.files(project.folder / "out") == first


def test_without_its_journal_a_folder_is_made_again(project, first, counting):
    (project.folder / "out" / ".congvan" / "journal.jsonl").unlink()
    project.render(executor=counting)

    assert len(counting.made) == 9
    assert project.files(project.folder / "out") == first


def test_files_a_dead_run_set_out_to_write_go_when_they_are_no_longer_meant(project, first):
    out = project.folder / "out"
    (out / "1-tinh" / "001_chua-so-PCTH-KD.pdf").write_bytes(b"%PDF")
    (out / "4-xa" / "400").mkdir(parents=True)
    (out / "4-xa" / "400" / "001_12-DLHL.pdf").write_bytes(b"%PDF")
    journal = out / ".congvan" / "journal.jsonl"
    letter = next(line for line in map(json.loads, journal.read_text(encoding="utf-8").splitlines()) if "row" in line)
    with journal.open("a", encoding="utf-8") as file:
        for number, path in enumerate(("1-tinh/001_chua-so-PCTH-KD.pdf", "4-xa/400/001_12-DLHL.pdf")):
            row = {**letter["row"], "docx": None, "pdf": {"path": path, "sha256": hashlib.sha256(b"%PDF").hexdigest()}}
            file.write(
                json.dumps({**letter, "khoa": f"cu/{number}", "row": {**row, "so": None, "trang_thai": "xong"}}) + "\n"
            )
    project.render()

    assert project.files(out) == first
    assert not (out / "4-xa").exists()


def test_the_next_run_makes_only_the_letters_that_failed(project, counting, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(EmbeddedEngine, "convert", failing)
        run = project.render()
    assert {row.trang_thai for row in run.letters} == {"loi"}
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    with monkeypatch.context() as broken:
        broken.setattr(EmbeddedEngine, "convert", failing_for("Nghiêm Thị Vượng"))
        run = project.render()
    assert [row.ma for row in run.failed] == ["14812-02"]

    project.render(executor=counting)
    assert counting.made == ["14812-02"]
    project.render("khac", executor=counting)
    assert project.files(project.folder / "out") == project.files(project.folder / "khac")


def failing(self, bundle):
    raise EngineError("dxpdf", "hỏng")


def failing_for(name):
    import io
    import zipfile

    convert = EmbeddedEngine.convert

    def one_fails(self, bundle):
        with zipfile.ZipFile(io.BytesIO(bundle.docx)) as archive:
            if name in archive.read("word/document.xml").decode("utf-8"):
                raise EngineError("dxpdf", "hỏng")
        return convert(self, bundle)

    return one_fails


def test_one_tier_after_a_run_that_failed_keeps_the_rest_as_it_was(project, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(EmbeddedEngine, "convert", failing_for("Nghiêm Thị Vượng"))
        project.render()
    rows = json.loads((project.folder / "out" / "manifest.json").read_text(encoding="utf-8"))["van_ban"]
    project.render(only=["tinh"])
    assert json.loads((project.folder / "out" / "manifest.json").read_text(encoding="utf-8"))["van_ban"] == rows


def test_letters_that_show_their_neighbours_are_made_with_them(project, first, counting, monkeypatch):
    """As of an engine that numbers glyphs as the bundle happens to need them."""
    monkeypatch.setattr(EmbeddedEngine, "is_bundle_independent", False)
    project.render(executor=counting)
    counting.made.clear()
    project.change("thon.csv", "thôn Đại Hữu", "thôn Đại Hữu Đông")
    project.render(executor=counting)

    assert len(counting.made) == 6


def test_a_run_cut_short_leaves_staged_letters_that_the_next_run_takes(project, counting, monkeypatch):
    project.render("khong-loi")
    expected = project.files(project.folder / "khong-loi")
    with monkeypatch.context() as cut:
        cut.setattr("congvan.run.pipeline.commit", interrupt)
        with pytest.raises(KeyboardInterrupt):
            project.render(executor=counting)
    assert len(counting.made) == 9
    assert [name for name in project.files(project.folder / "out") if not name.startswith(".congvan/staging/")] == []

    counting.made.clear()
    project.render(executor=counting)
    assert counting.made == []
    assert project.files(project.folder / "out") == expected


def test_a_staged_letter_that_is_not_whole_is_made_again(project, counting, monkeypatch):
    with monkeypatch.context() as cut:
        cut.setattr("congvan.run.pipeline.commit", interrupt)
        with pytest.raises(KeyboardInterrupt):
            project.render()
    staged = sorted((project.folder / "out" / ".congvan" / "staging").rglob("*.pdf"))
    staged[0].write_bytes(b"%PDF")
    project.render(executor=counting)

    assert len(counting.made) == 1


def test_letters_that_are_the_same_to_the_last_word_are_all_there(project, counting):
    project.change("dot.yaml", "noi_dung: thon.md", "noi_dung: thon.md\n    danh_so: de_trong\n    kinh_gui: [Các hộ]")
    project.change("thon.md", "{{ ong_ba }} {{ ho_ten }}", "ông bà")
    project.change("thon.md", "{{ thon }}", "địa phương")
    run = project.render()

    assert run.failed == ()
    assert all((project.folder / "out" / row.docx.path).is_file() for row in run.letters)


def interrupt(*_, **__):
    raise KeyboardInterrupt


def test_progress_counts_what_was_there_before(project, first):
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    told = []
    project.render(progress=lambda done, every: told.append((done, every)))
    assert told[-1] == (9, 9)
