"""Texts with fields: ``Kính gửi {{ ho_ten }}``, read and filled safely.

One sandboxed Jinja environment serves the campaign file, the Markdown body and the Word templates. It is strict: a name
without a value stops the letter and is named, a ``None`` never prints, and a text that reaches for Python's internals,
or would run or grow without end, is refused (:mod:`congvan.text.fields.sandbox`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, Final, NoReturn

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, meta, pass_context
from jinja2.exceptions import SecurityError

from congvan.errors import ReportError, TemplateError
from congvan.findings import Finding, Place, Report, finding
from congvan.text.fields.budget import BudgetExceededError
from congvan.text.fields.sandbox import ForbiddenTagError, Sandbox, TooComplexError

_MAPPINGS: Final = (dict, Mapping)  # dict first: most values are dicts, and asking an abstract class is slow


class MissingFieldError(UndefinedError):
    """A field without a value; ``name`` is the field as written in the text."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Strict(StrictUndefined):
    """Knows its whole dotted name (``truoc.tinh.ngay``) for the finding."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        owner = getattr(self._undefined_obj, "field_name", None)
        name = str(self._undefined_name)
        raise MissingFieldError(f"{owner}.{name}" if owner else name)

    __iter__ = __str__ = __len__ = _fail_with_undefined_error
    __eq__ = __ne__ = __bool__ = __hash__ = __contains__ = _fail_with_undefined_error
    __add__ = __radd__ = __call__ = __getitem__ = _fail_with_undefined_error

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._fail_with_undefined_error()


class Values(dict[str, Any]):
    """A mapping of fields that knows its own name: ``don_vi.giam_doc``, ``truoc.tinh.ngay``."""

    def __init__(self, field_name: str, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.field_name = field_name


@pass_context  # keeps Jinja from evaluating constant tags while it compiles
def printable(_context: Any, value: Any) -> Any:
    if value is None:
        raise MissingFieldError("None")
    return value


class FieldEnvironment(Sandbox):
    """The sandbox, strict about names: a field reads values; it changes nothing and reaches nothing else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        # A field of the data always wins over a method of dict: `don_vi.items` is a column, if there is one.
        if isinstance(obj, _MAPPINGS):
            if attribute in obj:
                return obj[attribute]
            inside = attribute.startswith("_")
            return self.unsafe_undefined(obj, attribute) if inside else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
        raise SecurityError(f"{type(obj).__name__}.{attribute}")


def environment(*, autoescape: bool = False) -> FieldEnvironment:
    """A new environment to read fields in; ``autoescape`` for Word, where ``<`` and ``&`` are markup."""
    env = FieldEnvironment(undefined=_Strict, autoescape=autoescape, finalize=printable, keep_trailing_newline=True)
    env.filters.update(filters())
    return env


def filters() -> dict[str, Callable[..., Any]]:
    """The filters of ``{{ value|name }}`` beside Jinja's own: dates, numbers and words the Vietnamese way."""
    from congvan.text.dates import long_date_of, short_date_of
    from congvan.text.money import money, money_in_words
    from congvan.text.number_words import in_words
    from congvan.text.numbers import format_number, format_percent

    return {
        "ngay_dai": long_date_of,
        "ngay_ngan": short_date_of,
        "so": format_number,
        "phan_tram": format_percent,
        "bang_chu": in_words,
        "tien": money,
        "tien_bang_chu": money_in_words,
    }


def field_names(source: str) -> frozenset[str]:
    """The top-level names ``source`` needs.

    Raises:
        TemplateError: when the text has a broken tag.
    """
    try:
        return frozenset(meta.find_undeclared_variables(_plain().parse(source)))
    except TemplateSyntaxError as error:
        raise TemplateError(Report((field_finding(error, Place(line=error.lineno)),))) from None


def require_readable_tags(source: str) -> None:
    """Check that the tags of ``source`` can be read, whatever filters they name.

    Raises:
        TemplateError: for the first that is broken, with its line.
    """
    try:
        _plain().parse(source)
    except TemplateSyntaxError as error:
        raise TemplateError(Report((field_finding(error, Place(line=error.lineno)),))) from None


def fixed_text(source: str) -> tuple[tuple[int, str], ...]:
    """The text of ``source`` outside its tags, piece by piece, each with the line it begins on.

    Raises:
        TemplateError: when the text has a broken tag.
    """
    try:
        return tuple((line, piece) for line, kind, piece in _plain().lex(source) if kind == "data")
    except TemplateSyntaxError as error:
        raise TemplateError(Report((field_finding(error, Place(line=error.lineno)),))) from None


def fill(source: str, values: Mapping[str, Any], place: Place | None = None) -> str:
    """Fill the fields of ``source`` and return plain text.

    Raises:
        TemplateError: when a field has no value, a tag is broken, or the text leaves the sandbox.
    """
    if "{" not in source:
        return source
    try:
        return str(_compiled(source).render(values))
    except Exception as error:
        raise TemplateError(Report((field_finding(error, place),))) from error


@cache
def _plain() -> FieldEnvironment:
    return environment()


@lru_cache(maxsize=1024)
def _compiled(source: str) -> Any:
    return _plain().from_string(source)


_UNKNOWN_TAG: Final = re.compile(r"Encountered unknown tag '([^']*)'")
_NEVER_CLOSED: Final = re.compile(r"Unexpected end of template\..*closed is '([^']*)'", re.DOTALL)


def _syntax_finding(why: str, place: Place | None) -> Finding:
    """What the reader of tags says, in the words of people who write templates."""
    if unknown := _UNKNOWN_TAG.match(why):
        return finding("field-tag-unknown", place, tag=unknown[1])
    if never := _NEVER_CLOSED.match(why):
        return finding("field-syntax", place, why=f"{{% {never[1]} … %}} … {{% end{never[1]} %}}?")
    return finding("field-syntax", place, why=why.removesuffix("."))


def field_finding(error: Exception, place: Place | None = None) -> Finding:
    """A Jinja error as a finding a clerk can act on."""
    match error:
        case ReportError():  # a filter refused its value; its own finding is the most precise
            inner = error.report.findings[0]
            return finding(inner.code, place or inner.place, **inner.values)
        case MissingFieldError():
            return finding("field-missing", place, name=error.name)
        case SecurityError() | ForbiddenTagError():
            return finding("field-forbidden", place, what=error.message or "")
        case TemplateSyntaxError():
            if isinstance(error, TooComplexError):
                return finding("field-too-complex", place)
            return _syntax_finding(error.message or "", place)
        case _:
            is_endless = isinstance(error, BudgetExceededError | RecursionError | MemoryError)
            code = "field-too-costly" if is_endless else "field-failed"
            return finding(code, place, why=f"{type(error).__name__}: {error}")
