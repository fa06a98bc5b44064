"""What the command line says: findings and errors to stderr, results to stdout.

Findings have colours and short lines on a terminal; in a pipe or a file each is one plain line.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Final

from congvan.cli.app import settings
from congvan.cli.language import tr
from congvan.findings import Finding, Report, Severity, language

_NAMES: Final = {
    "vi": {"error": "LỖI", "warning": "LƯU Ý", "info": "tin"},
    "en": {"error": "ERROR", "warning": "WARNING", "info": "info"},
}
_COLOURS: Final = {"error": "1;31", "warning": "33", "info": "36"}
_WIDEST: Final = 100


def echo(text: str) -> None:
    """A line of the result."""
    sys.stdout.write(f"{text}\n")


def findings_json(report: Report) -> list[dict[str, Any]]:
    """The findings for ``--json``, values about persons hidden as in :func:`echo_report`."""
    return [found.as_dict() for found in shown(report)]


def shown(report: Report) -> Report:
    """``report`` without values of cells about persons, unless ``--show-values`` asks for them."""
    if settings["show_values"] or not report.findings:
        return report
    from congvan.recipients.privacy import without_personal_values

    return without_personal_values(report)


def echo_json(value: Any) -> None:
    """The one JSON document of ``--json``."""
    echo(json.dumps(value, ensure_ascii=False, indent=2))


def echo_error(text: object) -> None:
    """A line about the run, not of its result."""
    sys.stderr.write(f"{text}\n")


def echo_next(text: str) -> None:
    """What to do next, to a person at a terminal; a script does not ask."""
    if sys.stderr.isatty() and not settings["quiet"]:
        echo_error(f"→ {text}")


def echo_report(report: Report, *, writes: bool = True) -> None:
    """Every finding, errors last so that they stand just above the prompt, then their count.

    ``writes`` is whether the command would have written anything had there been no error, and so has written nothing.
    """
    visible = shown(report)
    order = (Severity.ERROR,) if settings["quiet"] else (Severity.INFO, Severity.WARNING, Severity.ERROR)
    for severity in order:
        for found in visible:
            if found.severity is severity:
                echo_error(_for_terminal(found) if sys.stderr.isatty() else _plain(found))
    if visible != report:
        echo_error(
            tr(
                "Họ tên, số điện thoại được che bằng «…»; thêm --show-values để hiện.",
                "Names and telephones are shown as “…”; --show-values shows them.",
            )
        )
    if report.errors and writes:
        count = len(report.errors)
        vi = f"{count} lỗi; chưa ghi tệp nào, chưa lấy số nào."
        en = f"{count} error{'s' if count > 1 else ''}; nothing was written, no number was taken."
        echo_error(tr(vi, en))


def _plain(found: Finding) -> str:
    return f"{_NAMES[language()][found.severity.value]}  {found}"


def _for_terminal(found: Finding) -> str:
    """Severity in its colour, then place, sentence and cure, each beginning a line of its own."""
    import shutil
    import textwrap

    width = min(shutil.get_terminal_size().columns, _WIDEST)
    name = _NAMES[language()][found.severity.value]
    if "NO_COLOR" not in os.environ:
        name = f"\x1b[{_COLOURS[found.severity.value]}m{name}\x1b[0m"
    lines = textwrap.wrap(f"{found.message} [{found.code}]", width - 4, break_on_hyphens=False)
    if found.hint:
        lines += textwrap.wrap(f"→ {found.hint}", width - 4, subsequent_indent="  ", break_on_hyphens=False)
    return "\n".join([f"{name}  {found.place}".rstrip(), *(f"    {line}" for line in lines)])
