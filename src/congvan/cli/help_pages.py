"""Commands with their help in the language in force: typer's own pages know English only.

A command states its help in Vietnamese; ``help_english.toml`` has the English of each text; names of values are
stated in English, and it has their Vietnamese.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import cache
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from congvan.cli.language import tr
from congvan.findings import language


class Command(TyperCommand):
    """A command that writes its help itself."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, what the command does, arguments and options."""
        _write_page(self, ctx, formatter)


class Group(TyperGroup):
    """Commands under one name."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, what the group is for, options and commands."""
        _write_page(self, ctx, formatter)
        with formatter.section(tr("Lệnh", "Commands")):
            formatter.write_dl([(name, self._what_it_does(ctx, name)) for name in self.list_commands(ctx)])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the line names.

        Raises:
            typer.BadParameter: naming the nearest commands, where there is none of this name.
        """
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            near = difflib.get_close_matches(args[0], self.commands, n=3, cutoff=0.5)
            unknown = tr(f"không có lệnh «{args[0]}»", f"there is no command “{args[0]}”")
            raise typer.BadParameter(unknown + did_you_mean(near), ctx=ctx)
        return super().resolve_command(ctx, args)

    def _what_it_does(self, ctx: Any, name: str) -> str:
        """The first sentence of a command's help, whole: cut short, it would hide what matters."""
        command = self.get_command(ctx, name)
        said = in_language(command.help) if command else ""
        return said.split(";")[0].split(": ")[0].rstrip(".") + "."


@cache
def _table(name: str) -> dict[str, str]:
    import tomllib
    from importlib.resources import files

    texts = tomllib.loads((files("congvan.cli") / "help_english.toml").read_text(encoding="utf-8"))
    return dict(texts[name])


def in_language(text: str | None) -> str:
    """A text of help, given in Vietnamese, in the language in force."""
    vietnamese = text or ""
    return vietnamese if language() == "vi" else _table("texts").get(vietnamese, vietnamese)


def value_name(parameter: Any) -> str:
    """What the value of an option or an argument is called, in the language in force."""
    name = str(parameter.metavar or "")
    return name if language() == "en" else _table("values").get(name, name)


def did_you_mean(near: Sequence[str]) -> str:
    """The end of a sentence about an unknown name: those it may stand for."""
    return tr(f"; ý bạn là {', '.join(near)}?", f"; did you mean {', '.join(near)}?") if near else ""


def usage_of(command: Any, ctx: Any) -> str:
    """How a command is written: ``congvan plan [OPTIONS] CAMPAIGN.yaml``."""
    options, arguments = _parameters(command, ctx)
    pieces = [ctx.command_path, tr("[TÙY CHỌN]", "[OPTIONS]") if options else ""]
    pieces += [_argument(one) for one in arguments]
    if isinstance(command, TyperGroup):
        pieces.append(tr("LỆNH …", "COMMAND …"))
    return " ".join(filter(None, pieces))


def _write_page(command: Any, ctx: Any, formatter: Any) -> None:
    path = ctx.command_path
    formatter.write_usage(
        path, usage_of(command, ctx).removeprefix(path).strip(), prefix=f"{tr('Cách dùng', 'Usage')}: "
    )
    with formatter.indentation():
        formatter.write_text(in_language(command.help))
    options, arguments = _parameters(command, ctx)
    if said := [(value_name(one), in_language(one.help)) for one in arguments if one.help]:
        with formatter.section(tr("Đối số", "Arguments")):
            formatter.write_dl(said)
    with formatter.section(tr("Tùy chọn", "Options")):
        formatter.write_dl([(_names(one), _meaning(one)) for one in options])
    if ctx.parent is not None:
        formatter.write_paragraph()
        formatter.write_text(
            tr("--lang vi|en đặt ở đâu trong lệnh cũng được.", "--lang vi|en may stand anywhere on the line.")
        )


def _parameters(command: Any, ctx: Any) -> tuple[list[Any], list[Any]]:
    shown = [one for one in command.get_params(ctx) if not getattr(one, "hidden", False)]
    options = [one for one in shown if one.param_type_name == "option"]
    return options, [one for one in shown if one.param_type_name == "argument"]


def _argument(argument: Any) -> str:
    name = value_name(argument)
    return name if argument.required or name.startswith("[") else f"[{name}]"


def _names(option: Any) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    if option.secondary_opts:
        names += f" / {', '.join(option.secondary_opts)}"
    return f"{names} {value_name(option)}".rstrip()


def _meaning(option: Any) -> str:
    if "--help" in option.opts:
        return tr("Hiện trang này.", "Show this page.")
    notes = [tr("bắt buộc", "required")] if option.required else []
    default = option.default
    if default is not None and default != () and not isinstance(default, bool) and default != "":
        notes.append(f"{tr('mặc định', 'default')}: {default}")
    noted = f"[{', '.join(notes)}]" if notes else ""
    return f"{in_language(option.help)} {noted}".strip()
