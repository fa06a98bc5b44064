"""Measures as findings say them: «12,5», «14»."""

from __future__ import annotations

from congvan.findings import Sentence, finding


def millimetres(length: float) -> str:
    """A length with one decimal and a decimal comma, none where it is whole."""
    return f"{length:.1f}".removesuffix(".0").replace(".", ",")


def points(size: float) -> str:
    """A type size with a decimal comma, as Word shows it."""
    return f"{size:g}".replace(".", ",")


def interval(low: float, high: float) -> str:
    """``13-14``, or one figure where both are the same."""
    return points(low) if low == high else f"{points(low)}-{points(high)}"


def side_name(side: str) -> Sentence:
    """``top``, ``bottom``, ``left`` or ``right`` in the language of who reads it."""
    return Sentence(finding(f"linter-side-{side}"))
