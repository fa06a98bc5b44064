"""A plan carried out: checked, numbered, rendered, written.

Nothing is written and no number is taken before every letter has been laid out once without a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from congvan.batch.index_page import index_page
from congvan.batch.manifest import (
    ManifestRow,
    OutputFile,
    files_of_earlier_run,
    manifest_csv,
    manifest_json,
)
from congvan.batch.place import places, tier_folders
from congvan.batch.preflight import preflight, read_templates, template_source
from congvan.batch.stream import outcomes, workers
from congvan.batch.task import BUNDLE_SIZE, Outcome, Task
from congvan.batch.writing import require_folder, write_through, write_whole
from congvan.campaign import Plan, PlannedLetter
from congvan.errors import CampaignError, RegisterError
from congvan.findings import Finding, Place, Report, finding
from congvan.word import Shared

if TYPE_CHECKING:
    from congvan.register import NumberRequest, Register

FORMATS: Final = ("docx", "pdf")
Progress = Callable[[int, int], None]
"""Called with letters done and letters in all."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run made. ``letters`` are the manifest's rows, ``report`` what there is to say about them."""

    out: Path
    letters: tuple[ManifestRow, ...]
    report: Report
    print_files: dict[str, str]

    @property
    def pages(self) -> int:
        return sum(row.trang or 0 for row in self.letters)

    @property
    def failed(self) -> tuple[ManifestRow, ...]:
        return tuple(row for row in self.letters if row.trang_thai == "loi")


def check(plan: Plan, register: Path | str | None = None) -> Report:
    """Everything that would stop ``plan`` or is worth a warning; writes nothing and takes no number."""
    return _prepared(plan, register, draft=register is None).report


def numbered_preview(plan: Plan, register: Path | str | None) -> Plan:
    """``plan`` with the numbers a run would take now; takes none.

    Raises:
        RegisterError: with every finding, when the register would refuse the run.
    """
    if register is None or not plan.number_requests():
        return plan
    with _open(register) as book:
        book.check(_requests(plan)).raise_errors(RegisterError)
        return plan.numbered(book.peek(_requests(plan)))


def render(
    plan: Plan,
    out: Path | str,
    register: Path | str | None = None,
    *,
    draft: bool = False,
    formats: Sequence[str] = FORMATS,
    engine: str | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Run:
    """Make every letter of ``plan`` in the folder ``out``.

    ``register`` is the number register, a path or a URL; without one, or with ``draft``, numbers stay
    blank. ``jobs`` processes share the work (all cores if None) unless an ``executor`` does.

    Raises:
        CampaignError: with every finding, when a letter cannot be made; nothing has been written then.
        RegisterError: when numbers cannot be given.
        OutputError: when the output folder cannot be written.
    """
    blank = draft or register is None
    prepared = _prepared(plan, register, draft=blank)
    prepared.report.raise_errors(CampaignError)
    require_folder(Path(out))
    final = plan if blank or register is None else _numbered(plan, register)
    tasks = list(_tasks(final, prepared.sources, engine or _DEFAULT_ENGINE if "pdf" in formats else None))
    own_pool = nullcontext(executor) if executor else workers(jobs, len(final.items))
    with own_pool as pool:
        run = _write(final, Path(out), tasks, pool, formats, prepared.report, progress)
    if not blank and register is not None:
        _mark_issued(final, run, register)
    return run


_DEFAULT_ENGINE: Final = "rdocx"


@dataclass(frozen=True, slots=True)
class _Prepared:
    sources: dict[Path, bytes]
    report: Report


def _prepared(plan: Plan, register: Path | str | None, *, draft: bool) -> _Prepared:
    """Templates read, numbers looked at, every letter laid out once."""
    sources, report = read_templates(plan)
    report = plan.report + report
    shown = plan
    if not draft and register is not None:
        with _open(register) as book:
            report += book.check(_requests(plan))
            if report.ok:
                shown = plan.numbered(book.peek(_requests(plan)))
    return _Prepared(sources, report + preflight(shown, sources) if report.ok else report)


def _open(register: Path | str) -> Register:
    from congvan.register import Register

    return Register.open(register)


def _requests(plan: Plan) -> list[NumberRequest]:
    from congvan.register import NumberRequest

    wanted = plan.number_requests()
    names = [name for name in NumberRequest.__dataclass_fields__ if wanted and hasattr(wanted[0], name)]
    return [NumberRequest(**{name: getattr(one, name) for name in names}) for one in wanted]


def _numbered(plan: Plan, register: Path | str) -> Plan:
    if not plan.number_requests():
        return plan
    with _open(register) as book:
        return plan.numbered(book.reserve(_requests(plan)))


def _mark_issued(plan: Plan, run: Run, register: Path | str) -> None:
    """Numbers of letters that are on disk and carry their full date are issued; the others stay reserved."""
    failed = {row.thu_tu for row in run.failed}
    done = [item for item in plan.items if item.letter.ngay.day and item.thu_tu not in failed]
    keys = [key for key in dict.fromkeys(item.so_khoa for item in done) if key]
    if keys:
        with _open(register) as book:
            book.issue(keys)


def _tasks(plan: Plan, sources: dict[Path, bytes], pdf_engine: str | None) -> Iterator[Task]:
    """Letters in order, those beside each other that share template and body together, a bundle's worth each."""

    def shared(item: PlannedLetter) -> tuple[object, ...]:
        return (item.cap, item.letter.loai, Shared.of(item.letter))

    for _, group in groupby(plan.items, key=shared):
        items = list(group)
        for start in range(0, len(items), BUNDLE_SIZE):
            part = items[start : start + BUNDLE_SIZE]
            yield Task(tuple(item.letter for item in part), template_source(part[0], sources), pdf_engine)


def _write(
    plan: Plan,
    out: Path,
    tasks: Sequence[Task],
    pool: Executor | None,
    formats: Sequence[str],
    report: Report,
    progress: Progress | None,
) -> Run:
    where = places(plan)
    earlier = files_of_earlier_run(out, [tier for tier, _ in groupby(plan.items, key=lambda item: item.cap)])
    rows: list[ManifestRow] = []
    problems: list[Finding] = []
    items = iter(plan.items)
    for _, made in outcomes(tasks, pool):
        for outcome in made:
            item = next(items)
            rows.append(_write_letter(item, outcome, out, where[item.khoa], formats))
            if outcome.failure:
                problems.append(_failure(item, outcome.failure))
        if progress:
            progress(len(rows), len(plan.items))
    report += Report.of([*problems, *_remove_stale(out, earlier, rows)])
    print_files = dict(_print_files(plan, out, rows)) if "pdf" in formats else {}
    run = Run(out, tuple(rows), report, print_files)
    _write_lists(plan, run)
    return run


def _write_letter(
    item: PlannedLetter, outcome: Outcome, out: Path, where: PurePosixPath, formats: Sequence[str]
) -> ManifestRow:
    contents = {"docx": outcome.docx, "pdf": outcome.pdf}
    files: dict[str, OutputFile] = {}
    for kind in formats:
        if contents[kind]:
            path = where.with_name(f"{where.name}.{kind}")
            files[kind] = OutputFile(str(path), write_whole(out / path, contents[kind]))
    return _row(item, outcome, files)


def _row(item: PlannedLetter, outcome: Outcome, files: dict[str, OutputFile]) -> ManifestRow:
    letter = item.letter
    return ManifestRow(
        thu_tu=item.thu_tu,
        cap=item.cap,
        ma=item.ma,
        co_quan=letter.co_quan,
        so=letter.so,
        ky_hieu=letter.ky_hieu,
        ngay=str(letter.ngay),
        loai=letter.loai,
        trich_yeu=letter.trich_yeu,
        kinh_gui=letter.kinh_gui,
        trang=outcome.pages,
        docx=files.get("docx"),
        pdf=files.get("pdf"),
        trang_thai="loi" if outcome.failure else "xong",
    )


def _failure(item: PlannedLetter, why: str) -> Finding:
    place = item.recipients[0].place if item.recipients else Place()
    return finding("batch-letter-failed", place, letter=f"{item.thu_tu} ({item.letter.so_ky_hieu})", why=why)


def _remove_stale(out: Path, earlier: set[str], rows: Sequence[ManifestRow]) -> Iterator[Finding]:
    """A letter that is no longer part of the campaign must not lie among those that are."""
    current = {made.path for row in rows for made in (row.docx, row.pdf) if made}
    root = out.resolve()
    gone = [path for name in sorted(earlier - current) if (path := (out / name)).resolve().is_relative_to(root)]
    gone = [path for path in gone if path.is_file()]
    for path in gone:
        path.unlink()
    if gone:
        yield finding("batch-stale-removed", count=len(gone))


def _print_files(plan: Plan, out: Path, rows: Sequence[ManifestRow]) -> Iterator[tuple[str, str]]:
    """One file a tier for the printer."""
    from congvan.pdf.print_file import write_print_file

    folders = tier_folders(plan)
    for cap, group in groupby(rows, key=lambda row: row.cap):
        letters = [(_bookmark(row), out / row.pdf.path) for row in group if row.pdf]
        if letters:
            path = f"in/{folders[cap]}.pdf"
            source = [(title, file) for title, file in letters]
            write_through(
                out / path,
                lambda target, source=source: write_print_file(  # type: ignore[misc]
                    target, ((title, file.read_bytes()) for title, file in source)
                ),
            )
            yield cap, path


def _bookmark(row: ManifestRow) -> str:
    number = "…" if row.so is None else f"{row.so:02}"
    addressee = row.kinh_gui[0] if len(row.kinh_gui) == 1 else f"{len(row.kinh_gui)} nơi nhận"
    return f"{row.thu_tu}. {number}/{row.ky_hieu} - {addressee}"


def _write_lists(plan: Plan, run: Run) -> None:
    campaign = plan.campaign
    dot: dict[str, Any] = {"ma": campaign.ma, "ten": campaign.ten, "van_ban": len(run.letters), "trang": run.pages}
    write_whole(run.out / "manifest.json", manifest_json(dot, run.letters))
    write_whole(run.out / "manifest.csv", manifest_csv(run.letters))
    page = index_page(campaign.ten, run.letters, run.print_files, run.report)
    write_whole(run.out / "index.html", page)
