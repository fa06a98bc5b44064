"""What the command line says: findings and errors to stderr, results to stdout."""

from __future__ import annotations

import json
import sys
from typing import Any

from congvan.cli.app import settings
from congvan.findings import Report, Severity, language

_NAMES = {
    "vi": {"error": "LỖI", "warning": "LƯU Ý", "info": "tin"},
    "en": {"error": "ERROR", "warning": "WARNING", "info": "info"},
}


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


def echo_error(text: str) -> None:
    """A line about the run, not of its result."""
    sys.stderr.write(f"{text}\n")


def echo_report(report: Report, *, writes: bool = True) -> None:
    """Every finding, errors last so that they stand just above the prompt, then their count.

    ``writes`` is whether the command would have written anything had there been no error, and so has written nothing.
    """
    names, visible = _NAMES[language()], shown(report)
    order = (Severity.INFO, Severity.WARNING, Severity.ERROR)
    for found in sorted(visible, key=lambda found: order.index(found.severity)):
        echo_error(f"{names[found.severity.value]}  {found}")
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
        echo_error(vi if language() == "vi" else en)


def tr(vi: str, en: str) -> str:
    """The sentence in the language in force."""
    return vi if language() == "vi" else en
