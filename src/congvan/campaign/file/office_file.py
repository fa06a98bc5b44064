"""Finds and reads ``co-quan.yaml``, the file that makes the folder of several campaigns an office."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from congvan.campaign.accepted_offices import is_accepted
from congvan.campaign.file.entry_reader import read_entry
from congvan.campaign.file.schema import OfficeEntry
from congvan.campaign.file.yaml_source import read_source
from congvan.campaign.office import OFFICE_FILE, LintException, Office
from congvan.errors import UnreadableFileError
from congvan.findings import Finding, Place, finding


def office_of(folder: Path, chosen: Path | None = None) -> tuple[Office | None, list[Finding]]:
    """The office that a campaign in ``folder`` belongs to, None outside any, and everything wrong with its file.

    It is the nearest folder above with a ``co-quan.yaml``. The search stops at the user's home, at the root of the
    drive and at a folder of another owner; an office the user has accepted is found beyond these, too. ``chosen`` is
    the folder of the office that it must be, accepted for this time.
    """
    # Without "..": the parents of such a path are folders the campaign is not in.
    start = Path(os.path.normpath(folder.absolute()))
    if chosen is None:
        return _nearest_office(start)
    if not _has_office_file(chosen):
        return None, [finding("office-missing", Place(file=chosen.as_posix()))]
    above = next((one for one in (start, *start.parents) if _has_office_file(one)), None)
    if above is None or not above.samefile(chosen):
        place = Place(file=folder.as_posix())
        return None, [finding("office-not-above", place, office=chosen.as_posix(), above=above or "—")]
    return _read_office(above, accepted=True)


def _nearest_office(start: Path) -> tuple[Office | None, list[Finding]]:
    reached, found = True, []
    for folder in (start, *start.parents):
        stops = reached and _stops_at(folder, start)
        has_file = _has_office_file(folder)
        if has_file and stops and not is_accepted(folder) and not _is_end(folder):
            found.append(finding("office-of-another-owner", Place(file=(folder / OFFICE_FILE).as_posix())))
        reached = reached and not stops
        if has_file and (reached or is_accepted(folder)):
            return _read_office(folder, accepted=is_accepted(folder))
    return None, found


def _stops_at(folder: Path, start: Path) -> bool:
    return _is_end(folder) or _owner(folder) != _owner(start)


def _is_end(folder: Path) -> bool:
    """The root of the drive, or the user's home: a file there would be about everything the user has."""
    try:
        return folder == folder.parent or os.path.realpath(folder) == os.path.realpath(Path.home())
    except RuntimeError:  # a user without a home folder
        return False


def _owner(folder: Path) -> int | None:
    """Who owns the folder, or the one it will be made in, as a number.

    It is the same for all where the system tells Python nothing, as Windows does.
    """
    for one in (folder, *folder.parents):
        with suppress(OSError):
            return one.stat().st_uid
    return None


def _has_office_file(folder: Path) -> bool:
    try:
        return (folder / OFFICE_FILE).is_file()
    except OSError:  # a folder this user may not look into
        return False


def _read_office(folder: Path, *, accepted: bool) -> tuple[Office | None, list[Finding]]:
    path = folder / OFFICE_FILE
    try:
        source, found = read_source(path)
    except UnreadableFileError as error:
        return None, [finding("office-unreadable", Place(file=path.as_posix()), why=error.reason)]
    if not isinstance(source.values, Mapping):
        return None, found or [finding("office-empty", source.place())]
    entry, wrong = read_entry(OfficeEntry, source)
    office = Office(
        folder=folder,
        ten=entry.ten if "ten" in entry.model_fields_set else folder.name,
        so_dang_ky=entry.so_dang_ky,
        mau_trinh_bay=entry.mau_trinh_bay,
        don_vi=entry.don_vi,
        ngay_nghi=frozenset(entry.ngay_nghi),
        ngay_lam_bu=frozenset(entry.ngay_lam_bu),
        quyen={"cap_so": entry.quyen.cap_so, "ban_hanh": entry.quyen.ban_hanh},
        cho_phep=entry.cho_phep,
        bo_qua=entry.bo_qua,
        ngoai_le=tuple(LintException(one.ma, one.ly_do, one.tep) for one in entry.ngoai_le),
        khi_da_ban_hanh=entry.khi_da_ban_hanh,
        is_accepted=accepted,
        places={key: source.place(key) for key in entry.model_fields_set},
    )
    return office, [*found, *wrong]
