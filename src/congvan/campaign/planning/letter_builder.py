"""Builds the letters of one tier: fills in texts, makes letters and collects diagnostics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from congvan.campaign.copies import Copies, SignaturePattern
from congvan.campaign.model import BODY_OF_THE_TEMPLATE, CampaignTier
from congvan.campaign.planning.addressees import AddresseeLine, Addressees, addressee
from congvan.campaign.planning.diagnostics import Diagnostics
from congvan.campaign.planning.field_flaws import field_flaws
from congvan.campaign.planning.letter_inputs import LetterInputs
from congvan.errors import LetterError, TemplateError
from congvan.findings import Finding
from congvan.letter import Letter, NhomKinhGui, PhuLuc, Signature
from congvan.letter.frozen_fields import plain_fields
from congvan.letter.part_values import PART_NAMES, part_values
from congvan.recipients import Recipient
from congvan.recipients.group import group_name
from congvan.text.fields.pattern import field_names, fill


@lru_cache(maxsize=1024)
def _signature(quyen_han: tuple[str, ...], chuc_vu: str, chuc_danh_khac: str, ho_ten: str) -> Signature:
    """The signature block; letters of the same signer share it."""
    return Signature(quyen_han=quyen_han, chuc_vu=chuc_vu, chuc_danh_khac=chuc_danh_khac or None, ho_ten=ho_ten)


class LetterBuilder:
    """Builds the letters of one tier. ``diagnostics`` has the reasons for those that cannot be made.

    ``lone_groups`` counts, by group, the letters that name one recipient of it alone, without its heading.
    """

    def __init__(self, tier: CampaignTier) -> None:
        self.diagnostics = Diagnostics(tier)
        self.lone_groups: Counter[str] = Counter()
        self._tier = tier
        self._costly: dict[str, Finding] = {}
        self._names_parts = any(PART_NAMES & field_names(body) for body in tier.bodies)

    def build(self, inputs: LetterInputs, so: int | None = None) -> Letter | None:
        """The letter; None when it cannot be made, and then ``diagnostics`` have the reason."""
        before = len(self.diagnostics)
        addressees = Addressees(self._addressees(inputs), "kinh_gui" if self._tier.kind.loi_goi else "noi_nhan")
        self.lone_groups.update(addressees.lone_groups)
        parts = self._parts(inputs, addressees)
        if len(self.diagnostics) > before:
            return None
        try:
            letter = Letter(**parts, so=so)
        except LetterError as error:
            self.diagnostics.add_findings(inputs, error.report, addressees)
            return None
        self.diagnostics.add_cautions(inputs, letter.cautions, addressees)
        return letter

    def build_copy(self, inputs: LetterInputs, letter: Letter | None) -> Letter | None:
        """The copy of ``letter`` the tier asks for; None without one, or when ``diagnostics`` have a reason."""
        if self._tier.ban_sao is None:
            return None
        before = len(self.diagnostics)
        part = self._copy_parts(self._tier.ban_sao, inputs)
        if letter is None or len(self.diagnostics) > before:
            return None
        try:
            return letter.with_parts(ban_sao=part, noi_dung=self._tier.ban_sao.noi_dung or letter.noi_dung)
        except LetterError as error:
            self.diagnostics.add_findings(inputs, error.report, Addressees(()))
            return None

    def try_bodies(self, inputs: LetterInputs, letter: Letter | None) -> None:
        """Fill in the bodies, which stay open until the letter is laid out, only to find what they lack."""
        values = inputs.values
        if self._names_parts:
            values = {**values, **(part_values(letter) if letter else dict.fromkeys(PART_NAMES, ""))}
        if self._tier.noi_dung != BODY_OF_THE_TEMPLATE:
            self._filled("noi_dung", self._tier.noi_dung, inputs, values)
        if attached := self._tier.other_parts.get("van_ban_kem_theo"):
            self._filled("van_ban_kem_theo", attached["noi_dung"], inputs, values)
        for annex in self._tier.phu_luc:
            self._filled("phu_luc", annex.noi_dung, inputs, values)
        if self._tier.ban_sao and self._tier.ban_sao.noi_dung:
            self._filled("ban_sao", self._tier.ban_sao.noi_dung, inputs, values)

    def _parts(self, inputs: LetterInputs, addressees: Addressees) -> dict[str, Any]:
        tier, agency = self._tier, inputs.don_vi
        noi_nhan = self._lines("noi_nhan", tier.noi_nhan, inputs)
        return {
            "chu_quan": agency.chu_quan,
            "co_quan": agency.co_quan,
            "ky_hieu": self._filled("ky_hieu", tier.symbol(agency), inputs),
            "dia_danh": agency.dia_danh,
            "ngay": tier.ngay,
            "loai": tier.loai,
            "trich_yeu": self._filled("trich_yeu", tier.trich_yeu, inputs),
            # A kind without "Kính gửi" names its addressees in "Nơi nhận" (Annex I, part II, item 9).
            "kinh_gui": addressees.kinh_gui if tier.kind.loi_goi else (),
            "noi_nhan": noi_nhan if tier.kind.loi_goi else (*addressees.lines, *noi_nhan),
            "can_cu": self._lines("can_cu", tier.can_cu, inputs),
            "noi_dung": tier.noi_dung,
            "ky": self._signature("ky", tier.ky, inputs),
            **{name: self._part(name, part, inputs) for name, part in tier.other_parts.items()},
            "lien_he": agency.lien_he,
            "phu_luc": tuple(self._annex(annex, inputs) for annex in tier.phu_luc),
            "truong": inputs.truong,
        }

    def _addressees(self, inputs: LetterInputs) -> Iterator[AddresseeLine]:
        """A line for each recipient, or the tier's own lines."""
        if not self._tier.kinh_gui:
            yield from (AddresseeLine(addressee(one), one, one.nhom) for one in inputs.recipients)
            return
        for recipient in inputs.recipients:
            for pattern in self._tier.kinh_gui:
                yield from self._lines_of(pattern, recipient, inputs)

    def _lines_of(
        self, pattern: str | NhomKinhGui, recipient: Recipient, inputs: LetterInputs
    ) -> Iterator[AddresseeLine]:
        values = plain_fields(recipient.truong) | inputs.values
        if isinstance(pattern, NhomKinhGui):
            nhom = group_name(self._filled("kinh_gui", pattern.nhom, inputs, values, recipient))
            for member in pattern.gom:
                text = self._filled("kinh_gui", member, inputs, values, recipient)
                yield AddresseeLine(text, recipient, nhom, is_written_out=True)
        else:
            text, group = self._filled("kinh_gui", pattern, inputs, values, recipient), recipient.nhom
            if group and field_names(pattern) <= inputs.values.keys():
                group = None  # a line that is the same for all recipients belongs to no group
            yield AddresseeLine(text, recipient, group)

    def _signature(self, key: str, pattern: SignaturePattern, inputs: LetterInputs) -> Signature:
        return _signature(
            quyen_han=self._lines(key, pattern.quyen_han, inputs),
            chuc_vu=self._filled(key, pattern.chuc_vu, inputs),
            chuc_danh_khac=self._filled(key, pattern.chuc_danh_khac, inputs),
            ho_ten=self._filled(key, pattern.ho_ten, inputs),
        )

    def _copy_parts(self, copy: Copies, inputs: LetterInputs) -> dict[str, Any]:
        """The copy's own part of the letter, its number open unless the file fixes it."""
        body = copy.body(inputs.don_vi)
        return {
            "hinh_thuc": copy.hinh_thuc,
            "chu_quan": body.chu_quan,
            "co_quan": body.co_quan,
            "so": copy.so,
            "ky_hieu": self._filled("ban_sao", copy.symbol(inputs.don_vi), inputs),
            "dia_danh": body.dia_danh,
            "ngay": copy.ngay,
            "noi_nhan": self._lines("ban_sao", copy.noi_nhan, inputs),
            "ky": self._signature("ban_sao", copy.ky, inputs),
        }

    def _annex(self, annex: PhuLuc, inputs: LetterInputs) -> PhuLuc:
        return PhuLuc(tieu_de=self._filled("phu_luc", annex.tieu_de, inputs), noi_dung=annex.noi_dung)

    def _part(self, key: str, part: Any, inputs: LetterInputs) -> Any:
        """A part with all its texts filled in but a body, which stays open until the letter is laid out."""
        match part:
            case str():
                return self._filled(key, part, inputs)
            case tuple():
                return tuple(self._part(key, inner, inputs) for inner in part)
            case Mapping():
                return {
                    name: inner if name == "noi_dung" else self._part(key, inner, inputs)
                    for name, inner in part.items()
                }
            case _:
                return part

    def _lines(self, key: str, patterns: tuple[str, ...], inputs: LetterInputs) -> tuple[str, ...]:
        return tuple(self._filled(key, pattern, inputs) for pattern in patterns)

    def _filled(
        self,
        key: str,
        source: str,
        inputs: LetterInputs,
        values: Mapping[str, Any] | None = None,
        recipient: Recipient | None = None,
    ) -> str:
        """A text of the tier filled in; unchanged when it cannot be, and then ``diagnostics`` have the reason."""
        values = inputs.values if values is None else values
        if source not in self._costly:
            try:
                return fill(source, values)
            except TemplateError:
                pass  # all that is wrong with it is found next
        for flaw in self._flaws(source, values):
            self.diagnostics.add(key, flaw, inputs, recipient or inputs.recipients[0])
        return source

    def _flaws(self, source: str, values: Mapping[str, Any]) -> Iterator[str | Finding]:
        """All that is wrong with a text; one that costs too much is not tried again for each letter."""
        if source in self._costly:
            yield self._costly[source]
            return
        for flaw in field_flaws(source, values):
            if not isinstance(flaw, str) and flaw.code == "field-too-costly":
                self._costly[source] = flaw
            yield flaw
