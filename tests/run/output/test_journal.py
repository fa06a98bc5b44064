"""The journal of an output folder: a line counts instead of earlier ones about the same letter."""

import pytest

from congvan.run.output.journal import JOURNAL, Journal, LetterLine, OwnerLine, PrintLine
from congvan.run.output.manifest import ManifestRow, OutputFile

DIGEST = "ab" * 32


def line(number, name="thôn Y Ngô"):
    row = ManifestRow(
        number, "thon", f"t{number}", "ĐIỆN LỰC HẬU LỘC", number, "ĐLHL", "2021-06-21", "cong-van", "thông báo",
        (f"Ông Lò Ón, {name}",), None, f"dot/thon/t{number}", OutputFile(f"1-thon/{number:03}.docx", DIGEST), None,
        "xong",
    )  # fmt: skip
    return LetterLine(row.khoa, DIGEST, DIGEST, row)


@pytest.fixture
def path(tmp_path):
    return tmp_path / JOURNAL


def test_a_rewritten_journal_says_what_counts_and_nothing_of_how_it_came_about(path):
    first, second, changed = line(1), line(2), line(2, "thôn <Đại Hữu> & Bắc Sơn")
    printed = PrintLine("thon", DIGEST, OutputFile("in/thon.pdf", DIGEST))
    with Journal(path) as journal:
        journal.add(OwnerLine("dot:thu"), second, first)
        journal.add(changed, printed)
        journal.rewrite([OwnerLine("dot:thu"), first, changed, printed])

    read = Journal(path)
    assert read.owner == "dot:thu"
    assert [*read.letters.values(), *read.print_files.values()] == [first, changed, printed]
    assert len(path.read_bytes().splitlines()) == 4


def test_lines_of_an_earlier_run_stay_beside_those_of_this_one(path):
    with Journal(path) as journal:
        journal.rewrite([line(1), line(2)])
    with Journal(path) as journal:
        journal.add(line(3))
        journal.rewrite([*journal.letters.values()])

    assert list(Journal(path).letters.values()) == [line(1), line(2), line(3)]


def test_files_of_all_earlier_runs_are_known(path):
    with Journal(path) as journal:
        journal.add(line(1), PrintLine("thon", DIGEST, OutputFile("in/thon.pdf", DIGEST)))

    assert Journal(path).earlier_paths == {"1-thon/001.docx", "in/thon.pdf"}


def test_a_journal_that_somebody_removed_is_written_again(path):
    with Journal(path) as journal:
        journal.add(line(1))
        journal.__exit__()
        path.unlink()
        journal.rewrite([line(1)])

    assert list(Journal(path).letters.values()) == [line(1)]
