"""The journal of an output folder: what was told is told once more at the end, in the letters' order."""

import pytest

from congvan.batch import journal as journal_module
from congvan.batch.journal import JOURNAL, Begun, Journal, LetterLine, PrintLine
from congvan.batch.manifest import ManifestRow, OutputFile

DIGEST = "ab" * 32


def line(number, name="thôn Y Ngô"):
    row = ManifestRow(
        number, "thon", f"t{number}", "ĐIỆN LỰC HẬU LỘC", number, "ĐLHL", "2021-06-21", "cong-van",
        "thông báo", (f"Ông Lò Ón, {name}",), None, OutputFile(f"1-thon/{number:03}.docx", DIGEST), None, "xong",
    )  # fmt: skip
    return LetterLine(f"dot/thon/t{number}", DIGEST, row)


@pytest.fixture
def path(tmp_path):
    return tmp_path / JOURNAL


def settled(path, told, at_the_end):
    with Journal(path) as journal:
        for lines in told:
            journal.add(*lines)
        journal.settle(at_the_end)
    return path.read_bytes()


@pytest.mark.parametrize("remembered", [0, 2, 10_000])
def test_a_settled_journal_says_the_same_whatever_is_remembered_of_it(path, monkeypatch, remembered):
    first, second, third, changed = line(1), line(2), line(3), line(2, "thôn <Đại Hữu> & Bắc Sơn")
    print_line = PrintLine("thon", DIGEST, OutputFile("in/thon.pdf", DIGEST))
    wanted = [first, changed, line(3, "khu phố 1"), print_line]
    monkeypatch.setattr(journal_module, "_REMEMBERED", remembered)

    content = settled(path, [[Begun(("1-thon/003.docx",)), third, second], [first, changed], [print_line]], wanted)

    assert content == b"".join(map(journal_module._written, wanted))
    read = Journal(path)
    assert [*read.letters.values(), *read.print_files.values()] == wanted


def test_lines_of_an_earlier_run_are_kept_beside_those_of_this_one(path):
    settled(path, [[line(1), line(2)]], [line(1), line(2)])
    with Journal(path) as journal:
        new = line(3)
        journal.add(new)
        journal.settle([*journal.letters.values()])

    assert list(Journal(path).letters.values()) == [line(1), line(2), line(3)]


def test_a_journal_that_somebody_took_away_is_written_anew(path):
    with Journal(path) as journal:
        lines = [line(1), line(2)]
        journal.add(*lines)
        journal.__exit__()
        path.unlink()
        journal.settle(lines)

    assert list(Journal(path).letters.values()) == lines
