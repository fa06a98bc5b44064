"""The folder list is the architecture: data flows one way, and importing the package is light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import congvan

PACKAGE = Path(congvan.__file__).parent
ORDER = (
    "errors",
    "findings",
    "support",
    "text",
    "decree",
    "letter",
    "recipients",
    "campaign",
    "register",
    "word",
    "pdf",
    "inspect",
    "batch",
    "cli",
)
# Both only name the other for the type checker; nothing is imported at run time.
TYPES_ONLY = {("errors", "findings")}
MODULES = sorted(
    path.relative_to(PACKAGE)
    for path in PACKAGE.rglob("*.py")
    if path.name not in {"__init__.py", "__main__.py"} or path.parent != PACKAGE
)


def room(path: Path) -> str:
    return path.parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[1] for name in names if name.startswith("congvan.")}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_imports_only_from_its_own_room_and_those_above(path):
    here = room(path)
    below = {other for other in imported_rooms(path) if ORDER.index(other) > ORDER.index(here)}

    assert {other for other in below if (here, other) not in TYPES_ONLY} == set()


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_room_is_in_the_list(path):
    assert room(path) in ORDER


def test_docxtpl_is_imported_in_the_word_room_only():
    users = {room(path) for path in MODULES if "docxtpl" in (PACKAGE / path).read_text(encoding="utf-8").split()}

    importing = {
        room(path) for path in MODULES if "from docxtpl import" in (PACKAGE / path).read_text(encoding="utf-8")
    }
    assert importing == {"word"}
    assert users <= {"word", "text"}


def test_importing_congvan_loads_nothing_heavy():
    heavy = (
        "docxtpl",
        "docx",
        "lxml",
        "sqlite3",
        "sqlalchemy",
        "dxpdf",
        "pikepdf",
        "pypdf",
        "babel",
        "num2words",
        "pydantic",
    )
    program = f"import sys, congvan; print([name for name in {heavy!r} if name in sys.modules])"

    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
        == "[]"
    )


def test_planning_needs_neither_word_nor_pdf_nor_database():
    heavy = ("docxtpl", "lxml", "sqlite3", "sqlalchemy", "dxpdf", "pikepdf")
    program = (
        f"import sys, congvan; congvan.plan; congvan.Letter; print([name for name in {heavy!r} if name in sys.modules])"
    )

    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
        == "[]"
    )
