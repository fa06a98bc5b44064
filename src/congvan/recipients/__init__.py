"""Who the letters go to: tiers, administrative units by era, and lists of recipients.

:func:`read_directory` reads a list of one tier from a .csv, .xlsx, .xls, .ods or .yaml file, from a database or from
any :class:`RecipientSource`, and reports at once everything that is wrong with it; :func:`rows_source` makes a source
of rows in memory. :class:`OpenDirectory` gives the same recipients one by one, and :func:`check_list` checks a list
of any length. :func:`read_table` reads any table with a header. :func:`era_findings` and :func:`coverage` compare a
list with the date of its letters and the area of a campaign; :func:`new_list` and :func:`blank_list` make one to begin
with, and :func:`write_marked_copy` writes the findings into a copy of it. :func:`unit_list` has the country's
provinces, districts and communes for each :class:`Era` of the administrative map, and :class:`TierScheme` the order in
which tiers get their letters. Nothing heavy is loaded before a list is.
"""

from congvan.recipients.directory import Directory, OpenDirectory, read_directory
from congvan.recipients.group import group_key
from congvan.recipients.list_check import ListCheck, check_list
from congvan.recipients.lists.blank_list import blank_list, write_blank_lists
from congvan.recipients.lists.converted_list import convert_list
from congvan.recipients.lists.marked_copy import write_marked_copy
from congvan.recipients.lists.ready_list import ReadyList, new_list
from congvan.recipients.privacy import without_personal_values
from congvan.recipients.recipient import Recipient
from congvan.recipients.scope import Coverage, coverage
from congvan.recipients.sources.allowed_databases import AllowedDatabases
from congvan.recipients.sources.program_rows import rows_source
from congvan.recipients.sources.sheet import Sheet, SheetRow
from congvan.recipients.sources.source import (
    SUFFIXES,
    Listed,
    ListFile,
    RecipientSource,
    is_address,
    recipient_source,
)
from congvan.recipients.table.table import Row, Table, read_table
from congvan.recipients.tiers import TIERS, Tier, TierScheme
from congvan.recipients.units.era_check import era_findings
from congvan.recipients.units.unit import Unit
from congvan.recipients.units.unit_list import ERAS, Era, UnitList, era_named, era_of, unit_list

__all__ = [
    "ERAS",
    "SUFFIXES",
    "TIERS",
    "AllowedDatabases",
    "Coverage",
    "Directory",
    "Era",
    "ListCheck",
    "ListFile",
    "Listed",
    "OpenDirectory",
    "ReadyList",
    "Recipient",
    "RecipientSource",
    "Row",
    "Sheet",
    "SheetRow",
    "Table",
    "Tier",
    "TierScheme",
    "Unit",
    "UnitList",
    "blank_list",
    "check_list",
    "convert_list",
    "coverage",
    "era_findings",
    "era_named",
    "era_of",
    "group_key",
    "is_address",
    "new_list",
    "read_directory",
    "read_table",
    "recipient_source",
    "rows_source",
    "unit_list",
    "without_personal_values",
    "write_blank_lists",
    "write_marked_copy",
]
