"""The letters by which an office recalls or corrects one of its own (Decree 30/2020, Art. 18).

Their bodies are shipped as Markdown beside this module; the fields are those of the letter they are about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Any, Final

from congvan.campaign.planning.plan import PlannedLetter
from congvan.letter import IssueDate, Letter
from congvan.letter.frozen_fields import FrozenFields
from congvan.letter.record.letter_state import Relation
from congvan.letter.record.letter_words import BODIES, changed_parts
from congvan.text.fields.pattern import Values

_ABOUT: Final = {Relation.RECALL: "thu hồi", Relation.CORRECT: "đính chính"}
_PART_NAMES: Final = {
    "ngay": "ngày, tháng, năm ban hành",
    "so": "số",
    "ky_hieu": "ký hiệu",
    "so_ky_hieu": "số, ký hiệu",
    "trich_yeu": "trích yếu",
    "kinh_gui": "nơi kính gửi",
    "noi_nhan": "nơi nhận",
    "ky": "chữ ký",
    "dia_danh": "địa danh",
    "can_cu": "căn cứ",
    "co_quan": "tên cơ quan",
    "chu_quan": "tên cơ quan chủ quản",
}
_LEFT_OUT: Final = {
    "can_cu": (),
    "phu_luc": (),
    "tham_quyen": None,
    "giay_moi": None,
    "giay_gioi_thieu": None,
    "bien_ban": None,
    "giay_nghi_phep": None,
    "van_ban_kem_theo": None,
    "ban_sao": None,
}
"""Parts of the letter that its recall or correction does not repeat."""


def notice(
    item: PlannedLetter, relation: Relation, about: Letter, ngay: date | None, ly_do: str, citing: Mapping[str, Any]
) -> PlannedLetter:
    """A công văn to the recipients of ``about`` that recalls or corrects it.

    ``item`` is the letter as the campaign has it now: who issues and signs. A correction names what differs.
    """
    letter, what = item.letter, _ABOUT[relation]
    fields = Values("ve", {**citing, "ly_do": ly_do, "sua": corrections(about, letter)})
    # It names its own addressees, whatever the kind of the letter it is about.
    changes: dict[str, Any] = {
        **_LEFT_OUT,
        "loai": "cong-van",
        "ky_hieu": _symbol(item),
        "ngay": IssueDate.of(ngay) if ngay else letter.ngay,
        "trich_yeu": f"{what} {citing['ten_loai']} số {citing['so_ky_hieu']} {citing['ngay_dai']}",
        "kinh_gui": _addressees(letter if relation is Relation.CORRECT else about),
        "noi_dung": body(relation),
        "truong": FrozenFields({"ve": fields}, letter.truong),
    }
    tier = replace(item.tier, mau=None, loai="cong-van", noi_dung=changes["noi_dung"])
    made = letter.model_copy(update=changes)
    revise = partial(_revised, made, about, fields) if relation is Relation.CORRECT else None
    note = note_of(relation, citing)
    return item._replace(letter=made, tier=tier, changes=changes, revise=revise, note=note)


def _revised(made: Letter, about: Letter, fields: Mapping[str, Any], now: Letter) -> Letter:
    """The correction once the letter as the campaign says it ``now`` cites the numbers of others.

    It goes to whom the campaign names by now: a name that was misspelt is what it corrects.
    """
    said = Values("ve", {**fields, "sua": corrections(about, now)})
    return made.model_copy(update={"kinh_gui": _addressees(now), "truong": FrozenFields({"ve": said}, now.truong)})


def _addressees(letter: Letter) -> Any:
    return letter.kinh_gui or letter.nguoi_nhan


def note_of(relation: Relation, citing: Mapping[str, Any]) -> str:
    """What such a letter does, in a few words: ``thu hồi 18/ĐLHL``."""
    return f"{_ABOUT[relation]} {citing['so_ky_hieu']}"


def body(relation: Relation) -> str:
    """The shipped body of a recall or a correction, Markdown with fields."""
    return files(__package__).joinpath(f"{relation}.md").read_text(encoding="utf-8")


def is_corrected_by(correction: Letter, before: Letter, after: Letter) -> bool:
    """Whether ``correction`` says all that differs between the letter as it was issued and as it is now."""
    if any(change.part in BODIES for change in changed_parts(before, after)):
        return False
    said = correction.truong.get("ve")
    return isinstance(said, Mapping) and said.get("sua") == corrections(before, after)


def _symbol(item: PlannedLetter) -> str:
    """A công văn's symbol: body and unit, without the code of another kind."""
    if item.letter.loai == "cong-van":
        return item.letter.ky_hieu
    agency, unit = item.don_vi.ky_hieu, item.tier.bo_phan
    return f"{agency}-{unit}" if unit else agency


def corrections(before: Letter, after: Letter) -> str:
    """A line for each part that is corrected, as Markdown; content is never corrected this way."""
    lines = []
    for part, old, new in changed_parts(before, after):
        if part != "so" and part not in BODIES:
            lines.append(f"- Tại phần {_PART_NAMES.get(part, part)}: đã ghi “{old}”, nay sửa thành “{new}”.")
    return "\n".join(lines)
