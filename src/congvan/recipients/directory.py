"""Read a list of recipients to its end: every problem is reported at once, no row is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from congvan.errors import DirectoryError
from congvan.findings import Report, finding
from congvan.recipients.columns import KNOWN_COLUMNS, column_name
from congvan.recipients.recipient import Recipient
from congvan.recipients.recipient_reader import RecipientReader
from congvan.recipients.sources.source import Listed, RecipientSource, recipient_source
from congvan.recipients.table.table import TableSource, open_table
from congvan.recipients.tiers import UNCLEAR, Tier, tier_of
from congvan.recipients.units.placement import Gazetteer
from congvan.recipients.units.unit_list import UnitList
from congvan.text.legacy import Encoding


@dataclass(frozen=True, slots=True)
class Directory:
    """The recipients of one tier in the order of their list.

    ``name`` is what findings call the list, ``headers`` are its columns by name, as it writes them. A row that
    lacks what its tier needs is not among the recipients but in ``report``.
    """

    name: str
    cap: str
    recipients: tuple[Recipient, ...]
    report: Report
    headers: Mapping[str, str]

    def raise_errors(self) -> None:
        """Refuse a list with errors.

        Raises:
            DirectoryError: with the whole report, when any finding is an error.
        """
        self.report.raise_errors(DirectoryError)

    def __iter__(self) -> Iterator[Recipient]:
        return iter(self.recipients)

    def __len__(self) -> int:
        return len(self.recipients)


def read_directory(
    listed: Listed,
    cap: Tier | str,
    *,
    units: UnitList | None = None,
    ma_tinh: str | None = None,
    sheet: str | None = None,
    encoding: Encoding | None = None,
) -> Directory:
    """Read the recipients of tier ``cap`` from a file, a database or a source of one's own.

    With ``units`` the administrative units of every row are looked up: codes and names must be known, and
    what the row leaves out is added. ``ma_tinh`` is the province of rows that name none. ``sheet`` is the one
    sheet of a workbook to read; by default all visible ones with the same columns are one list.
    ``encoding`` has texts typed in TCVN3 or VNI converted.

    A blank cell of a unit takes the unit of the row above; totals, headers repeated and the like are left out.
    All of it is in the report, as is a post without a holder and a head of two hamlets, who is two recipients.

    Raises:
        UnreadableFileError: when the file cannot be read at all; anything else is in the report.
        DirectoryError: when a database does not give its answer.
    """
    source = recipient_source(listed, sheet=sheet, encoding=encoding)
    reading = OpenDirectory(source, cap, units=units, ma_tinh=ma_tinh)
    recipients = tuple(reading)
    return Directory(reading.name, reading.cap, recipients, reading.report(), reading.headers)


class OpenDirectory:
    """Read a list recipient by recipient, so that a long list needs no more memory than a short one.

    It can be iterated once; :meth:`report` is complete after that. ``name``, ``cap`` and ``headers`` are those of
    :class:`Directory`; parameters and errors are those of :func:`read_directory`, and errors also come while it is
    iterated. Without ``cap`` its columns decide the tier.
    """

    def __init__(
        self,
        source: RecipientSource,
        cap: Tier | str | None,
        *,
        units: UnitList | None = None,
        ma_tinh: str | None = None,
    ) -> None:
        self.name = source.name
        self._table: TableSource = open_table(source, naming=column_name, expected=KNOWN_COLUMNS)
        self._tier = self._tier_of_columns() if cap is None else Tier.of(cap)
        self._reader = RecipientReader(self._tier, self._table, Gazetteer(units, ma_tinh) if units else None)

    @property
    def cap(self) -> str:
        return self._tier.ma

    def _tier_of_columns(self) -> Tier:
        if tier := tier_of(self.headers):
            return tier
        if self._table.has_header:
            headers = ", ".join(self.headers.values())
            self._table.log.add(finding("recipients-tier-unclear", self._table.place, headers=headers))
        return Tier.of(UNCLEAR)

    @property
    def headers(self) -> Mapping[str, str]:
        return self._table.headers

    def __iter__(self) -> Iterator[Recipient]:
        return self._reader.recipients()

    def report(self) -> Report:
        """The findings so far."""
        return self._table.log.report()
