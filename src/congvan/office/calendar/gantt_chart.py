"""The timetable as a chart: a bar a work, a mark on its last day, a line at T."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, Literal

from congvan.campaign import Campaign, Verdict
from congvan.campaign.regulation.timetable import TimetableRow
from congvan.office.calendar.extra import require_extra
from congvan.text.dates import months_before

ChartFormat = Literal["svg", "png"]

_COLOURS: Final = {Verdict.MISSED: "#b3261e", Verdict.NEAR: "#b26a00"}
_KEPT: Final = "#1f6f8b"
_LIMIT: Final = "#5f1a8b"
_ROW: Final = 0.34  # inches
_WIDTH: Final = 11.0
_ROOM: Final = timedelta(days=32)
"""What the days beside a bar take up; they go to its other side where its limit is nearer."""


def gantt_chart(rows: Sequence[TimetableRow], campaign: Campaign, form: ChartFormat) -> bytes:
    """The chart of ``campaign``; works without a day are left out. The same timetable gives the same bytes.

    Raises:
        ReportError: when the library for charts is not installed.
    """
    require_extra("matplotlib")
    import matplotlib as mpl
    from matplotlib.figure import Figure

    dated = [row for row in rows if row.tu and row.den]
    with mpl.rc_context({"svg.hashsalt": campaign.ma, "svg.fonttype": "none", "font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(_WIDTH, 1.4 + _ROW * max(1, len(dated))), layout="constrained")
        axes = figure.add_subplot()
        _draw_rows(axes, dated)
        _draw_axis(axes, dated, campaign)
        written = io.BytesIO()
        metadata = {"Date": None} if form == "svg" else {"Software": None}
        figure.savefig(written, format=form, dpi=110, metadata=metadata)
    return written.getvalue()


def _draw_rows(axes: Any, rows: Sequence[TimetableRow]) -> None:
    for at, row in enumerate(rows):
        if row.tu is None or row.den is None:
            continue
        colour = _COLOURS.get(row.verdict, _KEPT)
        axes.barh(at, row.den - row.tu + timedelta(days=1), left=row.tu, height=0.55, color=colour)
        if row.limit:
            axes.plot([row.limit, row.limit], [at - 0.42, at + 0.42], color=_LIMIT, linewidth=2.2)
        label = f" {row.tu:%d/%m} " if row.tu == row.den else f" {row.tu:%d/%m} - {row.den:%d/%m} "
        has_room = row.limit is None or not timedelta(0) < row.limit - row.den < _ROOM
        if has_room:
            axes.text(row.den + timedelta(days=1), at, label, va="center", fontsize=8)
        else:
            axes.text(row.tu, at, label, va="center", ha="right", fontsize=8)


def _draw_axis(axes: Any, rows: Sequence[TimetableRow], campaign: Campaign) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    axes.set_yticks(range(len(rows)), [row.ten for row in rows], fontsize=9)
    axes.invert_yaxis()
    months = _months(rows)
    axes.set_xticks(months, [f"{month:%m/%Y}" for month in months])
    axes.tick_params(axis="x", labelsize=8)
    axes.grid(axis="x", color="#d0d0d0", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_title(campaign.ten, fontsize=12)
    handles: list[Any] = [Patch(color=_KEPT, label="đúng hạn"), Patch(color=_COLOURS[Verdict.NEAR], label="sát hạn")]
    handles += [Patch(color=_COLOURS[Verdict.MISSED], label="quá hạn"), Line2D([], [], color=_LIMIT, label="hạn")]
    if first := campaign.first_day:
        axes.axvline(first, color="black", linewidth=1.2, linestyle="--")
        handles.append(Line2D([], [], color="black", linestyle="--", label=f"thực hiện {first:%d/%m/%Y}"))
    last = max([row.limit or row.den or date.min for row in rows] + ([first] if first else []), default=None)
    if last:
        axes.set_xlim(right=last + timedelta(days=25))  # room for the days written beside the last bar
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=len(handles), fontsize=8)


def _months(rows: Sequence[TimetableRow]) -> list[date]:
    """The first days of the months that the chart shows."""
    days = [day for row in rows for day in (row.tu, row.den, row.limit) if day]
    if not days:
        return []
    first, last = min(days).replace(day=1), max(days)
    found = [first]
    while found[-1] <= last:
        found.append(months_before(found[-1], -1))
    return found
