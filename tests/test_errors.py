import ast
import copy
import errno
import importlib
import json
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import congvan
from congvan import errors
from congvan.errors import (
    CongvanError,
    EngineError,
    LostWordsError,
    OutputError,
    ReportError,
    RunCancelledError,
    UnreadableFileError,
    WorkerLostError,
)
from congvan.findings import Place, Report, codes, finding

PACKAGE = Path(congvan.__file__).parent


def tree(root=CongvanError):
    """An error class and every class derived from it."""
    return [root, *(one for child in root.__subclasses__() for one in tree(child))]


reports = st.builds(
    lambda file, row: Report((finding("register-busy", Place(file=file, row=row), seconds=3),)),
    st.text(),
    st.integers(),
)
errors_of = {
    CongvanError: st.builds(CongvanError, st.text()),
    UnreadableFileError: st.builds(UnreadableFileError, st.text(min_size=1), st.text()),
    EngineError: st.builds(EngineError, st.text(), st.text()),
    LostWordsError: st.builds(LostWordsError, st.text(), reports),
    OutputError: st.builds(OutputError, st.builds(Path, st.text()), st.none() | st.builds(OSError, st.integers(1, 40))),
    RunCancelledError: st.builds(RunCancelledError),
    WorkerLostError: st.builds(WorkerLostError, st.just("batch-worker-late"), seconds=st.integers()),
}


def any_error(kind):
    return errors_of[kind] if kind in errors_of else st.builds(kind, reports)


@pytest.mark.parametrize("kind", tree(), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_an_error_pickled_or_copied_comes_back_with_all_it_had(kind, data):
    error = data.draw(any_error(kind))
    error.add_note("đợt 1")

    for back in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error), copy.copy(error)):
        assert type(back) is kind
        assert (str(back), back.args, vars(back)) == (str(error), error.args, vars(error))


@pytest.mark.parametrize("kind", tree(), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_error_is_json_with_its_code_values_and_findings(kind, data):
    error = data.draw(any_error(kind))

    told = json.loads(error.to_json())

    assert told["error"] == kind.__name__
    assert error.code in codes()
    assert (told["code"], told["values"]) == (error.code, dict(error.values))
    assert [found["code"] for found in told["findings"]] == [found.code for found in error.report]
    assert all({"place", "values", "message", "hint", "severity"} <= found.keys() for found in told["findings"])


def test_an_error_of_another_process_arrives_as_it_was_raised(tmp_path):
    with ProcessPoolExecutor(1) as pool:
        loading = pool.submit(congvan.load_campaign, tmp_path / "không-có.yaml")

        with pytest.raises(UnreadableFileError) as caught:
            loading.result(60)

    assert caught.value.path == tmp_path / "không-có.yaml"


def test_every_error_stands_in_one_module():
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name != "__main__.py":
            importlib.import_module(".".join(("congvan", *path.relative_to(PACKAGE).with_suffix("").parts)))

    assert {kind.__module__ for kind in tree() if kind.__module__.startswith("congvan")} == {"congvan.errors"}


def test_the_tree_in_the_docstring_is_the_tree():
    drawing = [line.split() for line in errors.__doc__.splitlines() if "── " in line]
    drawn = [next(word for word in words if word.endswith("Error")) for words in drawing]

    assert sorted(["CongvanError", *drawn]) == sorted(kind.__name__ for kind in tree())


def test_every_error_with_a_report_is_a_report_error():
    error = OutputError(Path("out"), OSError(errno.ENOSPC, "đầy"))

    assert isinstance(error, ReportError)
    assert error.of_all_files
    assert [found.code for found in error.report] == ["batch-disk-full"]


def test_findings_import_nothing_from_the_rest_of_the_package():
    names = {
        node.module
        for path in (PACKAGE / "findings").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }

    assert {name for name in names if name and name.startswith("congvan.")} == {
        name for name in names if name and name.startswith("congvan.findings")
    }
