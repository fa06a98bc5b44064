"""The sandbox Word templates are read in: values are escaped, lists and the header can be laid out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import pass_context
from markupsafe import Markup

from congvan.text.fields.pattern import FieldEnvironment, environment, printable
from congvan.word import header
from congvan.word.body import columns, enumeration, keep_together

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_LAYOUT_FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    **header.FILTERS,
    **keep_together.FILTERS,
    **columns.FILTERS,
}
"""Filters congvan itself writes into a template when it is compiled."""


@dataclass(frozen=True, eq=False)
class TemplateExtensions:
    """Filters and globals of the caller, by their names in the template.

    Functions have no value to compare, so extensions equal only themselves.

    Raises:
        ValueError: for a name that cannot be written in a tag, or that congvan's layout needs.
        TypeError: for a filter that cannot be called.
    """

    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    globals: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*self.filters, *self.globals):
            if not name.isidentifier():
                raise ValueError(f"not a name: {name!r}")
        for name, function in self.filters.items():
            if name in _LAYOUT_FILTERS:
                raise ValueError(f"the filter {name!r} belongs to congvan's layout")
            if not callable(function):
                raise TypeError(f"the filter {name!r} cannot be called")

    def __bool__(self) -> bool:
        return bool(self.filters or self.globals)


NO_EXTENSIONS: Final = TemplateExtensions()


class NeedsDocxtplError(Exception):
    """A filter or global of the caller returned an object only docxtpl can place; ``owner`` is its template."""

    def __init__(self, owner: DocxTemplate | None = None) -> None:
        super().__init__()
        self.owner = owner


@lru_cache(maxsize=32)
def word_environment(extensions: TemplateExtensions = NO_EXTENSIONS, *, takes_objects: bool = True) -> FieldEnvironment:
    """The environment of Word templates with these ``extensions``.

    One that does not take docxtpl's objects raises :class:`NeedsDocxtplError` when it is to print one: the values of a
    letter are looked through before, but not what a filter or global returns.
    """
    env = environment(autoescape=True)
    env.filters.update(
        gach_dau_dong=enumeration.dash_lines, tung_dong=enumeration.punctuate, ma_soan=enumeration.drafter_code
    )
    env.filters.update(_LAYOUT_FILTERS)
    env.filters.update(extensions.filters)
    env.tests.update(dong_con=enumeration.is_inner_line, mot_noi=enumeration.is_single)
    env.globals.update(extensions.globals)
    if not takes_objects:
        env.finalize = _printable_without_docxtpl
    return env


@pass_context  # as printable
def _printable_without_docxtpl(context: Any, value: Any) -> Any:
    if hasattr(type(value), "__html__") and not isinstance(value, Markup):
        raise NeedsDocxtplError(getattr(value, "tpl", None))
    return printable(context, value)
