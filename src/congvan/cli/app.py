"""The ``congvan`` command: its options, its exit status, and the one place where an error becomes a message."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

import typer

from congvan.cli.messages import complain, complain_report
from congvan.errors import CongvanError, ReportError, UnreadableFileError
from congvan.findings import Report, set_language

DONE, FINDINGS, USAGE, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="congvan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Công văn theo Nghị định 30/2020: từ một tệp đợt phát hành ra Word và PDF, đánh số, đúng thứ tự.",
)
_settings: dict[str, bool] = {"verbose": False}


@app.callback()
def _options(
    lang: Annotated[Literal["vi", "en"] | None, typer.Option(help="Ngôn ngữ thông báo / language of messages.")] = None,
    verbose: Annotated[bool, typer.Option(help="Hiện chi tiết lỗi của chương trình / show tracebacks.")] = False,
) -> None:
    set_language(lang or _language_of_user())
    _settings["verbose"] = verbose


def main() -> None:
    """Run the command line and end the process with its status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may still speak a code page
            stream.reconfigure(encoding="utf-8", errors="replace")
    from congvan.cli import check, doctor, explain, plan, render, template  # noqa: F401  # they register their commands

    with _messages():
        status: Any = app(standalone_mode=False)
        sys.exit(status if isinstance(status, int) else DONE)


@contextmanager
def _messages() -> Iterator[None]:
    """Every error as a message and a status; a traceback only when asked for."""
    try:
        yield
    except ReportError as error:
        complain_report(error.report)
        _end(FINDINGS)
    except UnreadableFileError as error:
        complain(str(error))
        _end(USAGE)
    except CongvanError as error:
        report = getattr(error, "report", None)
        complain_report(report) if isinstance(report, Report) else complain(str(error))
        _end(FINDINGS)
    except typer.Abort:
        _end(INTERRUPTED)
    except KeyboardInterrupt:
        complain("Đã dừng; phần đã xong vẫn còn, chạy lại để làm tiếp. / Interrupted; run again to continue.")
        _end(INTERRUPTED)
    except Exception as error:  # noqa: BLE001  # the last stop before the user: no traceback unless asked
        usage = getattr(error, "exit_code", None)
        show = getattr(error, "show", None)
        if show is not None and isinstance(usage, int):  # typer's own: wrong usage
            show()
            _end(usage)
        complain(f"Lỗi của chương trình / internal error: {type(error).__name__}: {error} (--verbose)")
        _end(FINDINGS)


def _end(status: int) -> None:
    if _settings["verbose"] and not isinstance(sys.exception(), KeyboardInterrupt):
        import traceback

        traceback.print_exc()
    sys.exit(status)


def _language_of_user() -> Literal["vi", "en"]:
    """English only where the user's locale says so; the decree's own language otherwise."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if (spoken or locale.getlocale()[0] or "").lower().startswith("en") else "vi"
