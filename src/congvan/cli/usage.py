"""A command written wrongly, as a sentence in the language in force: typer's own sentences are English."""

from __future__ import annotations

import difflib
import re
from typing import Any

from congvan.cli.help_pages import did_you_mean, usage_of, value_name
from congvan.cli.language import tr


def usage_sentence(error: Any) -> str:
    """What is wrong with the line, and the name that may have been meant.

    ``error`` is one of typer's exceptions, known by what it carries: their classes move between its versions.
    """
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return _unknown_option(error)
    if kind == "MissingParameter":
        name = _name_of(error)
        return tr(f"còn thiếu {name}", f"{name} is missing")
    if kind == "BadParameter":
        name = _name_of(error)
        return f"{name}: {error.message}" if name else str(error.message)
    if kind == "BadOptionUsage":
        return tr(f"{error.option_name} cần đúng một giá trị", f"{error.option_name} needs exactly one value")
    return _words_left(error)


def usage_line(error: Any) -> str:
    """How the command is written, and where its help is; empty where no command was found."""
    ctx = getattr(error, "ctx", None)
    if ctx is None:
        return ""
    usage, path = usage_of(ctx.command, ctx), ctx.command_path
    return tr(f"Cách dùng: {usage}\nXem thêm: {path} --help", f"Usage: {usage}\nMore: {path} --help")


def _unknown_option(error: Any) -> str:
    known = [name for one in error.ctx.command.get_params(error.ctx) for name in one.opts] if error.ctx else []
    near = difflib.get_close_matches(error.option_name, known, n=3, cutoff=0.5)
    name = error.option_name
    return tr(f"không có tùy chọn {name}", f"there is no option {name}") + did_you_mean(near)


def _words_left(error: Any) -> str:
    """A word too many; it stands in brackets in typer's sentence, and nowhere else."""
    left = re.search(r"\(([^()]+)\)$", error.format_message())
    if left is None:
        return tr("lệnh chưa đủ", "the command is not whole")
    return tr(f"thừa «{left[1]}»", f"“{left[1]}” is too much")


def _name_of(error: Any) -> str:
    if isinstance(error.param_hint, str):
        return str(error.param_hint)
    if error.param is None:
        return ""
    return value_name(error.param) if error.param.param_type_name == "argument" else str(error.param.opts[0])
