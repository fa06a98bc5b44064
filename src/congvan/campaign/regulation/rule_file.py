"""Reads rule sets: those congvan ships, and an office's own YAML files with the same words."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.file.entry_reader import read_entry
from congvan.campaign.file.schema import Code, Entry, Filled, Patterns
from congvan.campaign.file.yaml_source import Source, parse_source, read_source
from congvan.campaign.regulation.day_words import DayWords
from congvan.campaign.regulation.rule import CountedTo, Reading, Rule, RuleKind, RuleSet
from congvan.findings import Finding, Severity, finding

SHIPPED: Final = ("xoa-thu-tien-dien", "ngung-cap-dien", "chuoi-chi-thi", "co-ban")
"""The rule sets congvan ships; ``co-ban`` holds for campaigns that name none."""

BASIC: Final = "co-ban"

_DATES: Final = frozenset({"cham_nhat", "nen_xong", "tinh_den", "cach_hieu"})
_NEEDED: Final[Mapping[RuleKind, frozenset[str]]] = {
    RuleKind.CONDITION: frozenset({"can", "truoc"}),
    RuleKind.DEADLINE: frozenset({"viec"}),
    RuleKind.COUNT: frozenset({"viec", "it_nhat"}),
    RuleKind.ORDER: frozenset({"truoc", "sau"}),
    RuleKind.AREA: frozenset({"viec"}),
    RuleKind.COVERAGE: frozenset({"viec"}),
    RuleKind.PRESENCE: frozenset({"viec"}),
}
_ALLOWED: Final[Mapping[RuleKind, frozenset[str]]] = {
    RuleKind.DEADLINE: _DATES,
    RuleKind.COUNT: _DATES | {"moi_ngay", "lien_tiep"},
}
_OF_ALL: Final = frozenset({"ma", "ten", "loai", "muc", "nguon", "tuy_chon"})


def _day_words(value: object) -> object:
    if isinstance(value, DayWords):
        return value
    try:
        return DayWords.read(str(value))
    except ValueError:
        raise PydanticCustomError("rule-day-words", "rule-day-words", {"text": str(value)}) from None


def _level(value: object) -> bool:
    if value not in ("cung", "mem"):
        known = did_you_mean(str(value), ("cung", "mem"))
        raise PydanticCustomError("campaign-value-not-choice", "campaign-value-not-choice", known)
    return value == "cung"


def _kind(value: object) -> RuleKind:
    try:
        return RuleKind(str(value))
    except ValueError:
        known = did_you_mean(str(value), RuleKind)
        raise PydanticCustomError("campaign-value-not-choice", "campaign-value-not-choice", known) from None


Day = Annotated[DayWords, BeforeValidator(_day_words)]
Least = Annotated[int, Field(ge=1)]


class ReadingEntry(Entry):
    """One item of ``cach_hieu``: a way of reading the rule."""

    loi: Filled
    cham_nhat: Day | None = None
    nen_xong: Day | None = None
    tinh_den: CountedTo = "cuoi"


class RuleEntry(Entry):
    """One item of ``quy_tac``."""

    ma: Code
    ten: Filled
    loai: Annotated[RuleKind, BeforeValidator(_kind)]
    muc: Annotated[bool, BeforeValidator(_level)] = True
    nguon: Filled | None = None
    viec: Patterns = ()
    can: Patterns = ()
    truoc: Patterns = ()
    sau: Patterns = ()
    cham_nhat: Day | None = None
    nen_xong: Day | None = None
    tinh_den: CountedTo = "cuoi"
    it_nhat: Least | None = None
    moi_ngay: Least | None = None
    lien_tiep: bool = False
    cach_hieu: Mapping[str, ReadingEntry] = Field(default_factory=dict)
    tuy_chon: bool = False


def _some(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if not values:
        raise PydanticCustomError("campaign-value-empty", "campaign-value-empty")
    return values


class RuleSetEntry(Entry):
    """A whole file of rules."""

    ma: Code
    ten: Filled
    nguon: Filled
    nhom: Mapping[str, Patterns] = Field(default_factory=dict)
    ten_viec: Mapping[str, Filled] = Field(default_factory=dict)
    quy_tac: Annotated[tuple[Any, ...], AfterValidator(_some)]


def shipped_rules(name: str) -> RuleSet:
    """The rule set congvan ships under ``name``.

    Raises:
        KeyError: when there is none.
    """
    if name not in SHIPPED:
        raise KeyError(name)
    text = files("congvan.campaign.regulation").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    source, _ = parse_source(text, f"{name}.yaml")
    rules, _ = rule_set(source)
    return rules


def read_rules(path: Path) -> tuple[RuleSet, list[Finding]]:
    """The rules in an office's own file, and everything that is wrong in it.

    Raises:
        UnreadableFileError: when the file cannot be read.
    """
    source, found = read_source(path)
    if not isinstance(source.values, Mapping):
        return RuleSet("", "", ()), found or [finding("campaign-empty", source.place())]
    rules, of_rules = rule_set(source)
    return rules, [*found, *of_rules]


def rule_set(source: Source) -> tuple[RuleSet, list[Finding]]:
    """The rules in ``source``, those that are sound, and everything that is wrong."""
    entry, found = read_entry(RuleSetEntry, source)
    has = entry.model_fields_set
    rules: dict[str, Rule] = {}
    for index in range(len(entry.quy_tac) if "quy_tac" in has else 0):
        rule, of_rule = _rule(source, index, entry.nguon if "nguon" in has else "")
        found += of_rule
        if rule is None:
            continue
        if rule.ma in rules:
            found.append(finding("rule-twice", rule.place, rule=rule.ma))
        rules.setdefault(rule.ma, rule)
    ma, ten = (entry.ma if "ma" in has else "", entry.ten if "ten" in has else "")
    return RuleSet(ma, ten, tuple(rules.values()), entry.nhom, entry.ten_viec), found


def _rule(source: Source, index: int, of_set: str) -> tuple[Rule | None, list[Finding]]:
    entry, found = read_entry(RuleEntry, source, "quy_tac", index)
    if not found:
        found = _idle_and_missing(entry, source, index)
    if any(one.severity is Severity.ERROR for one in found):
        return None, found
    nguon = ", ".join(part for part in (entry.nguon, of_set) if part)
    rule = Rule(
        ma=entry.ma,
        ten=entry.ten.rstrip("."),
        loai=entry.loai,
        nguon=nguon,
        cung=entry.muc,
        viec=entry.viec,
        can=entry.can,
        truoc=entry.truoc,
        sau=entry.sau,
        it_nhat=entry.it_nhat,
        moi_ngay=entry.moi_ngay,
        lien_tiep=entry.lien_tiep,
        tuy_chon=entry.tuy_chon,
        cach_hieu=_readings(entry),
        place=source.place("quy_tac", index),
    )
    return rule, found


def _readings(entry: RuleEntry) -> tuple[Reading, ...]:
    if not entry.cach_hieu:
        return (Reading("", "", entry.cham_nhat, entry.nen_xong, entry.tinh_den),)
    return tuple(Reading(ma, one.loi, one.cham_nhat, one.nen_xong, one.tinh_den) for ma, one in entry.cach_hieu.items())


def _idle_and_missing(entry: RuleEntry, source: Source, index: int) -> list[Finding]:
    """Keys that a rule of this kind lacks, or that say nothing in it."""
    needed = _NEEDED[entry.loai]
    known = sorted(needed | _ALLOWED.get(entry.loai, frozenset()) | _OF_ALL)
    given = entry.model_fields_set
    place = source.place("quy_tac", index)
    found = [finding("campaign-key-missing", place, key=key) for key in sorted(needed - given)]
    if entry.loai is RuleKind.DEADLINE and not given & {"cham_nhat", "nen_xong", "cach_hieu"}:
        found.append(finding("campaign-key-missing", place, key="cham_nhat"))
    for key in sorted(given - set(known)):
        values = {"key": key, "loai": entry.loai.value, **did_you_mean(key, known)}
        found.append(finding("rule-key-idle", source.place("quy_tac", index, key), **values))
    return found
