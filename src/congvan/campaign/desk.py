"""Where one tier's letters are written: texts filled in, letters made, objections gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from congvan.campaign.addressee import addressee
from congvan.campaign.addressees import AddresseeLine, Addressees
from congvan.campaign.campaign import BODY_OF_THE_TEMPLATE, TierPlan
from congvan.campaign.copying import CopyPlan
from congvan.campaign.draft import Draft
from congvan.campaign.objections import Objections
from congvan.campaign.signature_pattern import SignaturePattern
from congvan.campaign.wording import flaws
from congvan.errors import LetterError, TemplateError
from congvan.letter import Letter, NhomKinhGui, PhuLuc, Signature
from congvan.letter.frozen_fields import plain_fields
from congvan.letter.printed_parts import PART_NAMES, printed_parts
from congvan.recipients import Recipient
from congvan.recipients.group import group_name
from congvan.text.fields.pattern import field_names, fill


@lru_cache(maxsize=1024)
def _signature(quyen_han: tuple[str, ...], chuc_vu: str, ho_ten: str) -> Signature:
    """The signature block; letters of the same signer share it."""
    return Signature(quyen_han=quyen_han, chuc_vu=chuc_vu, ho_ten=ho_ten)


class Desk:
    """Writes the letters of one tier. ``objections`` holds what stood in the way.

    What a letter has in common with the last one is neither asked nor kept twice. ``lone_groups`` counts, by group, the
    letters that name one recipient of it alone, without its heading.
    """

    def __init__(self, tier: TierPlan) -> None:
        self.objections = Objections(tier)
        self.lone_groups: Counter[str] = Counter()
        self._tier = tier
        self._names_parts = any(PART_NAMES & field_names(body) for body in tier.bodies)

    def write(self, draft: Draft, so: int | None = None) -> Letter | None:
        """The letter; None when it cannot be made, and then ``objections`` say why."""
        before = len(self.objections)
        addressees = Addressees(self._addressees(draft), "kinh_gui" if self._tier.kind.loi_goi else "noi_nhan")
        self.lone_groups.update(addressees.lone_groups)
        parts = self._parts(draft, addressees)
        if len(self.objections) > before:
            return None
        try:
            letter = Letter(**parts, so=so)
        except LetterError as error:
            self.objections.refused(draft, error, addressees)
            return None
        return letter

    def copy(self, draft: Draft, letter: Letter | None) -> Letter | None:
        """The copy of ``letter`` the tier asks for; None when there is none, and why not is in ``objections``."""
        if self._tier.ban_sao is None:
            return None
        before = len(self.objections)
        part = self._copy_parts(self._tier.ban_sao, draft)
        if letter is None or len(self.objections) > before:
            return None
        try:
            return letter.with_parts(ban_sao=part, noi_dung=self._tier.ban_sao.noi_dung or letter.noi_dung)
        except LetterError as error:
            self.objections.refused(draft, error, Addressees(()))
            return None

    def try_bodies(self, draft: Draft, letter: Letter | None) -> None:
        """Fill in the texts that stay open until the letter is laid out, only to see what they lack."""
        values = draft.values
        if self._names_parts:
            values = {**values, **(printed_parts(letter) if letter else dict.fromkeys(PART_NAMES, ""))}
        if self._tier.noi_dung != BODY_OF_THE_TEMPLATE:
            self._filled("noi_dung", self._tier.noi_dung, draft, values)
        if attached := self._tier.phan_khac.get("van_ban_kem_theo"):
            self._filled("van_ban_kem_theo", attached["noi_dung"], draft, values)
        for annex in self._tier.phu_luc:
            self._filled("phu_luc", annex.noi_dung, draft, values)
        if self._tier.ban_sao and self._tier.ban_sao.noi_dung:
            self._filled("ban_sao", self._tier.ban_sao.noi_dung, draft, values)

    def _parts(self, draft: Draft, addressees: Addressees) -> dict[str, Any]:
        tier, agency = self._tier, draft.don_vi
        noi_nhan = self._lines("noi_nhan", tier.noi_nhan, draft)
        return {
            "chu_quan": agency.chu_quan,
            "co_quan": agency.co_quan,
            "ky_hieu": self._filled("ky_hieu", tier.symbol(agency), draft),
            "dia_danh": agency.dia_danh,
            "ngay": tier.ngay,
            "loai": tier.loai,
            "trich_yeu": self._filled("trich_yeu", tier.trich_yeu, draft),
            # A kind without "Kính gửi" names whom it goes to in "Nơi nhận" (Annex I, part II, item 9).
            "kinh_gui": addressees.kinh_gui if tier.kind.loi_goi else (),
            "noi_nhan": noi_nhan if tier.kind.loi_goi else (*addressees.lines, *noi_nhan),
            "can_cu": self._lines("can_cu", tier.can_cu, draft),
            "noi_dung": tier.noi_dung,
            "ky": self._signature("ky", tier.ky, draft),
            **{name: self._part(name, part, draft) for name, part in tier.phan_khac.items()},
            "lien_he": agency.lien_he,
            "phu_luc": tuple(self._annex(annex, draft) for annex in tier.phu_luc),
            "truong": draft.truong,
        }

    def _addressees(self, draft: Draft) -> Iterator[AddresseeLine]:
        """A line for each recipient, or the tier's own lines."""
        if not self._tier.kinh_gui:
            yield from (AddresseeLine(addressee(one), one, one.nhom) for one in draft.recipients)
            return
        for recipient in draft.recipients:
            for pattern in self._tier.kinh_gui:
                yield from self._lines_of(pattern, recipient, draft)

    def _lines_of(self, pattern: str | NhomKinhGui, recipient: Recipient, draft: Draft) -> Iterator[AddresseeLine]:
        values = plain_fields(recipient.truong) | draft.values
        if isinstance(pattern, NhomKinhGui):
            nhom = group_name(self._filled("kinh_gui", pattern.nhom, draft, values, recipient))
            for member in pattern.gom:
                text = self._filled("kinh_gui", member, draft, values, recipient)
                yield AddresseeLine(text, recipient, nhom, is_given=True)
        else:
            text, group = self._filled("kinh_gui", pattern, draft, values, recipient), recipient.nhom
            if group and field_names(pattern) <= draft.values.keys():
                group = None  # a line the same for all recipients is in nobody's group
            yield AddresseeLine(text, recipient, group)

    def _signature(self, key: str, pattern: SignaturePattern, draft: Draft) -> Signature:
        return _signature(
            quyen_han=self._lines(key, pattern.quyen_han, draft),
            chuc_vu=self._filled(key, pattern.chuc_vu, draft),
            ho_ten=self._filled(key, pattern.ho_ten, draft),
        )

    def _copy_parts(self, copy: CopyPlan, draft: Draft) -> dict[str, Any]:
        """The copy's own part of the letter, its number open unless the file gives it."""
        body = copy.body(draft.don_vi)
        return {
            "hinh_thuc": copy.hinh_thuc,
            "chu_quan": body.chu_quan,
            "co_quan": body.co_quan,
            "so": copy.so,
            "ky_hieu": self._filled("ban_sao", copy.symbol(draft.don_vi), draft),
            "dia_danh": body.dia_danh,
            "ngay": copy.ngay,
            "noi_nhan": self._lines("ban_sao", copy.noi_nhan, draft),
            "ky": self._signature("ban_sao", copy.ky, draft),
        }

    def _annex(self, annex: PhuLuc, draft: Draft) -> PhuLuc:
        return PhuLuc(tieu_de=self._filled("phu_luc", annex.tieu_de, draft), noi_dung=annex.noi_dung)

    def _part(self, key: str, part: Any, draft: Draft) -> Any:
        """A part with all its texts filled in but a body, which stays open until the letter is laid out."""
        match part:
            case str():
                return self._filled(key, part, draft)
            case tuple():
                return tuple(self._part(key, inner, draft) for inner in part)
            case Mapping():
                open_too = {"noi_dung": part["noi_dung"]} if "noi_dung" in part else {}
                return {
                    name: self._part(key, inner, draft) for name, inner in part.items() if name not in open_too
                } | open_too
            case _:
                return part

    def _lines(self, key: str, patterns: tuple[str, ...], draft: Draft) -> tuple[str, ...]:
        return tuple(self._filled(key, pattern, draft) for pattern in patterns)

    def _filled(
        self,
        key: str,
        source: str,
        draft: Draft,
        values: Mapping[str, Any] | None = None,
        recipient: Recipient | None = None,
    ) -> str:
        """A text of the tier filled in; as it is when it cannot be, and then ``objections`` say why."""
        values = draft.values if values is None else values
        try:
            return fill(source, values)
        except TemplateError:
            for flaw in flaws(source, values):
                self.objections.add(key, flaw, draft, recipient or draft.recipients[0])
            return source
