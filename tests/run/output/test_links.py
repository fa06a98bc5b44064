"""Nothing is written through a symbolic link in the output folder, and odd names in it are plain errors."""

import json
import sys

import pytest

import congvan
from congvan.errors import OutputError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="on Windows only an administrator makes links")


@pytest.fixture
def elsewhere(tmp_path_factory):
    folder = tmp_path_factory.mktemp("khac")
    (folder / "tep").write_text("của người khác", encoding="utf-8")
    return folder


def unchanged(elsewhere):
    return [path.name for path in elsewhere.iterdir()] == ["tep"] and (elsewhere / "tep").read_text(
        encoding="utf-8"
    ) == "của người khác"


@pytest.mark.parametrize(
    ("name", "target"),
    [
        (".congvan", "."),
        (".congvan/lock", "tep"),
        (".congvan/journal.jsonl", "tep"),
        (".congvan/staging", "."),
        ("in", "."),
        ("thay-the", "."),
    ],
)
def test_a_part_of_the_folder_that_is_a_link_is_refused(project, elsewhere, name, target):
    link = project.folder / "out" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere / target)
    with pytest.raises(OutputError) as error:
        project.render(formats=["docx"])

    assert error.value.code == "batch-folder-link"
    assert unchanged(elsewhere)


def test_letters_do_not_follow_a_link_of_their_tier(project, elsewhere):
    (project.folder / "out").mkdir()
    (project.folder / "out" / "1-tinh").symlink_to(elsewhere)
    run = project.render(formats=["docx"])

    assert [row.cap for row in run.failed] == ["tinh"]
    assert unchanged(elsewhere)


@pytest.mark.parametrize("name", ["x" * 256, "thư mục " * 40])
def test_a_name_too_long_for_the_system_is_a_plain_error(project, name):
    with pytest.raises(congvan.CongvanError):
        project.render(name, formats=["docx"])


@pytest.mark.parametrize("path", ["1-tinh/\0.docx", "\0"])
def test_a_journal_with_an_impossible_path_counts_for_nothing(project, path):
    project.render(formats=["docx"])
    journal = project.folder / "out" / ".congvan" / "journal.jsonl"
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines() if line]
    letter = next(line for line in lines if line["line"] == "letter")
    letter["row"]["docx"]["path"] = path
    journal.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    assert project.render(formats=["docx"]).failed == ()
