"""Files laid beside their places by whoever made them, and put in place by the run."""

import errno
import os

import pytest

from congvan.batch import OutputError
from congvan.batch.laying import lay_down
from congvan.batch.target import Target
from congvan.batch.task import Outcome
from congvan.batch.writing import put_in_place, remove_leftovers, write_through


@pytest.fixture
def target(tmp_path):
    return Target(os.fspath(tmp_path / "1-tinh" / "001_465-PCTH-KD"), ("docx", "pdf"), 77)


def test_a_process_that_outlives_its_run_puts_nothing_in_place(target, tmp_path):
    place = tmp_path / "1-tinh" / "001_465-PCTH-KD.docx"
    place.parent.mkdir()
    place.write_bytes(b"of the next run")
    laid = lay_down(Outcome(b"Word", b"PDF", 2), target)

    assert place.read_bytes() == b"of the next run"
    assert [(file.kind, file.new) for file in laid.files] == [("docx", True), ("pdf", True)]
    remove_leftovers(tmp_path)
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_a_file_that_says_the_same_already_is_not_laid_down_again(target, tmp_path):
    lay_down(Outcome(b"Word"), target)
    place = tmp_path / "1-tinh" / "001_465-PCTH-KD.docx"
    put_in_place(place, target.run)
    (again,) = lay_down(Outcome(b"Word"), target).files

    assert not again.new
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_a_file_that_cannot_be_laid_down_is_told_and_leaves_nothing(target, tmp_path):
    (tmp_path / "1-tinh").write_text("không phải thư mục", encoding="utf-8")
    laid = lay_down(Outcome(b"Word", b"PDF", 2), target)

    assert laid.files == ()
    assert laid.trouble is not None
    assert laid.trouble.filename == target.path("pdf")


def test_a_file_written_bit_by_bit_is_whole_or_not_there(tmp_path):
    def full(file):
        file.write(b"a half")
        raise OSError(errno.ENOSPC, "No space left on device")

    place = tmp_path / "manifest.csv"
    with pytest.raises(OutputError) as error:
        write_through(place, full)

    assert error.value.of_all_files
    assert list(tmp_path.iterdir()) == []


def test_a_file_written_bit_by_bit_that_says_the_same_is_left_untouched(tmp_path):
    place = tmp_path / "manifest.csv"
    first = write_through(place, lambda file: file.writelines([b"so,ky_hieu\r\n", b"1,KD\r\n"]))
    before = place.stat().st_ino
    again = write_through(place, lambda file: file.write(b"so,ky_hieu\r\n1,KD\r\n"))

    assert again == first
    assert place.stat().st_ino == before
