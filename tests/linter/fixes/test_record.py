import pytest
from docx import Document

from congvan.errors import FixError, UnreadableFileError
from congvan.findings import finding
from congvan.linter.fixes.record import copy_path, read_record, record_path, undo, write_copy


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "thu.docx"
    Document().save(path)
    return path


@pytest.fixture
def copy(letter):
    target = copy_path(letter)
    write_copy(letter, letter.read_bytes(), target, b"mended", [finding("fix-paper", before="216 × 279")])
    return target


def test_the_copy_lies_beside_the_letter_with_its_record(letter, copy):
    assert (copy.name, record_path(copy).name) == ("thu.sua.docx", "thu.sua.json")
    assert copy.read_bytes() == b"mended"
    assert [one["code"] for one in read_record(copy).fixes] == ["fix-paper"]


def test_undoing_brings_the_letter_back_byte_by_byte_though_it_was_lost(letter, copy):
    content = letter.read_bytes()
    letter.unlink()

    assert undo(copy) == letter
    assert letter.read_bytes() == content
    assert not copy.exists()
    assert not record_path(copy).exists()


def test_undoing_leaves_a_letter_that_is_there_as_it_is(letter, copy):
    content = letter.read_bytes()

    undo(copy)
    assert letter.read_bytes() == content


def test_a_copy_somebody_worked_on_is_not_removed(copy):
    copy.write_bytes(b"mended by hand")

    with pytest.raises(FixError, match="chỉnh thêm"):
        undo(copy)
    assert copy.read_bytes() == b"mended by hand"


def test_a_letter_somebody_worked_on_is_not_written_over(letter, copy):
    letter.write_bytes(b"newer")

    with pytest.raises(FixError, match="không ghi đè"):
        undo(copy)
    assert letter.read_bytes() == b"newer"


def test_a_copy_never_takes_the_letters_place(letter):
    content = letter.read_bytes()

    with pytest.raises(FixError, match="ghi đè lên bản gốc"):
        write_copy(letter, content, letter, b"mended", [])
    assert letter.read_bytes() == content


@pytest.mark.parametrize(
    "record", [None, b"{}", b"[1]", b'{"ten": "a", "ban_goc": "?", "ban_sua_sha256": "", "sua": []}']
)
def test_a_record_that_is_missing_or_damaged_is_refused(copy, record):
    record_path(copy).unlink()
    if record is not None:
        record_path(copy).write_bytes(record)

    with pytest.raises(UnreadableFileError, match=r"thu\.sua\.json"):
        undo(copy)
    assert copy.exists()
