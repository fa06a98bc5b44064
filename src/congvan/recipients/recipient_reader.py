"""Read recipients from the rows of a table, and report every row that is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from congvan.findings import finding
from congvan.recipients.columns import KNOWN_COLUMNS
from congvan.recipients.first_seen import FirstSeen
from congvan.recipients.group import GroupCounter, group_name
from congvan.recipients.person import is_vacant, name_findings, read_phone
from congvan.recipients.recipient import Recipient, recipient_of
from congvan.recipients.table.finding_log import FindingLog
from congvan.recipients.table.recipient_rows import RecipientRows
from congvan.recipients.table.table import Row, TableSource
from congvan.recipients.tiers import Tier
from congvan.recipients.units.hamlet import hamlets_in
from congvan.recipients.units.placement import Gazetteer
from congvan.recipients.units.unit import name_key
from congvan.text.unicode_form import fold


class RecipientReader:
    """One pass through a table, with the codes, meanings and persons seen so far."""

    def __init__(self, tier: Tier, source: TableSource, gazetteer: Gazetteer | None) -> None:
        self._tier = tier
        self._source = source
        self._log: FindingLog = source.log
        self._gazetteer = gazetteer
        self._codes = FirstSeen()
        self._meanings = FirstSeen()
        self._persons = FirstSeen()
        self._groups = GroupCounter()

    def recipients(self) -> Iterator[Recipient]:
        missing = self._report_missing_columns()
        for row in RecipientRows(self._source, self._tier.required_columns):
            values = self._clean(row)
            found = self._look_up_units(row, values)
            whole = {**values, **found}
            if missing or self._report_missing_values(row, whole):
                continue
            for part in self._split_hamlets(row, values):
                recipient = recipient_of(self._tier, part, row.place, row.headers, found)
                self._report_repetition(recipient, has_code="ma" in part)
                yield recipient
            self._report_person_again(row, whole)
            if group := values.get("nhom"):
                self._groups.add(group, row.place_of("nhom"))
        self._log.extend(self._groups.findings())

    def _report_missing_columns(self) -> bool:
        """Report required columns that are missing altogether: once, not in every row. True if there are any."""
        headers = self._source.headers
        missing = [name for name in self._tier.required_columns if not {name, f"ma_{name}"} & headers.keys()]
        if self._source.has_header:
            known = {"tier": self._tier.ten, "headers": ", ".join(headers.values())}
            for name in missing:
                column = KNOWN_COLUMNS.get(name, (name,))[0]
                self._log.add(finding("recipients-column-missing", self._source.place, column=column, **known))
        return bool(missing)

    def _clean(self, row: Row) -> dict[str, str]:
        """Clean the row's values: those of known columns on one line, telephones and names checked."""
        values = dict(row.values)
        if phone := values.get("dien_thoai"):
            values["dien_thoai"], odd = read_phone(phone)
            self._log.extend(replace(one, place=row.place_of("dien_thoai")) for one in odd)
        if self._tier.is_person and (person := values.get("ho_ten")):
            if is_vacant(person):
                values["khuyet"] = values.pop("ho_ten")
                self._log.add(finding("recipients-post-vacant", row.place_of("ho_ten"), value=person))
            else:
                self._log.extend(replace(one, place=row.place_of("ho_ten")) for one in name_findings(person))
        for name, text in values.items():
            if "\n" in text and name in KNOWN_COLUMNS:
                values[name] = " ".join(text.split())
        if group := values.pop("nhom", None):
            self._read_group(row, group, values)
        return values

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
            self._log.add(finding("recipients-recipient-twice", recipient.place, first=first_place.text()))


def _meaning(recipient: Recipient, *, has_code: bool) -> tuple[str, ...]:
    """A key equal for two rows that mean the same recipient: its unit and name.

    Where codes keep them apart, two persons of one hamlet are two recipients.
    """
    fields = recipient.truong
    units = (fields.get(f"ma_{level}") or name_key(fields.get(level, "")) for level in ("tinh", "huyen", "xa"))
    person = fold(recipient.ho_ten or "") if has_code else ""
    return (*units, name_key(recipient.ten), person)
