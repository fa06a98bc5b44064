"""What another tool imports: every name of the façade is there, and the contract's calls work."""

import importlib
import inspect
import pkgutil
import pydoc
import types
import typing
from datetime import date
from inspect import Parameter

import pytest

import congvan


def test_every_name_of_the_facade_can_be_imported():
    for name in congvan.__all__:
        assert getattr(congvan, name) is not None


def test_names_are_listed_in_order_and_only_once():
    assert congvan.__all__ == sorted(set(congvan.__all__))
    assert dir(congvan) == congvan.__all__


def test_the_type_checkers_names_are_those_at_run_time():
    import ast
    from pathlib import Path

    tree = ast.parse(Path(congvan.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    typed = {alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}

    assert typed | {"__version__"} == set(congvan.__all__)


def test_an_unknown_name_is_an_ordinary_attribute_error():
    assert not hasattr(congvan, "lettre")


def test_numbers_in_words_as_promised():
    assert congvan.text.in_words(1_000_005) == "một triệu không nghìn không trăm linh năm"


def test_one_letter_from_python_becomes_word_and_pdf():
    letter = congvan.Letter(
        chu_quan="TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC",
        co_quan="CÔNG TY ĐIỆN LỰC THANH HÓA",
        so=465,
        ky_hieu="PCTH-KD",
        dia_danh="Thanh Hóa",
        ngay=date(2021, 3, 3),
        loai="cong-van",
        trich_yeu="phối hợp tuyên truyền",
        kinh_gui=["UBND tỉnh Thanh Hóa"],
        can_cu=[],
        noi_dung="Đề nghị phối hợp.",
        noi_nhan=["Như trên", "Lưu: VT, KD"],
        ky={"quyen_han": ["KT. GIÁM ĐỐC"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
        do_khan=None,
        do_mat=None,
        phu_luc=[],
    )
    docx = congvan.render_docx(letter)

    assert docx.startswith(b"PK")
    assert congvan.to_pdf(docx).startswith(b"%PDF-")


PUBLIC_MODULES = {name: module for name in congvan.__all__ if inspect.ismodule(module := getattr(congvan, name))}
OBJECTS = {
    name: value
    for name in congvan.__all__
    if inspect.isroutine(value := getattr(congvan, name)) or inspect.isclass(value)
}


def names_of(module):
    """The names a public module offers: those of ``__all__``, or the classes it defines."""
    own = [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]
    return getattr(module, "__all__", [name for name in own if not name.startswith("_")])


def exported():
    """Everything a program may name, as ``congvan.Letter`` or ``congvan.inspect.Line``."""
    of_modules = {
        f"{name}.{inner}": getattr(module, inner)
        for name, module in PUBLIC_MODULES.items()
        for inner in names_of(module)
    }
    return {**OBJECTS, **of_modules}


def signatures(name, value):
    """The functions of an exported name, and the name itself if its fields have types."""
    if not inspect.isclass(value):
        return [(name, value)] if inspect.isroutine(value) else []
    found = [(name, value)]
    for kind in value.__mro__:
        if kind.__module__.startswith("congvan"):
            found += [(f"{name}.{member}", function) for member, function in functions_of(kind)]
    return found


def functions_of(kind):
    for member, value in vars(kind).items():
        function = getattr(value, "fget", None) or getattr(value, "func", None) or getattr(value, "__func__", value)
        if inspect.isfunction(function) and (not member.startswith("_") or member == "__init__"):
            yield member, function


def types_in(hint):
    if isinstance(hint, type) and not isinstance(hint, types.GenericAlias):
        yield hint
    for argument in typing.get_args(hint):
        for inner in argument if isinstance(argument, list) else [argument]:
            yield from types_in(inner)


@pytest.mark.parametrize(("name", "value"), exported().items(), ids=exported())
def test_every_type_in_a_public_signature_is_exported(name, value):
    public = list(exported().values())
    hidden = {
        f"{where}({parameter}): {kind.__module__}.{kind.__qualname__}"
        for where, function in signatures(name, value)
        for parameter, hint in typing.get_type_hints(function).items()
        for kind in types_in(hint)
        if kind.__module__.startswith("congvan.") and kind not in public and not parameter.startswith("_")
    }

    assert hidden == set()


@pytest.mark.parametrize("package", [module for module in PUBLIC_MODULES.values() if hasattr(module, "__path__")])
def test_no_name_is_hidden_by_a_module_of_the_same_name_that_is_loaded_later(package):
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)

    assert [name for name in package.__all__ if inspect.ismodule(getattr(package, name))] == []


@pytest.mark.parametrize("name", [name for name, value in exported().items() if callable(value)])
def test_every_name_is_explained_and_the_first_line_is_a_sentence(name):
    first = (exported()[name].__doc__ or "").split("\n")[0]

    assert first.endswith(".")


MAIN_CALLS = (
    congvan.Letter,
    congvan.WordTemplate,
    congvan.campaign_from,
    congvan.check,
    congvan.load_campaign,
    congvan.plan,
    congvan.render,
    congvan.render_table,
    congvan.to_pdf,
    congvan.to_pdfs,
)


@pytest.mark.parametrize("call", MAIN_CALLS, ids=lambda call: call.__name__)
def test_help_shows_the_names_of_all_arguments_of_the_main_calls(call):
    parameters = inspect.signature(call).parameters.values()

    assert parameters
    assert {parameter.kind for parameter in parameters} <= {Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY}
    shown = pydoc.plain(pydoc.render_doc(call))
    assert all(parameter.name in shown for parameter in parameters)
