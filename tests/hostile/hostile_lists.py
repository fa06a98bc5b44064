"""Lists, campaign files and files of values that mislead, run on or hide something."""

from __future__ import annotations

import contextlib
import json
import struct
import zipfile
from collections.abc import Callable

from attack import Attack, Surroundings
from package_parts import LAUGHS

from congvan.campaign import load_campaign
from congvan.errors import UnreadableFileError
from congvan.recipients import read_table
from congvan.run.records import read_records
from congvan.text.formula import escape_formula

Act = Callable[[Surroundings], list[str]]
ANCHORS = "a: &a [x, x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(40))
SHEET = "xl/worksheets/sheet1.xml"


def _table(content: str | bytes, name: str = "ds.csv") -> Act:
    def act(around: Surroundings) -> list[str]:
        path = around.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        table = read_table(path)
        told = str(table.report)
        assert len(told) < 20_000
        assert not {"\x1b", "\u202e", "\u202d"} & set(told)
        return [found.code for found in table.report]

    return act


def _workbook(sheet: str, name: str = "ds.xlsx") -> Act:
    def act(around: Surroundings) -> list[str]:
        path = around.folder / name
        from congvan.recipients.lists.list_file import write_list

        write_list(around.folder / "nguyen.xlsx", ["Họ và tên", "Điện thoại"], [["An", "0950000001"]])
        with (
            zipfile.ZipFile(around.folder / "nguyen.xlsx") as old,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for part in old.namelist():
                new.writestr(part, sheet.replace("SECRET", str(around.secret)) if part == SHEET else old.read(part))
        return [found.code for found in read_table(path).report]

    return act


def _giant_workbook(around: Surroundings) -> list[str]:
    """A workbook whose sheet says it has six hundred megabytes."""
    path = around.folder / "ds.xlsx"
    with contextlib.suppress(UnreadableFileError):
        _workbook("<worksheet>" + " " * 77_777)(around)
    size = len("<worksheet>") + 77_777
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 600_000_000)))
    read_table(path)
    return ["read"]


def _campaign(text: str | bytes) -> Act:
    def act(around: Surroundings) -> list[str]:
        path = around.folder / "dot.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        load_campaign(path)
        return ["loaded"]

    return act


def _values(text: str, name: str) -> Act:
    def act(around: Surroundings) -> list[str]:
        path = around.folder / name
        path.write_text(text, encoding="utf-8")
        read_records(path)
        return []

    return act


def _formulas(around: Surroundings) -> list[str]:
    """Written to csv, none begins like a formula; read again, each is what it was."""
    from congvan.recipients.lists.list_file import write_list

    names = ["=1+1", "+84950000001", "-2", "@SUM(A1)", "'=1", "''@x", '=HYPERLINK("http://x")', "＝1"]
    path = around.folder / "ds.csv"
    write_list(path, ["Ghi chú"], [[name] for name in names])
    lines = path.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert not [line for line in lines if line.lstrip('"').startswith(("=", "+", "-", "@", "＝"))]
    assert [row.values["ghi_chu"] for row in read_table(path).rows] == names
    return []


def _formulas_in_workbooks(around: Surroundings) -> list[str]:
    from congvan.recipients.lists.list_file import write_list

    path = around.folder / "ds.xlsx"
    write_list(path, ["Ghi chú"], [["=cmd|' /C calc'!A0"], ["@x"]])
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read(SHEET)
    assert [row.values["ghi_chu"] for row in read_table(path).rows] == ["=cmd|' /C calc'!A0", "@x"]
    return []


def _device(around: Surroundings) -> list[str]:
    import os

    path = around.folder / "ds.csv"
    os.mkfifo(path)
    read_table(path)
    return ["read"]


def _sparse(around: Surroundings) -> list[str]:
    path = around.folder / "dot.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    load_campaign(path)
    return ["read"]


UNREADABLE = ("unreadable",)
ATTACKS = [
    Attack(
        "list: a cell of a million letters",
        _table("Họ và tên;Ghi chú\nAn;" + "a" * 100_000),
        ("recipients-value-too-long",),
    ),
    Attack("list: a cell beyond what csv takes", _table("Họ và tên;Ghi chú\nAn;" + "a" * 1_000_000), UNREADABLE),
    Attack("list: a name turned round", _table("Họ và tên;Xã\nAn\u202egnuhC;Lộc\n"), ("text-direction",)),
    Attack("list: a name with unseen signs", _table("Họ và tên;Xã\nA\u200bn\u3164;Lộc\n"), ("text-invisible",)),
    Attack("list: a name with a Cyrillic letter", _table("Họ và tên;Xã\nHоa;Lộc\n"), ("text-lookalike",)),
    Attack(
        "list: a command to the terminal", _table("Họ và tên;Xã\nAn\x1b]0;x\x07;Lộc\n"), ("recipients-text-broken",)
    ),
    Attack("list: a zero byte", _table("Họ và tên;Xã\nA\0n;Lộc\n"), ("recipients-text-broken",)),
    Attack("list: half a character", _table("Họ và tên;Xã\nA\ud800n;Lộc\n"), UNREADABLE),
    Attack("list: a quotation mark left open", _table('Họ và tên;Xã\n"An;Lộc\n' + "x\n" * 1000), UNREADABLE),
    Attack("list: no file but a pipe", _device, UNREADABLE),
    Attack("list: a workbook that is none", _table(b"PK\3\4" + b"x" * 1000, "ds.xlsx"), UNREADABLE),
    Attack(
        "list: an entity that reads a file",
        _workbook(
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file://SECRET">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&e;</v></c></row></sheetData></worksheet>'
        ),
        UNREADABLE,
    ),
    Attack(
        "list: laughs in a workbook",
        _workbook(
            f'<!DOCTYPE x [{LAUGHS}]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&l11;</v></c></row></sheetData></worksheet>'
        ),
        UNREADABLE,
    ),
    Attack(
        "list: a cell at the end of the sheet",
        _workbook(
            '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
        ),
        UNREADABLE,
    ),
    Attack("list: a workbook bomb", _giant_workbook, UNREADABLE),
    Attack(
        "list: anchors in YAML",
        _table("".join(f"- {line}" for line in ANCHORS.splitlines(keepends=True)), "ds.yaml"),
        ("recipients-value-nested",),
    ),
    Attack("list: brackets without end in YAML", _table("- " + "[" * 5_000, "ds.yaml"), UNREADABLE),
    Attack("list: formulas in csv", _formulas, ()),
    Attack("list: formulas in a workbook", _formulas_in_workbooks, ()),
    Attack(
        "campaign: a tag that runs Python",
        _campaign('ma: !!python/object/apply:os.system ["id"]\n'),
        ("campaign-yaml-tag",),
    ),
    Attack("campaign: anchors that multiply", _campaign(ANCHORS), ("campaign-yaml-anchor",)),
    Attack("campaign: ten thousand levels", _campaign("ma: " + "[" * 10_000), ("campaign-yaml-deep",)),
    Attack("campaign: a number of a million digits", _campaign("ma: " + "9" * 1_000_000), ("campaign-key-missing",)),
    Attack("campaign: a hundred megabytes", _sparse, UNREADABLE),
    Attack("campaign: no text", _campaign(b"\xff\xfe\x00"), UNREADABLE),
    Attack(
        "campaign: a list on another computer",
        _campaign("ma: a\ndon_vi: //evil/share/don-vi.csv\n"),
        ("outside-elsewhere",),
    ),
    Attack("values: anchors that multiply", _values(ANCHORS, "gia-tri.yaml"), ("campaign-yaml-anchor",)),
    Attack(
        "values: a tag that runs Python",
        _values('x: !!python/name:os.system ""', "gia-tri.yaml"),
        ("campaign-yaml-tag",),
    ),
    Attack("values: brackets without end", _values("[" * 100_000, "gia-tri.json"), UNREADABLE),
    Attack("values: half a character", _values('{"x": "\\ud800"}', "gia-tri.json"), ("recipients-text-broken",)),
    Attack(
        "values: a control character",
        _values(json.dumps({"x": {"y": ["\x00"]}}), "gia-tri.json"),
        ("recipients-text-broken",),
    ),
    Attack(
        "values: a text of a hundred thousand letters",
        _values(json.dumps([{"x": "a" * 100_000}]), "gia-tri.json"),
        ("recipients-value-too-long",),
    ),
    Attack("values: a number of many digits", _values('{"x": ' + "9" * 10_000 + "}", "gia-tri.json"), UNREADABLE),
]
assert escape_formula("=1") == "'=1"
