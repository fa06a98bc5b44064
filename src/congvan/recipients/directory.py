"""Read a list of recipients to its end: every problem is reported at once, no row is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from congvan.errors import DirectoryError
from congvan.findings import Finding, Report, finding
from congvan.recipients.columns import KNOWN_COLUMNS, column_name
from congvan.recipients.first_seen import FirstSeen
from congvan.recipients.group import GroupCounter, group_name
from congvan.recipients.mending import changes, in_capitals
from congvan.recipients.person import is_vacant, name_findings, read_phone, vacant_note
from congvan.recipients.recipient import Recipient, recipient_of
from congvan.recipients.sources.source import Listed, RecipientSource, recipient_source
from congvan.recipients.table.finding_log import FindingLog
from congvan.recipients.table.recipient_rows import RecipientRows
from congvan.recipients.table.table import Row, TableSource, open_table
from congvan.recipients.tiers import UNCLEAR, Tier, tier_of
from congvan.recipients.units.hamlet import hamlets_in, opposed_kinds
from congvan.recipients.units.placement import Gazetteer
from congvan.recipients.units.unit import name_key
from congvan.recipients.units.unit_list import UnitList
from congvan.text.legacy import Encoding
from congvan.text.unicode_form import fold

_NAMES: Final = frozenset({"tinh", "huyen", "xa", "thon", "ten", "ho_ten"})
"""Columns in which no question is asked: there ``?`` is always a letter lost."""

_OF_THE_HOLDER: Final = frozenset({"ho_ten", "ong_ba", "chuc_danh", "dien_thoai"})
_NOT_OF_THE_POST: Final = frozenset({"stt", "ma", "khuyet", "so_ho", "tinh", "huyen", "xa", "ho_ten", "dien_thoai"})
"""Columns that say nothing about who holds a post."""


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
    scope: Iterable[str] = (),
    sheet: str | None = None,
    encoding: Encoding | None = None,
    mend: bool = False,
) -> Directory:
    """Read the recipients of tier ``cap`` from a file, a database or a source of one's own.

    With ``units`` the administrative units of every row are looked up: codes and names must be known; a
    recipient has them as the list of units spells them, whatever the cell says, and what the row leaves out is
    added. ``ma_tinh`` is the province, code or name, of rows that name none; a name of several units means the one in
    ``scope``, codes or names of units. ``sheet`` is the one sheet of a workbook to read; by default all visible
    ones with the same columns are one list. ``encoding`` has texts typed in TCVN3 or VNI converted. With ``mend``
    names, titles and short forms typed carelessly are put right, each change being reported; without it they are
    reported as they are.

    A blank cell of a unit takes the unit of the row above; totals, headers repeated and the like are left out.
    All of it is in the report, as is a post without a holder and a head of two hamlets, who is two recipients.

    Raises:
        UnreadableFileError: when the file cannot be read at all; anything else is in the report.
        DirectoryError: when a database does not give its answer.
    """
    source = recipient_source(listed, sheet=sheet, encoding=encoding)
    reading = OpenDirectory(source, cap, units=units, ma_tinh=ma_tinh, scope=scope, mend=mend)
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
        scope: Iterable[str] = (),
        mend: bool = False,
    ) -> None:
        self.name = source.name
        self._table: TableSource = open_table(source, naming=column_name, expected=KNOWN_COLUMNS)
        self._log: FindingLog = self._table.log
        self._tier = self._tier_of_columns() if cap is None else Tier.of(cap)
        self._gazetteer = Gazetteer(units, ma_tinh, scope) if units else None
        self._mend = mend
        self._notes = [name for name in self._table.headers if name not in _NOT_OF_THE_POST]
        self._codes = FirstSeen()
        self._meanings = FirstSeen()
        self._persons = FirstSeen()
        self._groups = GroupCounter()

    @property
    def cap(self) -> str:
        return self._tier.ma

    def _tier_of_columns(self) -> Tier:
        if tier := tier_of(self.headers):
            return tier
        if self._table.has_header:
            headers = ", ".join(self.headers.values())
            self._log.add(finding("recipients-tier-unclear", self._table.place, headers=headers))
        return Tier.of(UNCLEAR)

    @property
    def headers(self) -> Mapping[str, str]:
        return self._table.headers

    def report(self) -> Report:
        """The findings so far."""
        return self._log.report()

    def __iter__(self) -> Iterator[Recipient]:
        missing = self._report_missing_columns()
        for row in RecipientRows(self._table, self._tier.required_columns):
            values = self._clean(row)
            found = self._look_up_units(row, values)
            whole = {**values, **found}
            if missing or self._report_missing_values(row, whole):
                continue
            reported: list[Finding] = []
            for written in self._split_hamlets(row, values):
                part, flaws = self._mended(row, written, found)
                if flaws:
                    self._log.extend(flaw for flaw in flaws if flaw not in reported)
                    reported += flaws
                recipient = recipient_of(self._tier, part, row.place, row.headers, found, written)
                self._report_repetition(recipient, has_code="ma" in part)
                yield recipient
            self._report_person_again(row, whole)
            if group := values.get("nhom"):
                self._groups.add(group, row.place_of("nhom"))
        self._log.extend(self._groups.findings())

    def _report_missing_columns(self) -> bool:
        """Report required columns that are missing altogether: once, not in every row. True if there are any."""
        headers = self._table.headers
        missing = [name for name in self._tier.required_columns if not {name, f"ma_{name}"} & headers.keys()]
        if self._table.has_header:
            known = {"tier": self._tier.ten, "headers": ", ".join(headers.values())}
            for name in missing:
                column = KNOWN_COLUMNS.get(name, (name,))[0]
                self._log.add(finding("recipients-column-missing", self._table.place, column=column, **known))
        return bool(missing)

    def _clean(self, row: Row) -> dict[str, str]:
        """Clean the row's values: those of known columns on one line, telephones and names checked."""
        values = dict(row.values)
        if phone := values.get("dien_thoai"):
            values["dien_thoai"], odd = read_phone(phone)
            self._log.extend(replace(one, place=row.place_of("dien_thoai")) for one in odd)
        if self._tier.is_person:
            self._check_post(row, values)
        for name, text in values.items():
            if "\n" in text and name in KNOWN_COLUMNS:
                values[name] = " ".join(text.split())
            elif "?" in text and name in _NAMES:
                self._log.add(finding("recipients-letters-lost", row.place_of(name), value=text, words=text))
        if group := values.pop("nhom", None):
            self._read_group(row, group, values)
        return values

    def _check_post(self, row: Row, values: dict[str, str]) -> None:
        """Check the name of a person; a vacant post has none, whatever cell says so."""
        person = values.get("ho_ten", "")
        if is_vacant(person):
            column = "ho_ten"
        else:
            at = vacant_note(*map(values.get, self._notes))
            column = "" if at is None else self._notes[at]
        if column and person and column != "ho_ten":
            self._log.add(finding("recipients-post-doubtful", row.place_of(column), value=values[column], name=person))
        elif column:
            self._log.add(finding("recipients-post-vacant", row.place_of(column), value=values[column]))
            values["khuyet"] = values[column]
            if column in _OF_THE_HOLDER:
                del values[column]

    def _mended(
        self, row: Row, written: dict[str, str], found: Mapping[str, str]
    ) -> tuple[dict[str, str], list[Finding]]:
        """The values of a recipient, put right on request, and what is wrong with them or was put right."""
        found_changes = changes(written, found, is_person=self._tier.is_person)
        mended = {**written, **{one.column: one.new for one in found_changes}} if self._mend else written
        flaws = self._flaws(mended)
        if not flaws and not found_changes:
            return written, []
        named = {column for column, _ in flaws}
        for change in found_changes:
            if self._mend or (change.column in row.headers and change.column not in named):
                flaws.append((change.column, change.finding(is_made=self._mend)))
        return mended, [replace(flaw, place=row.place_of(column)) for column, flaw in flaws]

    def _flaws(self, values: Mapping[str, str]) -> list[tuple[str, Finding]]:
        """What no rule can put right, by column."""
        if not self._tier.is_person:
            name = values.get("ten", "")
            return [("ten", finding("recipients-name-in-capitals", name=name))] if in_capitals(name) else []
        flaws = [("ho_ten", flaw) for flaw in name_findings(values.get("ho_ten", ""))]
        if self._tier.is_hamlet and (kinds := opposed_kinds(values["thon"], values.get("loai"))):
            reported = {"value": values["thon"], "kind": kinds[0], "other": kinds[1]}
            flaws.append(("thon", finding("recipients-hamlet-kinds", **reported)))
        return flaws

    def _read_group(self, row: Row, written: str, values: dict[str, str]) -> None:
        if name := group_name(written):
            values["nhom"] = name
        else:
            self._log.add(finding("recipients-not-a-value", row.place_of("nhom"), value=written))

    def _look_up_units(self, row: Row, values: Mapping[str, str]) -> Mapping[str, str]:
        """Look up the units of the row, report what is wrong with them, and return what the row leaves out."""
        if self._gazetteer is None:
            return {}
        placement = self._gazetteer.placement(values)
        for column, found in placement.findings:
            self._log.add(replace(found, place=row.place_of(column)))
        return placement.found

    def _report_missing_values(self, row: Row, values: Mapping[str, str]) -> bool:
        """Report required values that the row lacks; True if there are any."""
        missing = [name for name in self._tier.required_columns if name not in values and f"ma_{name}" not in values]
        if "khuyet" in values:  # a vacant post has no name, which has been reported already
            missing = [name for name in missing if name != "ho_ten"]
        for name in missing:
            if name not in row.refused:  # which has been reported already
                self._log.add(finding("recipients-value-missing", row.place_of(name)))
        return bool(missing)

    def _split_hamlets(self, row: Row, values: dict[str, str]) -> Iterator[dict[str, str]]:
        """Yield the row's values once for each hamlet it names; their codes end in 1, 2."""
        hamlets = hamlets_in(values.get("thon", "")) if self._tier.is_hamlet else ()
        if len(hamlets) < 2:  # noqa: PLR2004 (one hamlet, as there should be)
            yield values
            return
        self._log.add(finding("recipients-head-of-two", row.place_of("thon"), hamlets=", ".join(hamlets)))
        for number, name in enumerate(hamlets, start=1):
            code = {"ma": f"{values['ma']}.{number}"} if "ma" in values else {}
            yield {**values, "thon": name, **code}

    def _report_person_again(self, row: Row, values: Mapping[str, str]) -> None:
        """Report a person with one telephone in two rows of a commune, who heads two hamlets."""
        person, phone = values.get("ho_ten"), values.get("dien_thoai")
        if not person or not phone or not self._tier.is_hamlet:
            return
        unit = values.get("ma_xa") or name_key(values.get("xa", ""))
        if first := self._persons.add((unit, fold(person), phone), row.place):
            self._log.add(finding("recipients-head-again", row.place_of("ho_ten"), first=first.text()))

    def _report_repetition(self, recipient: Recipient, *, has_code: bool) -> None:
        same_code = self._codes.add(recipient.ma, recipient.place)
        if has_code and same_code:
            first = same_code.text()
            self._log.add(finding("recipients-ma-twice", recipient.place_of("ma"), ma=recipient.ma, first=first))
            return
        same_meaning = self._meanings.add(_meaning(recipient, has_code=has_code), same_code or recipient.place)
        if first_place := same_meaning or same_code:
            code = "same-name" if has_code and recipient.ho_ten else "recipient-twice"
            self._log.add(finding(f"recipients-{code}", recipient.place, first=first_place.text()))


def _meaning(recipient: Recipient, *, has_code: bool) -> tuple[str, ...]:
    """A key equal for two rows that mean the same recipient: its unit and name.

    Where codes keep them apart, two persons of one hamlet are two recipients.
    """
    fields = recipient.truong
    units = (fields.get(f"ma_{level}") or name_key(fields.get(level, "")) for level in ("tinh", "huyen", "xa"))
    person = fold(recipient.ho_ten or "") if has_code else ""
    return (*units, name_key(recipient.ten), person)
