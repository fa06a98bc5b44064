"""The packages are the architecture: one order, no circles, small folders, the words of the field, a light import."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import congvan

PACKAGE = Path(congvan.__file__).parent
FACADE = "congvan"
# A module imports from its own package and from those before it.
ORDER = (
    "findings",
    "errors",
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
    "linter",
    "office",
    "run",
    "mcp",
    "web",
    "cli",
)
# `import congvan` runs the façade, which stands for every package; only these may.
FACADE_USERS = {
    "web": "calls what users call, as the command line does",
    "cli": "prints the version and calls what users call",
    "__main__": "is the command line",
}
LAID_OUT = re.compile(r"\blaid(?=\s+(?:# )?out\b)")  # what typographers say in a sentence
MOST_MODULES_IN_A_FOLDER = 15
FEWEST_LINES_FOR_ONE_USER = 40
# Modules under 40 lines with one user or none, each with its reason.
SMALL_WITH_ONE_USER = {
    "congvan.word.builtin.builder": "a program: `make golden` runs it",
    "congvan.cli.explain": "one file a command",
    "congvan.cli.mcp": "one file a command",
    "congvan.cli.schema": "one file a command",
}


@dataclass(frozen=True)
class Source:
    """A module of congvan, parsed once."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        return package_of(self.name)

    @property
    def is_init(self) -> bool:
        return self.path.name == "__init__.py"


@dataclass(frozen=True)
class Reference:
    """One module names another: by an import anywhere in it, or in a string."""

    source: str
    target: str
    line: int

    def __str__(self) -> str:
        return f"{self.source}:{self.line} → {self.target}"


def package_of(module: str) -> str:
    return module.split(".")[1] if "." in module else FACADE


@cache
def sources() -> dict[str, Source]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found[name] = Source(name, path, text, ast.parse(text))
    return found


@cache
def references() -> tuple[Reference, ...]:
    return tuple(
        Reference(source.name, target, line)
        for source in sources().values()
        for line, target in (*imports(source), *names_in_strings(source))
        if target != source.name
    )


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Imports in functions and under TYPE_CHECKING count like those at the top."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == FACADE:
                    yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            module = absolute(source, node)
            if module.split(".")[0] == FACADE:
                for alias in node.names:
                    yield node.lineno, defining_module(module, alias.name)


def absolute(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = source.name.split(".")
    depth = len(parts) - node.level + source.is_init
    return ".".join([*parts[:depth], *([node.module] if node.module else [])])


def defining_module(module: str, name: str) -> str:
    """The module that defines a name, also where a package passes it on from one of its modules."""
    if module == FACADE:
        return f"{FACADE}.{name}" if f"{FACADE}.{name}" in sources() else FACADE
    passed_on = reexports(module).get(name)
    if passed_on and passed_on != (module, name):
        return defining_module(*passed_on)
    return f"{module}.{name}" if f"{module}.{name}" in sources() else module


@cache
def reexports(module: str) -> dict[str, tuple[str, str]]:
    source = sources().get(module)
    if source is None or not source.is_init:
        return {}
    return {
        alias.asname or alias.name: (absolute(source, node), alias.name)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("congvan.")
        for alias in node.names
    }


def names_in_strings(source: Source) -> Iterator[tuple[int, str]]:
    """Modules that strings name, for ``import_module`` or another process; docstrings and own parents do not count."""
    docstrings = {id(node.value) for node in ast.walk(source.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            for written in re.findall(r"\bcongvan(?:\.\w+)+", node.value):
                target = longest_module(written)
                if target != FACADE and not f"{source.name}.".startswith(f"{target}."):
                    yield node.lineno, target


def longest_module(written: str) -> str:
    while written not in sources():
        written = written.rpartition(".")[0]
    return written


def of_package(package: str) -> list[Source]:
    return [source for source in sources().values() if source.package == package]


def show(problems: Iterable[object]) -> str:
    return "\n" + "\n".join(sorted({str(problem) for problem in problems}))


def test_every_way_of_naming_a_module_is_seen():
    text = """
from congvan import errors
from congvan.letter import Letter
import congvan.register
if TYPE_CHECKING:
    from congvan.word import WordTemplate
def late():
    import congvan.pdf
    import_module("congvan.findings")
"""
    source = Source("congvan.text.example", PACKAGE / "text" / "example.py", text, ast.parse(text))
    seen = [target for _, target in (*imports(source), *names_in_strings(source))]

    assert {package_of(target) for target in seen} == {"errors", "letter", "register", "word", "pdf", "findings"}
    assert len(seen) == 6
    assert defining_module("congvan.letter", "Letter") == "congvan.letter.letter"


def test_every_package_has_its_place_in_the_order():
    unplaced = {source.package for source in sources().values()} - {*ORDER, FACADE, "__main__"}

    assert unplaced == set(), f"add to ORDER: {unplaced}"


def test_every_module_that_is_named_exists():
    wrong = [reference for reference in references() if reference.target not in sources()]

    assert not wrong, show(wrong)


@pytest.mark.parametrize("package", ORDER)
def test_a_package_imports_only_from_packages_before_it(package):
    wrong = [
        reference
        for reference in references()
        if package_of(reference.source) == package and package_of(reference.target) in ORDER[ORDER.index(package) + 1 :]
    ]

    assert not wrong, show(wrong)


@pytest.mark.parametrize("package", [package for package in ORDER if package not in FACADE_USERS])
def test_the_facade_is_not_imported_from_inside(package):
    wrong = [
        f"{source.name}:{node.lineno} imports from the façade"
        for source in of_package(package)
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.ImportFrom) and absolute(source, node) == FACADE)
        or (isinstance(node, ast.Import) and any(alias.name == FACADE for alias in node.names))
    ]

    assert not wrong, show(wrong)


def test_names_of_modules_in_strings_are_written_out():
    """Only the lazy tables of packages, whose names stand under TYPE_CHECKING too, put names together."""
    wrong = [
        f"{source.name}:{node.lineno} puts a module's name together"
        for source in sources().values()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and str(node.values[0].value).startswith("congvan.")
        and not source.is_init
    ]

    assert not wrong, show(wrong)


@cache
def circles() -> frozenset[frozenset[str]]:
    """Modules that reach each other, by imports at the top, in functions, under TYPE_CHECKING, or by strings."""
    graph: dict[str, set[str]] = {name: set() for name in sources()}
    for reference in references():
        if FACADE not in {reference.source, reference.target} and reference.target in graph:
            graph[reference.source].add(reference.target)
    reached = {name: reachable(graph, name) for name in graph}
    return frozenset(
        frozenset(other for other in reached[name] if name in reached[other]) for name in graph if name in reached[name]
    )


def reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for target in graph[waiting.pop()] - found:
            found.add(target)
            waiting.append(target)
    return found


@pytest.mark.parametrize("package", ORDER)
def test_no_modules_import_each_other_in_a_circle(package):
    wrong = [sorted(circle) for circle in circles() if package in {package_of(name) for name in circle}]
    arrows = [
        str(reference)
        for circle in wrong
        for reference in references()
        if reference.source in circle and reference.target in circle
    ]

    assert not wrong, show([" ⇄ ".join(circle) for circle in wrong]) + "\nby" + show(arrows)


@pytest.mark.parametrize("package", ORDER)
def test_no_folder_holds_more_than_fifteen_modules(package):
    folders: dict[str, int] = {}
    for source in of_package(package):
        if not source.is_init:
            folder = str(source.path.parent.relative_to(PACKAGE))
            folders[folder] = folders.get(folder, 0) + 1
    wrong = [
        f"{folder}/ holds {count} modules" for folder, count in folders.items() if count > MOST_MODULES_IN_A_FOLDER
    ]

    assert not wrong, show(wrong)


@pytest.mark.parametrize("package", ORDER)
def test_a_small_module_has_more_than_one_user(package):
    """A paragraph cut out of its only caller goes home. What a package passes on is public, not such a paragraph."""
    wrong = []
    for source in of_package(package):
        users = {reference.source for reference in references() if reference.target == source.name}
        lines = source.text.count("\n")
        is_public = any(sources()[user].is_init for user in users)
        if source.is_init or is_public or len(users) > 1 or lines >= FEWEST_LINES_FOR_ONE_USER:
            continue
        if source.name not in SMALL_WITH_ONE_USER:
            wrong.append(f"{source.name} ({lines} lines) is used by {', '.join(users) or 'none'} alone")

    assert not wrong, show(wrong)


def test_exceptions_name_modules_that_exist():
    assert set(SMALL_WITH_ONE_USER) - set(sources()) == set()


@cache
def retired_words() -> dict[str, re.Pattern[str]]:
    lines = (Path(__file__).parent / "retired_words.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    return {word: re.compile(f"_{word}_") for word in words}


@cache
def parts(identifier: str) -> str:
    """``_HeadStart`` and ``head_start`` are both ``_head_start_``."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|\d+", "_", identifier)
    return re.sub("_+", "_", f"_{words}_").lower()


@cache
def retired_in(identifier: str) -> tuple[str, ...]:
    return tuple(word for word, pattern in retired_words().items() if pattern.search(parts(identifier)))


@pytest.mark.parametrize("package", [FACADE, *ORDER])
def test_no_retired_word_comes_back(package):
    wrong: dict[str, list[str]] = {}
    for source in of_package(package):
        lines = [source.path.stem, *LAID_OUT.sub("", source.text).splitlines()]
        for number, line in enumerate(lines):
            for identifier in re.findall(r"\w+", line):
                for word in retired_in(identifier):
                    wrong.setdefault(word, []).append(f"{source.path.relative_to(PACKAGE)}:{number or 'its name'}")

    assert not wrong, show(f"{word}: {', '.join(dict.fromkeys(places))}" for word, places in wrong.items())


def test_docxtpl_is_imported_by_the_word_package_only():
    users = {
        source.package
        for source in sources().values()
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "docxtpl")
        or (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "docxtpl" for alias in node.names))
    }

    assert users == {"word"}


def loaded(program: str, heavy: tuple[str, ...]) -> str:
    program = f"import sys, congvan; {program}; print([name for name in {heavy!r} if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


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

    assert loaded("congvan", heavy) == "[]"


def test_planning_needs_neither_word_nor_pdf_nor_database():
    heavy = ("docxtpl", "lxml", "sqlite3", "sqlalchemy", "dxpdf", "pikepdf")

    assert loaded("congvan.plan; congvan.Letter", heavy) == "[]"


def test_a_worker_that_renders_letters_loads_no_lists_no_campaign_and_no_register():
    heavy = ("congvan.recipients", "congvan.campaign", "congvan.register", "sqlalchemy", "dxpdf", "pikepdf")

    assert loaded("import congvan.run.rendering", heavy) == "[]"
