"""The names of the issuing bodies, for the cover of the printed book: the register itself holds their codes alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from congvan.campaign.agencies import Agencies
from congvan.campaign.file.agencies_table import read_agencies
from congvan.errors import CampaignError, UnreadableFileError
from congvan.findings import Report, finding
from congvan.support.untrusted_files import YAML_LIMIT, read_untrusted

TABLE: Final = "don-vi.csv"
"""The table of bodies that an office or a campaign has, beside the register."""

_KEY: Final = "don_vi"


def bodies_in(path: Path) -> Agencies:
    """The issuing bodies in the table ``path``, or in the one that a campaign or office file names under ``don_vi``.

    Raises:
        UnreadableFileError: when a file cannot be read, or names no table.
        CampaignError: with everything wrong in the table.
    """
    agencies, findings = read_agencies(_table_named_in(path) if path.suffix.lower() in (".yaml", ".yml") else path)
    Report.of(findings).raise_errors(CampaignError)
    return agencies


def bodies_beside(register: str) -> Agencies:
    """The issuing bodies in ``don-vi.csv`` beside the register's file; none where there is no such table."""
    if "://" in register:
        return Agencies()
    table = Path(register).parent / TABLE
    return bodies_in(table) if table.is_file() else Agencies()


def _table_named_in(path: Path) -> Path:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        values = YAML(typ="safe", pure=True).load(read_untrusted(path, YAML_LIMIT).decode("utf-8-sig"))
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise UnreadableFileError(path, str(error).partition("\n")[0]) from None
    named = values.get(_KEY) if isinstance(values, Mapping) else None
    if not isinstance(named, str):
        raise UnreadableFileError(path, finding("error-office-file-without-bodies", key=_KEY))
    return path.parent / named
