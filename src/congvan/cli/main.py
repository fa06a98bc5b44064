"""Running the command line: the one place where an error becomes a message and a status."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import typer

# Each registers its command.
from congvan.cli import completion, doctor, explain, init, mcp, schema, serve  # noqa: F401
from congvan.cli.app import DONE, FINDINGS, INTERRUPTED, USAGE, app, settings
from congvan.cli.books import backups, entering, find, register  # noqa: F401
from congvan.cli.language import take_language, tr
from congvan.cli.letters import (  # noqa: F401
    check,
    deliver,
    following,
    issue,
    lint,
    plan,
    render,
    status,
    template,
    template_checks,
)
from congvan.cli.lists import recipients  # noqa: F401
from congvan.cli.messages import echo_error, echo_json, echo_report, findings_json, shown
from congvan.cli.usage import usage_line, usage_sentence
from congvan.errors import CongvanError, OutputError, RegisterError, ReportError, UnreadableFileError
from congvan.findings import Finding, Report, finding


def main() -> None:
    """Run the command line and end the process with its status."""
    words = take_language(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may still speak a code page
            stream.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, _interrupt)
    completion.prepare_completion()
    with _messages():
        code: Any = app(_flags_first(words), prog_name="congvan", standalone_mode=False)
        if code == INTERRUPTED:  # typer answers Ctrl-C itself, with this status and no word
            raise KeyboardInterrupt
        sys.exit(code if isinstance(code, int) else DONE)


_ANYWHERE = frozenset({"-q", "--quiet", "-v", "--verbose"})


def _flags_first(words: Sequence[str]) -> list[str]:
    """The line with the options of every command in front, wherever they were typed."""
    end = words.index("--") if "--" in words else len(words)
    flags = [word for word in words[:end] if word in _ANYWHERE]
    return [*flags, *(word for word in words[:end] if word not in _ANYWHERE), *words[end:]]


def _interrupt(number: int, _: object) -> None:
    """End as on Ctrl-C, so that temporary files are removed and worker processes end; once, not while ending."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


_INTERRUPTED = (
    "Đã dừng; phần đã xong vẫn còn, chạy lại để làm tiếp.",
    "Interrupted; what was done is kept, run again to continue.",
)


@contextmanager
def _messages() -> Iterator[None]:
    """Every error as a message and a status; with ``--json`` also as the one document on stdout."""
    try:
        yield
    except ReportError as error:
        echo_report(error.report, writes=not isinstance(error, RegisterError | OutputError))
        _refuse(FINDINGS, error)
    except UnreadableFileError as error:
        echo_error(str(error))
        _refuse(USAGE, error)
    except CongvanError as error:
        echo_error(str(error))
        _refuse(FINDINGS, error)
    except (KeyboardInterrupt, typer.Abort):
        echo_error(tr(*_INTERRUPTED))
        _refuse(INTERRUPTED, finding("error-interrupted"))
    except Exception as error:  # noqa: BLE001  # the last stop before the user: no traceback unless asked
        status = getattr(error, "exit_code", None)
        if isinstance(status, int) and hasattr(error, "format_message"):  # typer's own: wrong usage
            _explain_usage(error)
            _refuse(status, finding("error-usage", why=usage_sentence(error)))
        internal = finding("error-internal", kind=type(error).__name__, why=error)
        echo_error(internal)
        _refuse(FINDINGS, internal)


def _explain_usage(error: Any) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":
        echo_error(error.format_message())
        return
    echo_error(tr(f"Lệnh viết chưa đúng: {usage_sentence(error)}", f"Wrong usage: {usage_sentence(error)}"))
    if line := usage_line(error):
        echo_error(line)


def _refuse(code: int, why: CongvanError | Finding) -> NoReturn:
    """End the process with a status; with ``--json`` print first why, as every command does."""
    if "--json" in sys.argv[1:]:
        error = why if isinstance(why, CongvanError) else ReportError(Report((why,)))
        report = shown(error.report)
        echo_json({**error.as_dict(), **_first(report), "findings": findings_json(report)})
    _end(code)


def _first(report: Report) -> dict[str, Any]:
    """Code and values of the first finding, values about persons hidden."""
    first = next(iter((*report.errors, *report)), None)
    fields = first.as_dict() if first else {}
    return {name: fields[name] for name in ("code", "values") if name in fields}


def _end(code: int) -> NoReturn:
    if settings["verbose"] and not isinstance(sys.exception(), KeyboardInterrupt):
        import traceback

        traceback.print_exc()
    sys.exit(code)
