"""Print files begun while letters are made: the same as those written at the end, in every case."""

import io
import os
from datetime import date

import pytest

from congvan.batch.head_start import HeadStart
from congvan.batch.manifest import OutputFile
from congvan.batch.writing import grow_beside, put_through
from congvan.pdf.fonts.glyph_numbers import numbers
from congvan.pdf.fonts.glyph_set import glyph_set
from congvan.pdf.metadata import Marks
from congvan.pdf.print.merged_text import PrintedText
from congvan.pdf.print.print_file import write_print_file
from congvan.pdf.split.letter_pdf import TextPage, text_letter

PATH = "in/1-tinh.pdf"
RUN = 77


def text_pdf(text):
    shown = [numbers(0)[letter] for letter in text]
    content = b"BT\n/F0 14 Tf\n1 0 0 -1 99 83 Tm [<%s>] TJ\nET\n" % b"".join(b"%04X" % glyph for glyph in shown)
    pages = [TextPage(content, b"[0 0 595 842]")]
    return text_letter(pages, {0: glyph_set(shown)}, Marks(text, created=date(2021, 4, 5)))


@pytest.fixture
def letters(tmp_path):
    """Four letters of a tier as a print file has them, and their PDFs in the folder."""
    for number, text in enumerate(("Yên Ổn", "Gò Mu", "Đoàn Kết", "Vĩnh Hữu")):
        (tmp_path / f"{number}.pdf").write_bytes(text_pdf(text))
    return [(f"{number}. Thôn", OutputFile(f"{number}.pdf", f"{number:064}")) for number in range(4)]


@pytest.fixture
def begun(tmp_path):
    return HeadStart(tmp_path, PATH, RUN)


def as_a_whole(tmp_path, letters):
    target = io.BytesIO()
    write_print_file(target, [(title, (tmp_path / made.path).read_bytes()) for title, made in letters])
    return target.getvalue()


def beside(tmp_path):
    return [path.read_bytes() for path in (tmp_path / "in").glob("*")]


@pytest.mark.parametrize("portions", [(4,), (1, 1, 2), (0, 3), (2, 0), ()])
def test_it_is_the_file_written_as_a_whole_however_letters_came(tmp_path, letters, begun, portions):
    came = iter(letters)
    for size in portions:
        begun.add([next(came) for _ in range(size)])

    assert begun.completed(letters)
    assert beside(tmp_path) == [as_a_whole(tmp_path, letters)]


def test_what_was_added_is_on_disk_and_not_in_memory(tmp_path, letters, begun):
    sizes = []
    for letter in letters:
        begun.add([letter])
        sizes.append(len(*beside(tmp_path)))

    assert sizes == sorted(set(sizes))


def test_many_letters_at_once_are_written_in_pieces(tmp_path, letters, begun, monkeypatch):
    pieces = []
    monkeypatch.setattr("congvan.batch.head_start._AT_ONCE", 600)
    monkeypatch.setattr("congvan.batch.head_start.grow_beside", lambda *given: pieces.append(bytes(given[-1])))
    begun.add(letters)
    assert begun.completed(letters)

    assert len(pieces) > 6
    assert b"".join(pieces) == as_a_whole(tmp_path, letters)


@pytest.mark.parametrize("wanted", [(0, 2, 3), (1, 0, 2, 3), (0,), ()])
def test_a_file_begun_with_other_letters_is_given_up(tmp_path, letters, begun, wanted):
    begun.add(letters[:2])

    assert not begun.completed([letters[place] for place in wanted])
    assert beside(tmp_path) == []


def test_a_letter_made_again_meanwhile_counts_as_another(tmp_path, letters, begun):
    begun.add(letters)
    again = [(letters[0][0], OutputFile("0.pdf", "f" * 64)), *letters[1:]]

    assert not begun.completed(again)
    assert beside(tmp_path) == []


def test_a_letter_that_is_gone_or_of_another_form_leaves_nothing_behind(tmp_path, letters, begun):
    begun.add(letters[:2])
    (tmp_path / "2.pdf").write_bytes(b"%PDF-1.7 of another make")
    begun.add(letters[2:])

    assert beside(tmp_path) == []
    assert not begun.completed(letters)
    (tmp_path / "0.pdf").unlink()
    other = HeadStart(tmp_path, PATH, RUN)
    other.add(letters)
    assert not other.completed(letters)
    assert beside(tmp_path) == []


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"half")])
def test_a_file_somebody_touched_is_given_up(tmp_path, letters, begun, harm):
    begun.add(letters[:2])
    harm(next((tmp_path / "in").glob("*")))

    assert not begun.completed(letters)
    assert beside(tmp_path) == []


def test_a_place_that_cannot_be_written_is_told_at_the_end(tmp_path, letters, begun):
    (tmp_path / "in").write_text("a file where a folder should be")
    begun.add(letters)

    assert not begun.completed(letters)


def test_a_run_only_closes_files_it_has_begun(project, monkeypatch):
    def not_at_the_end(*_):
        raise AssertionError("written at the end")

    with monkeypatch.context() as watched:
        watched.setattr("congvan.pdf.print.print_file.write_print_file", not_at_the_end)
        run = project.render(jobs=1, executor=None)
    project.render("khac")

    assert sorted(run.print_files) == ["huyen", "thon", "tinh"]
    assert project.files(project.folder / "out") == project.files(project.folder / "khac")


def test_a_run_that_makes_one_letter_begins_with_those_that_are_there(project, monkeypatch):
    project.render()
    first = project.files(project.folder / "out")
    (project.folder / "out" / "3-thon/400-huyen-hau-loc/16015-xa-dai-loc/002_14-DLHL.pdf").unlink()
    (project.folder / "out" / "in/3-thon.pdf").unlink()
    added = []
    add = PrintedText.add
    monkeypatch.setattr(PrintedText, "add", lambda text, title, pdf: (added.append(title), add(text, title, pdf)))
    monkeypatch.setattr("congvan.pdf.print.print_file.write_print_file", None)
    project.render()

    assert [title.partition(".")[0] for title in added] == ["4", "5", "6", "7", "8", "9"]
    assert project.files(project.folder / "out") == first


def test_letters_made_again_as_they_were_leave_the_print_file_untouched(project):
    project.render()
    printed = project.folder / "out" / "in" / "3-thon.pdf"
    before = printed.stat().st_ino
    project.render(fresh=True)

    assert printed.stat().st_ino == before
    assert list((project.folder / "out").rglob(".*.tmp")) == []


def test_a_file_grows_only_from_where_it_was_left(tmp_path):
    path = tmp_path / "in" / "a.pdf"
    grow_beside(path, RUN, 0, b"one ")
    grow_beside(path, RUN, 4, b"two")
    with pytest.raises(OSError, match="error"):
        grow_beside(path, RUN, 3, b"three")

    assert beside(tmp_path) == [b"one two"]
    with pytest.raises(FileNotFoundError):
        grow_beside(tmp_path / "b.pdf", RUN, 3, b"three")


def test_what_was_laid_beside_a_file_that_says_the_same_goes(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"one")
    grow_beside(path, os.getpid(), 0, b"one")
    before = path.stat().st_ino

    assert put_through(path) == "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
    assert path.stat().st_ino == before
    assert [found.name for found in tmp_path.iterdir()] == ["a.pdf"]
