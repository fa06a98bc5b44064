"""Deadlines that each recipient has of its own, counted from a date in a column of its list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.model import DeadlineSetting
from congvan.campaign.regulation.day_words import DayWords
from congvan.campaign.regulation.judgement import Judgement, Verdict
from congvan.campaign.regulation.rule import Reading, Rule
from congvan.campaign.regulation.works import Work
from congvan.campaign.rules.days_off import office_days
from congvan.errors import TextError
from congvan.findings import finding
from congvan.letter import IssueDate
from congvan.recipients import Recipient
from congvan.text.dates import parse_date

_MOST: Final = 20
"""Recipients that are named; what is wrong with more of them is wrong with their list."""


def recipient_judgements(
    rule: Rule, reading: Reading, work: Work, viec: str, setting: DeadlineSetting
) -> Iterator[Judgement]:
    """The rule held against the letters of ``work``: one judgement a recipient that is late, one for all others.

    A letter leaves at some hour of its day: on the day a limit counted in hours falls on, it is open.
    """
    base = Judgement(
        rule=rule, verdict=Verdict.KEPT, reading=reading, work=work.name, viec=viec, ngay=work.first, place=work.place,
        is_later_round=work.is_later_round,
    )  # fmt: skip
    tightest: Judgement | None = None
    count = 0
    for recipient in work.recipients:
        judged = _of_recipient(base, reading, recipient, setting)
        if judged.verdict in (Verdict.KEPT, Verdict.OPEN):
            tightest = _tighter(tightest, judged)
        elif count < _MOST:
            count += 1
            yield judged
    if tightest:
        yield tightest


def _tighter(one: Judgement | None, other: Judgement) -> Judgement:
    if one is None or (other.limit and one.limit and other.limit < one.limit):
        return other
    return one


def _of_recipient(base: Judgement, reading: Reading, recipient: Recipient, setting: DeadlineSetting) -> Judgement:
    limits: list[datetime | None] = []
    for words in (reading.nen_xong, reading.cham_nhat):
        anchor = _anchor(words, recipient) if words else None
        if words and anchor is None:
            return _without_day(base, words, recipient)
        limits.append(words.moment(anchor, office_days(setting)) if words and anchor else None)
    soft, hard = limits
    if not base.rule.cung:
        soft, hard = hard or soft, None
    return _judged(base, recipient, soft, hard)


def _judged(base: Judgement, recipient: Recipient, soft: datetime | None, hard: datetime | None) -> Judgement:
    judged = replace(base, mem=soft.date() if soft else None, cung=hard.date() if hard else None)
    ngay = base.ngay
    if ngay is None:
        return replace(judged, verdict=Verdict.OPEN)
    earliest, latest = datetime.combine(ngay.earliest, time.min), datetime.combine(ngay.latest, time.max)
    for limit, verdict in ((hard, Verdict.MISSED), (soft, Verdict.NEAR)):
        if limit and earliest > limit:
            han = IssueDate.of(limit.date()).ngan
            values = {"viec": base.viec, "name": recipient.ten, "ngay": ngay.ngan, "han": han}
            right = finding("rule-right-by", han=han, cuoi=han)
            why = finding("rule-why-late-for", **values)
            return replace(judged, verdict=verdict, why=why, right=right, place=recipient.place)
    is_open = any(limit and latest > limit for limit in (soft, hard))
    return replace(judged, verdict=Verdict.OPEN if is_open else Verdict.KEPT)


def _anchor(words: DayWords, recipient: Recipient) -> datetime | None:
    """The moment in the column that ``words`` count from; None where the row has none."""
    written = recipient.truong.get(words.anchor)
    return _read(written) if written else None


def _without_day(base: Judgement, words: DayWords, recipient: Recipient) -> Judgement:
    """The row lacks the day that the rule counts from, or the list lacks the column."""
    name = words.anchor
    has_column = name in recipient.headers
    values = {"name": name, "value": recipient.truong.get(name, "—"), "ten": recipient.ten}
    values |= did_you_mean(name, recipient.headers or recipient.truong)
    why = finding("rule-why-no-day" if has_column else "rule-why-no-column", **values)
    right = finding("rule-right-day" if has_column else "rule-right-column", **values)
    place = recipient.place_of(name) if has_column else recipient.place
    return replace(base, verdict=Verdict.MISSING, why=why, right=right, place=place)


def _read(text: str) -> datetime | None:
    """A day, or a day and an hour (``09:30 14/7/2026``, ``14/7/2026 09:30``); None for other text."""
    words = text.replace(",", " ").split()
    hours = [word for word in words if ":" in word]
    days = " ".join(word for word in words if ":" not in word)
    try:
        day: date = parse_date(days)
        hour = time.fromisoformat(hours[0].zfill(5)) if hours else time.min
    except (TextError, ValueError):
        return None
    return datetime.combine(day, hour)
