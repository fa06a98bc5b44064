"""Works and rules of a campaign as ``plan`` and ``status`` print them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from congvan.cli.language import tr

if TYPE_CHECKING:
    from congvan.campaign.regulation.judgement import Judgement
    from congvan.campaign.regulation.timetable import TimetableRow
    from congvan.cli.letters.tier_states import TierStates

_VERDICTS: Final = {
    "dat": ("đạt", "kept"),
    "sat_han": ("sát hạn", "near"),
    "khong_dat": ("KHÔNG ĐẠT", "BROKEN"),
    "chua_ro": ("chưa rõ", "open"),
    "chua_co": ("CHƯA CÓ", "MISSING"),
    "mien": ("được miễn", "waived"),
    "khong_ap_dung": ("không áp dụng ở đợt này", "not in this campaign"),
}


def work_line(row: TimetableRow, today: date) -> str:
    """A work: its days, how far they are, its limit and the days to spare."""
    days = _days(row.tu, row.den)
    parts = [f"{days:<24} {row.ten}"]
    if (left := row.left(today)) is not None:
        parts.append(_left(left))
    if row.limit and row.spare is not None:
        parts.append(tr(f"hạn {_day(row.limit)}, {_spare(row.spare)}", f"due {_day(row.limit)}, {_spare(row.spare)}"))
    return "; ".join(parts)


def work_values(row: TimetableRow, today: date) -> dict[str, Any]:
    """The same for ``--json``."""
    return {
        "ma": row.work.name,
        "ten": row.ten,
        "la_van_ban": row.work.is_letter,
        "tu": _iso(row.tu),
        "den": _iso(row.den),
        "so_ngay": len(row.work.days),
        "moi_ngay": row.work.moi_ngay,
        "con_ngay": row.left(today),
        "han": _iso(row.limit),
        "du_ngay": row.spare,
        "quy_tac": list(row.rules),
        "ket_qua": row.verdict.value,
    }


def status_line(row: TimetableRow, tier: TierStates | None, today: date) -> str:
    """A work against today: ahead, behind, and of letters how many are issued."""
    line = work_line(row, today)
    if tier is None or tier.planned is None:
        return line
    issued = _issued(tier)
    line += tr(f"; đã ban hành {issued}/{tier.planned}", f"; {issued} of {tier.planned} issued")
    return line + (tr("; TRỄ", "; LATE") if is_late(row, tier, today) else "")


def is_late(row: TimetableRow, tier: TierStates | None, today: date) -> bool:
    """Whether letters should be out by now and are not: their day has passed, and not all are issued."""
    if tier is None or tier.planned is None or row.den is None:
        return False
    return row.den < today and _issued(tier) < tier.planned


def _issued(tier: TierStates) -> int:
    from congvan.register import State

    # Letters without a number have no state of one; those that were issued are counted as letters.
    return max(tier.states.get(State.ISSUED, 0), sum(count for state, count in tier.letters.items() if state.is_sealed))


def judgement_line(judged: Judgement, today: date) -> str:
    """A rule: what it asks, kept or missed, by which day, and how an open reading was read."""
    rule = judged.rule
    verdict = tr(*_VERDICTS[judged.verdict.value])
    parts = [f"{rule.ma}: {verdict}"]
    if judged.viec:
        parts.append(judged.viec + (f" {judged.ngay.ngan}" if judged.ngay else ""))
    if judged.limit:
        parts.append(_by(judged) + _to_spare(judged, today))
    if judged.why and judged.verdict.value not in ("dat", "mien"):
        parts.append(judged.why.message)
    if rule.is_open and judged.reading.loi:
        parts.append(tr(f"cách hiểu: {judged.reading.loi}", f"read as: {judged.reading.loi}"))
    return "; ".join(parts)


def judgement_values(judged: Judgement, today: date) -> dict[str, Any]:
    """The same for ``--json``."""
    return {
        "ma": judged.rule.ma,
        "ten": judged.rule.ten,
        "nguon": judged.rule.nguon,
        "muc": "cung" if judged.rule.cung else "mem",
        "viec": judged.work,
        "ket_qua": judged.verdict.value,
        "ngay": str(judged.ngay) if judged.ngay else None,
        "nen_xong": _iso(judged.mem),
        "cham_nhat": _iso(judged.cung),
        "du_ngay": judged.spare,
        "con_ngay": judged.left(today),
        "cach_hieu": judged.reading.loi,
        "ly_do": judged.why.message if judged.why else "",
    }


def _by(judged: Judgement) -> str:
    day = _day(judged.limit)
    return tr(f"chậm nhất {day}", f"by {day}") if judged.cung else tr(f"nên xong {day}", f"better by {day}")


def _to_spare(judged: Judgement, today: date) -> str:
    left = judged.left(today)
    parts = [_spare(judged.spare)] if judged.spare is not None else []
    if left is not None and judged.spare is None:
        parts.append(_left(left))
    return f" ({', '.join(parts)})" if parts else ""


def _spare(days: int) -> str:
    if days < 0:
        return tr(f"muộn {-days} ngày", f"{-days} days late")
    return tr(f"sớm {days} ngày", f"{days} days to spare")


def _left(days: int) -> str:
    if days == 0:
        return tr("hôm nay", "today")
    if days < 0:
        return tr(f"đã qua {-days} ngày", f"{-days} days ago")
    return tr(f"còn {days} ngày", f"in {days} days")


def _days(first: date | None, last: date | None) -> str:
    if first is None:
        return tr("chưa có ngày", "no day yet")
    return _day(first) if last in (None, first) else f"{_day(first)} - {_day(last)}"


def _day(day: date | None) -> str:
    from congvan.letter import IssueDate

    return IssueDate.of(day).ngan if day else "—"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
