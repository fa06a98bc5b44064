"""What several commands ask for in the same way."""

from __future__ import annotations

from pathlib import Path


def names(text: str | None) -> tuple[str, ...]:
    """The names in ``tinh,huyen``."""
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())


def default_register(campaign: Path) -> Path:
    """The register of a project: ``so.sqlite3`` beside the campaign file."""
    return campaign.parent / "so.sqlite3"
