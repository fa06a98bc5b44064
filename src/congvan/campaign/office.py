"""An office (cơ quan): what ``co-quan.yaml`` settles for all campaigns below its folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal

from congvan.findings import Finding, Place, finding
from congvan.recipients import is_address
from congvan.recipients.sources.allowed_databases import lies_in

OFFICE_FILE: Final = "co-quan.yaml"
"""The file that makes a folder an office."""

BOOK: Final = "so.sqlite3"
"""The register where nothing else is said: in the office's folder, or beside a campaign outside any office."""

WhenIssued = Literal["giu", "dung"]
"""What a run does that meets issued letters which would be others now: leave them and go on, or stop."""


Right = Literal["cap_so", "ban_hanh"]
"""What ``quyen`` gives to users: to take numbers and to void them; to issue letters and to take that back."""


@dataclass(frozen=True, slots=True)
class LintException:
    """A finding of the linter the office leaves: its code, the reason, and the names of the files (``*`` for any)."""

    ma: str
    ly_do: str
    tep: str = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office's folder and what its file says; paths in it start from the folder.

    ``so_dang_ky`` is the register, a path or a URL, ``mau_trinh_bay`` the file of the style, ``don_vi`` the table of
    issuing bodies. ``ngay_nghi`` are days off beside the public ones, ``ngay_lam_bu`` days worked instead. ``quyen``
    are the users who may number letters and who may issue them, None for everybody. ``cho_phep`` are the databases
    that lists of recipients may come from, ``bo_qua`` the codes of findings the office does not want to see,
    ``ngoai_le`` what of the linter's findings it leaves in its letters, and why.

    With ``is_accepted`` the user has accepted the office; until then a register, a database or a path outside its
    folder does not count, since the folder may come from anybody.
    """

    folder: Path
    ten: str
    so_dang_ky: str = BOOK
    mau_trinh_bay: str | None = None
    don_vi: str | None = None
    ngay_nghi: frozenset[date] = frozenset()
    ngay_lam_bu: frozenset[date] = frozenset()
    quyen: Mapping[Right, tuple[str, ...] | None] = field(default_factory=dict)
    cho_phep: tuple[str, ...] = ()
    bo_qua: tuple[str, ...] = ()
    ngoai_le: tuple[LintException, ...] = ()
    khi_da_ban_hanh: WhenIssued = "giu"
    is_accepted: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def book(self) -> Path | str:
        """The register: a file, or the URL of a server."""
        return self.so_dang_ky if is_address(self.so_dang_ky) else self.path(self.so_dang_ky)

    @property
    def databases(self) -> tuple[str, ...]:
        """The databases of ``cho_phep`` that count, paths written from the root."""
        names = (name for name in self.cho_phep if self.is_accepted or (_is_path(name) and self.holds(name)))
        return tuple(str(self.path(name)) if _is_path(name) else name for name in names)

    def path(self, name: str) -> Path:
        """Where the file called ``name`` is; a backslash separates folders on every system."""
        return Path(os.path.normpath(self.folder / name.replace("\\", "/")))

    def holds(self, name: str) -> bool:
        """Whether ``name`` is a path inside the folder."""
        return not is_address(name) and lies_in(self.path(name), self.folder)

    def leave_missing(self, key: str) -> Finding | None:
        """Why what the key says, or a part of it, does not count; None where all does."""
        named = getattr(self, key)
        counts = len(self.databases) == len(named) if key == "cho_phep" else named is None or self.holds(named)
        if self.is_accepted or counts:
            return None
        return finding("office-leave-missing", self.place_of(key), key=key, office=self.ten, folder=self.folder)

    def right_missing(self, right: Right, user: str) -> Finding | None:
        """Why ``user`` may not do what the right allows; None for one who may. Capitals make no other user."""
        users = self.quyen.get(right)
        if users is None or user.casefold() in {name.casefold() for name in users}:
            return None
        shown = ", ".join(users) or "—"
        place = self.place_of("quyen")
        return finding(f"office-right-{right.replace('_', '-')}", place, user=user, office=self.ten, users=shown)

    def place_of(self, key: str) -> Place:
        """The place of a key in its file; of a missing key the file."""
        return self.places.get(key) or Place(file=(self.folder / OFFICE_FILE).as_posix())


def _is_path(name: str) -> bool:
    """Whether an item of ``cho_phep`` is a path; a host has no slash."""
    return "/" in name or "\\" in name
