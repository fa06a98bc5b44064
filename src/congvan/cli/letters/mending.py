"""What ``congvan lint`` does to a copy: ``--fix``, ``--fix-text``, ``--track``, ``--comment`` and ``--undo``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from congvan.cli.app import DONE, FINDINGS, USAGE
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_error, echo_report
from congvan.findings import Report

if TYPE_CHECKING:
    from congvan.findings import Finding
    from congvan.linter import LintReport


@dataclass(frozen=True, slots=True)
class MendingOptions:
    """What is to be done to the copy: the layout mended, words too, each change tracked, findings as comments."""

    layout: bool = False
    text: bool = False
    tracked: bool = False
    comments: bool = False

    @property
    def fixes(self) -> bool:
        """Whether anything is mended, and not only commented on."""
        return self.layout or self.text or self.tracked

    @property
    def writes(self) -> bool:
        """Whether a copy is written at all."""
        return self.fixes or self.comments


def mend(files: Sequence[Path], options: MendingOptions, output: Path | None) -> int:
    """Write a mended copy of each letter beside it, or to ``output``; list every change and what is left to do."""
    if output is not None and len(files) > 1:
        raise typer.BadParameter(tr("-o chỉ dùng với 1 văn bản", "-o goes with one letter"))
    statuses = [_mend_file(path, options, output) for path in files]
    return max(statuses, default=DONE)


def take_back(copies: Iterable[Path]) -> int:
    """Bring the letters back that mended copies were made from."""
    from congvan.errors import CongvanError
    from congvan.linter.fixes.record import undo

    status = DONE
    for copy in copies:
        try:
            letter = undo(copy)
            echo(tr(f"Đã bỏ {copy.name}; bản gốc: {letter}", f"{copy.name} is gone; the letter: {letter}"))
        except CongvanError as error:
            echo_report(error.report, writes=False)
            status = USAGE
    return status


def _mend_file(path: Path, options: MendingOptions, output: Path | None) -> int:
    from congvan.errors import CongvanError
    from congvan.linter.fixes.record import copy_path, write_copy
    from congvan.support.untrusted_files import WORD_LIMIT, read_untrusted

    target = output or copy_path(path)
    try:
        content = read_untrusted(path, WORD_LIMIT)
        docx, fixes, left = _mended(path, content, options)
        if docx == content:
            echo(tr(f"{path.name}: không có gì để sửa.", f"{path.name}: nothing to mend."))
        else:
            write_copy(path, content, target, docx, fixes)
            echo(tr(f"{target} ({len(fixes)} chỗ sửa):", f"{target} ({len(fixes)} changes):"))
    except (CongvanError, OSError) as error:
        _echo_refused(error)
        return USAGE
    for one in fixes:
        echo(f"  {one}")
    if left.findings:
        echo(tr(f"Còn {len(left)} điểm phải sửa tay:", f"{len(left)} findings are left:"))
        for one in left:
            echo(f"  {one}")
    return DONE if left.ok else FINDINGS


def _mended(path: Path, content: bytes, options: MendingOptions) -> tuple[bytes, tuple[Finding, ...], Report]:
    from congvan.linter.fixes.comments import commented_copy
    from congvan.linter.fixes.fixed_copy import fix_letter

    report = _linted(path)
    name, docx, left = path.name, content, Report(report.findings)
    fixes: tuple[Finding, ...] = ()
    if options.fixes:
        leave = {one.finding.code for one in report.suppressed}
        fixed = fix_letter(content, name, text=options.text, tracked=options.tracked, leave=leave)
        docx, fixes = fixed.docx, fixed.fixes
        left = Report.of(one for one in fixed.after if one.code not in leave)
    if options.comments and left.findings:
        docx = commented_copy(docx, left, name)
    return docx, fixes, left


def _linted(path: Path) -> LintReport:
    """The report on a letter, what its office leaves set apart."""
    from congvan.errors import CongvanError
    from congvan.linter import lint_paths

    result = next(iter(lint_paths([path])))
    if isinstance(result, CongvanError):
        raise result
    return result


def _echo_refused(error: Exception) -> None:
    from congvan.errors import CongvanError

    if isinstance(error, CongvanError):
        echo_report(error.report, writes=False)
    else:
        echo_error(str(error))
