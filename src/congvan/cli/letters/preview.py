"""``congvan render --preview`` and ``--watch``: the first letter of each tier as a draft, again at every change."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.cli.app import DONE, FINDINGS
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_error, echo_report

if TYPE_CHECKING:
    from congvan.campaign import Plan

FOLDER: Final = "xem-thu"
"""Beside the folders of campaigns, ``out/xem-thu/<ma>``: a look at some letters replaces no draft of all."""

_SOURCES: Final = frozenset({".yaml", ".yml", ".csv", ".xlsx", ".xls", ".ods", ".md", ".docx", ".png", ".jpg", ".json"})
_PAUSE: Final = 0.5
"""Seconds between two looks at the files."""


def preview_letters(plan: Callable[[], Plan], out: Path | None, options: Mapping[str, Any]) -> int:
    """Draft the first letter of each tier as PDF and open it where somebody sits at a terminal."""
    status, letters = _draft(plan, out, options)
    for path in letters:
        echo(path.as_posix())
    if letters and sys.stdout.isatty():
        import typer

        typer.launch(str(letters[0]))
    return status


def watch_letters(plan: Callable[[], Plan], out: Path | None, options: Mapping[str, Any], folder: Path) -> int:
    """Preview, and once more whenever a file below ``folder`` changes; ends with Ctrl-C. Faults end nothing."""
    from congvan.errors import CongvanError, ReportError

    seen: Mapping[Path, float] = {}
    is_open = False
    while True:
        if (now := _changes_in(folder)) == seen:
            time.sleep(_PAUSE)
            continue
        seen = now
        try:
            if is_open:
                _draft(plan, out, options)
            else:
                preview_letters(plan, out, options)
            is_open = True
        except ReportError as error:
            echo_report(error.report)
        except CongvanError as error:
            echo_error(error)
        echo_error(
            tr(
                f"{time.strftime('%H:%M:%S')}  Đang theo dõi {folder.as_posix()}; nhấn Ctrl-C để thôi.",
                f"{time.strftime('%H:%M:%S')}  Watching {folder.as_posix()}; Ctrl-C ends it.",
            )
        )


def _draft(plan: Callable[[], Plan], out: Path | None, options: Mapping[str, Any]) -> tuple[int, list[Path]]:
    from congvan.run import campaign_folder, render

    made = plan()
    default = campaign_folder(made.campaign)
    run = render(made, out or default.parent / FOLDER / default.name, draft=True, **{**options, "formats": ("pdf",)})
    folder = run.out or Path()
    echo_report(run.report, writes=False)
    letters = [folder / file.path for row in run.letters for file in row.files]
    return FINDINGS if run.report.errors else DONE, letters


def _changes_in(folder: Path) -> dict[Path, float]:
    """When each file that letters are made from was changed last; what congvan writes itself does not count."""
    found: dict[Path, float] = {}
    for path in folder.rglob("*"):
        if path.suffix.lower() in _SOURCES and "out" not in path.relative_to(folder).parts:
            try:
                found[path] = path.stat().st_mtime
            except OSError:  # removed meanwhile, or an editor's file for a moment
                continue
    return found
