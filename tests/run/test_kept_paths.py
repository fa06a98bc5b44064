"""A list that gains, loses or moves rows renames no file of a letter that has its number."""

from __future__ import annotations

import json


def paths(project):
    manifest = json.loads((project.folder / "out" / "manifest.json").read_text("utf-8"))
    return {row["khoa"]: row["docx"]["path"] for row in manifest["van_ban"]}


def rows_of(project, name="thon.csv"):
    head, *rows = (project.folder / name).read_text("utf-8").strip().splitlines()
    return head, rows


def write_rows(project, head, rows, name="thon.csv"):
    (project.folder / name).write_text("\n".join([head, *rows, ""]), encoding="utf-8")


def gained(rows, index):
    """The rows with one more, like the row at ``index`` but for its code, before it."""
    code, *rest = rows[index].split(",")
    return [*rows[:index], ",".join([f"{code}9", *rest]), *rows[index:]]


def test_a_row_between_two_numbered_letters_renames_none(project):
    project.render(formats=("docx",))
    before = paths(project)
    head, rows = rows_of(project)
    write_rows(project, head, gained(rows, 1))
    project.render(formats=("docx",))

    after = paths(project)
    assert before.items() <= after.items()
    (new,) = after.keys() - before.keys()
    assert "a_" in after[new].rpartition("/")[2]
    tier = [path.rpartition("/")[2] for key, path in after.items() if key.split("/")[1] == "thon"]
    assert tier == sorted(tier)
    project.render(formats=("docx",))
    assert paths(project) == after


def test_rows_in_another_order_and_lost_rows_rename_none(project):
    project.render(formats=("docx",))
    before = paths(project)
    head, rows = rows_of(project)
    write_rows(project, head, rows[:0:-1])
    project.render(formats=("docx",))

    after = paths(project)
    assert all(before[key] == path for key, path in after.items())


def test_drafts_have_no_numbers_and_are_counted_anew(project):
    project.render(formats=("docx",), draft=True)
    head, rows = rows_of(project)
    write_rows(project, head, gained(rows, 0))
    project.render(formats=("docx",), draft=True)

    names = sorted(path.name[:4] for path in (project.folder / "out" / "du-thao").glob("*thon/**/*.docx"))
    assert names == [f"{number:03}_" for number in range(1, len(names) + 1)]
