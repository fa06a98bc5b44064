"""Chooses the recipients of a tier by a condition on their columns (``loc``)."""

from __future__ import annotations

from collections.abc import Sequence

from congvan.campaign.did_you_mean import did_you_mean
from congvan.errors import TemplateError
from congvan.findings import Finding, Place, finding
from congvan.recipients import Recipient
from congvan.text.fields.condition import Condition


def selected(
    recipients: Sequence[Recipient], text: str, place: Place, cap: str
) -> tuple[tuple[Recipient, ...], list[Finding]]:
    """The recipients of which the condition ``text`` is true, and what is wrong with it.

    An empty cell is an empty text. A condition that holds for none is a finding: a slip in a value chooses nobody.
    """
    try:
        condition = Condition(text)
    except TemplateError as error:
        return (), [_failed(error, place, text)]
    if unknown := _unknown_columns(condition, recipients):
        known = _columns(recipients)
        values = [{"name": name, "loc": text, **did_you_mean(name, known)} for name in unknown]
        return (), [finding("campaign-filter-column", place, cap=cap, **one) for one in values]
    try:
        chosen = tuple(one for one in recipients if condition.holds(_values(one, condition)))
    except TemplateError as error:
        return (), [_failed(error, place, text)]
    nobody = recipients and not chosen
    return chosen, [
        finding("campaign-filter-nobody", place, cap=cap, loc=text, count=len(recipients))
    ] if nobody else []


def _values(recipient: Recipient, condition: Condition) -> dict[str, str]:
    return {**dict.fromkeys(condition.names, ""), **recipient.truong}


def _columns(recipients: Sequence[Recipient]) -> list[str]:
    """The columns of the list, and what follows from them."""
    return sorted({name for one in recipients for name in (*one.headers, *one.truong)})


def _unknown_columns(condition: Condition, recipients: Sequence[Recipient]) -> list[str]:
    if not recipients:
        return []
    missing = [name for name in sorted(condition.names) if name not in {*recipients[0].headers, *recipients[0].truong}]
    return [name for name in missing if name not in _columns(recipients)] if missing else []


def _failed(error: TemplateError, place: Place, text: str) -> Finding:
    return finding("campaign-filter-wrong", place, loc=text, why=error.report.findings[0].values.get("why", "—"))
