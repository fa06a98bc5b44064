"""Jinja restricted and metered: templates come from outside.

Jinja's own sandbox keeps a template from Python's internals. It does not keep it from running for a year or filling the
memory, from other files, or from printing a value as markup. So every template is rewritten when it is read: bodies of
loops and macros spend steps, and expressions that create a text or a list spend its size
(:mod:`congvan.text.fields.budget`). Only those filters and methods remain that a letter has a use for and whose result
can be measured beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from functools import wraps
from types import CodeType
from typing import Any, Final

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, pass_environment
from jinja2.visitor import NodeTransformer

from congvan.text.fields.budget import (
    BudgetExceededError,
    charge,
    fresh_budget,
    join_pieces,
    spend_characters,
    spend_steps,
)

MAX_TOKENS: Final = 200_000
"""Tokens in the tags of one template."""

MAX_WIDTH: Final = 1_000
"""The largest width, count or padding a filter takes."""

FILTERS: Final = frozenset(
    {
        *("abs", "batch", "capitalize", "center", "count", "d", "default", "dictsort", "e", "escape"),
        *("first", "float", "format", "groupby", "indent", "int", "items", "join", "last", "length"),
        *("list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round"),
        *("select", "selectattr", "slice", "sort", "string", "sum", "title", "trim", "truncate", "unique"),
        *("upper", "wordcount"),
    }
)
"""Jinja's filters that a letter may use."""

_METHODS: Final = {
    str: frozenset(
        {
            *("capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha"),
            *("isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper", "lower"),
            *("lstrip", "partition", "removeprefix", "removesuffix", "rfind", "rindex", "rpartition"),
            *("rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper"),
        }
    ),
    int: frozenset[str](),
    float: frozenset({"is_integer"}),
    bytes: frozenset[str](),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    dict: frozenset({"get", "items", "keys", "values"}),
    set: frozenset[str](),
}
_LOOP_ATTRIBUTES: Final = frozenset(
    {"index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"}
)
_LARGEST_NUMBER: Final = 4096  # bits
_WIDE_FORMAT: Final = re.compile(r"%[^a-zA-Z%]*(?:\*|\d{4})")
_FORBIDDEN_TAGS: Final[dict[type[nodes.Node], str]] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.ScopedEvalContextModifier: "autoescape",  # switched off, it would let a value become markup
}
# No tag can call these: a name never starts with a space.
_STEP, _CHARGE = " step", " charge"
_TOO_COMPLEX: Final = (RecursionError, MemoryError, OverflowError, SyntaxError, ValueError)


class ForbiddenTagError(TemplateSyntaxError):
    """A tag that opens another file, or switches escaping off; ``message`` is its name."""


class TooComplexError(TemplateSyntaxError):
    """A template that is nested too deeply or has too many tags to be read."""


class MeteredTemplate(Template):
    """A template with a new budget for every rendering."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Fill the template; Jinja's own method has no place for the budget."""
        with fresh_budget():
            context = self.new_context({**self.globals, **dict(*args, **kwargs)}, shared=True)
            try:
                return self.environment.concat(self.root_render_func(context))
            except Exception:  # noqa: BLE001 - raised again by Jinja, with the template's own lines
                self.environment.handle_exception()


class PlainNamespace(Namespace):
    """``namespace()`` that does not print its values: it may hold itself."""

    def __repr__(self) -> str:
        return "namespace"


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment templates are parsed and filled in."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    template_class = MeteredTemplate
    concat = staticmethod(join_pieces)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, auto_reload=False, optimized=False)
        self.filters = {name: _FILTER_GUARDS.get(name, _unchanged)(self.filters[name]) for name in FILTERS}
        self.filters |= {_STEP: spend_steps, _CHARGE: charge}
        self.globals.pop("lipsum", None)
        self.globals["namespace"] = PlainNamespace

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Copy both mappings once for a template, not at every filling."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is LoopContext and attribute in _LOOP_ATTRIBUTES:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        for builtin, methods in _METHODS.items():
            if isinstance(obj, builtin):
                is_allowed = attr in methods or not hasattr(builtin, attr)
                return is_allowed and super().is_safe_attribute(obj, attr, value)
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ARG002 - str.format is no method a letter may use
        return None

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        _refuse_growth(operator, left, right)
        return charge(super().call_binop(context, operator, left, right))

    def _tokenize(self, source: str, name: str | None, filename: str | None = None, state: str | None = None) -> Any:
        stream = super()._tokenize(source, name, filename, state)
        return TokenStream(_limit_tokens(stream), name, filename)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            return _insert_meters(super()._parse(source, name, filename))
        except _TOO_COMPLEX as error:
            raise TooComplexError(type(error).__name__, 1) from None

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        try:
            return super()._generate(source, name, filename, defer_init)
        except _TOO_COMPLEX as error:
            raise TooComplexError(type(error).__name__, 1) from None

    def _compile(self, source: str, filename: str) -> CodeType:
        try:
            return super()._compile(source, filename)
        except _TOO_COMPLEX as error:
            raise TooComplexError(type(error).__name__, 1) from None


def _limit_tokens(stream: TokenStream) -> Iterator[Token]:
    for count, token in enumerate(stream):
        if count > MAX_TOKENS:
            raise TooComplexError("tokens", token.lineno)
        yield token


def _insert_meters(tree: nodes.Template) -> nodes.Template:
    for tag in tree.find_all(tuple(_FORBIDDEN_TAGS)):
        raise ForbiddenTagError(_FORBIDDEN_TAGS[type(tag)], tag.lineno)
    _MeterInserter().visit(tree)
    return tree


class _MeterInserter(NodeTransformer):
    """Inserts meters: into every body that may run more than once, and around all that creates a text or a list."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja calls it by the node's name
        return self._with_steps(node)

    visit_Macro = visit_CallBlock = visit_For  # noqa: N815

    def _with_steps(self, node: Any) -> nodes.Node:
        weight = 1 + sum(1 for _ in node.find_all(nodes.Node))
        call = node.call if isinstance(node, nodes.CallBlock) else None
        self._children(node)
        if call is not None:
            node.call = call
        step = nodes.Filter(nodes.Const(weight), _STEP, [], [], None, None)
        node.body.insert(0, nodes.ExprStmt(step, lineno=node.lineno))
        return node  # type: ignore[no-any-return]

    def visit_FilterBlock(self, node: Any) -> nodes.Node:  # noqa: N802
        """Leave the filter of a block as it is: its result is charged when the block is joined."""
        block_filter = node.filter
        self._children(node)
        node.filter = block_filter
        return node  # type: ignore[no-any-return]

    visit_AssignBlock = visit_FilterBlock  # noqa: N815

    def visit_Filter(self, node: Any) -> nodes.Node:  # noqa: N802
        return _charged(self._children(node))

    visit_Call = visit_Concat = visit_List = visit_Dict = visit_Filter  # noqa: N815

    def visit_Tuple(self, node: Any) -> nodes.Node:  # noqa: N802
        self._children(node)
        return _charged(node) if node.ctx == "load" else node

    def visit_Getitem(self, node: Any) -> nodes.Node:  # noqa: N802
        self._children(node)
        return _charged(node) if isinstance(node.arg, nodes.Slice) else node

    def _children(self, node: nodes.Node) -> Any:
        return self.generic_visit(node)


def _charged(node: nodes.Node) -> nodes.Node:
    return nodes.Filter(node, _CHARGE, [], [], None, None, lineno=node.lineno)


def _refuse_growth(operator: str, left: Any, right: Any) -> None:
    """Stop an operation whose result would be too large."""
    numbers = isinstance(left, int) and isinstance(right, int)
    if operator == "**" and numbers and left.bit_length() * right > _LARGEST_NUMBER:
        raise BudgetExceededError("characters")
    if operator == "*":
        if numbers and left.bit_length() + right.bit_length() > _LARGEST_NUMBER:
            raise BudgetExceededError("characters")
        _spend_repeated(left, right)
        _spend_repeated(right, left)
    if operator == "%" and isinstance(left, str):
        _refuse_wide(left)


def _spend_repeated(repeated: Any, times: Any) -> None:
    if isinstance(times, int) and isinstance(repeated, str | list | tuple):
        spend_characters(len(repeated) * max(times, 0))


def _refuse_wide(pattern: str) -> None:
    if _WIDE_FORMAT.search(pattern):
        raise BudgetExceededError("characters")


def _unchanged(jinja_filter: Callable[..., Any]) -> Callable[..., Any]:
    return jinja_filter


def _limit_width(jinja_filter: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse a width, count or padding above :data:`MAX_WIDTH`."""

    @wraps(jinja_filter)
    def guarded(value: Any, *args: Any, **kwargs: Any) -> Any:
        for argument in (*args, *kwargs.values()):
            if _size(argument) > MAX_WIDTH:
                raise BudgetExceededError("characters")
        return jinja_filter(value, *args, **kwargs)

    return guarded


def _size(argument: Any) -> int:
    if isinstance(argument, str):
        return len(argument)
    return abs(argument) if isinstance(argument, int) else 0


def _limit_format(jinja_filter: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(jinja_filter)
    def guarded(value: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_wide(str(value))
        return jinja_filter(value, *args, **kwargs)

    return guarded


def _charge_replacements(jinja_filter: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(jinja_filter)
    def guarded(eval_ctx: Any, s: Any, old: Any, new: Any, count: int | None = None) -> Any:
        spend_characters(str(s).count(str(old)) * len(str(new)))
        return jinja_filter(eval_ctx, s, old, new, count)

    return guarded


def _charge_join(jinja_filter: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(jinja_filter)
    def guarded(eval_ctx: Any, value: Any, d: str = "", attribute: Any = None) -> Any:
        items = list(value)
        spend_characters(sum(len(item) if isinstance(item, str) else 1 for item in items) + len(items) * len(d))
        return jinja_filter(eval_ctx, items, d, attribute)

    return guarded


def _refuse_list_sums(jinja_filter: Callable[..., Any]) -> Callable[..., Any]:
    """Allow sums of numbers only: the work of adding up lists grows with the square of their number."""

    @pass_environment
    @wraps(jinja_filter)
    def guarded(environment: Any, iterable: Any, attribute: Any = None, start: Any = 0) -> Any:
        if isinstance(start, str | list | tuple):
            raise BudgetExceededError("characters")
        return jinja_filter(environment, iterable, attribute, start)

    return guarded


_FILTER_GUARDS: Final[dict[str, Callable[[Callable[..., Any]], Callable[..., Any]]]] = {
    **dict.fromkeys(("batch", "center", "indent", "round", "slice"), _limit_width),
    "format": _limit_format,
    "replace": _charge_replacements,
    "join": _charge_join,
    "sum": _refuse_list_sums,
}
