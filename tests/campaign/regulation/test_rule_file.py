"""An office writes rules of its own with the words of the shipped ones; a wrong word is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from congvan.campaign import RuleKind
from congvan.campaign.regulation.rule_file import SHIPPED, read_rules, shipped_rules
from congvan.errors import UnreadableFileError

RULES = """\
ma: rieng
ten: Quy định riêng
nguon: Quyết định của đơn vị
quy_tac:
  - ma: N1
    ten: Gửi trước một tháng.
    loai: thoi_han
    viec: [huyen]
    cham_nhat: T - 1 tháng
"""


def read(tmp_path, text):
    path = tmp_path / "quy-tac.yaml"
    path.write_text(text, encoding="utf-8")
    return read_rules(path)


def test_a_rule_is_read_with_its_source(tmp_path):
    rules, found = read(tmp_path, RULES)

    (rule,) = rules.quy_tac
    assert (found, rule.loai, rule.cung) == ([], RuleKind.DEADLINE, True)
    assert (rule.ten, rule.nguon) == ("Gửi trước một tháng", "Quyết định của đơn vị")
    assert str(rule.cach_hieu[0].cham_nhat) == "T - 1 tháng"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("loai: thoi_han", "loai: thoi_hn", [("campaign-value-not-choice", 7, "thoi_han")]),
        ("    viec: [huyen]", "    vic: [huyen]", [("campaign-key-unknown", 8, "viec")]),
        ("    viec: [huyen]\n", "", [("campaign-key-missing", 5, None)]),
        ("T - 1 tháng", "T - một tháng", [("rule-day-words", 9, None)]),
        ("    viec: [huyen]", "    viec: [huyen]\n    it_nhat: 2", [("rule-key-idle", 9, "cham_nhat")]),
        ("    viec: [huyen]", "    viec: [huyen]\n    muc: cng", [("campaign-value-not-choice", 9, "cung")]),
        ("    cham_nhat: T - 1 tháng\n", "", [("campaign-key-missing", 5, None)]),
        ("nguon: Quyết định của đơn vị\n", "", [("campaign-key-missing", 1, None)]),
    ],
)  # fmt: skip
def test_a_word_that_is_not_known_is_named_with_its_line_and_the_nearest(tmp_path, old, new, expected):
    assert old in RULES
    _, found = read(tmp_path, RULES.replace(old, new))

    assert [(one.code, one.place.line) for one in found] == [(code, line) for code, line, _ in expected]
    assert [near for _, _, near in expected if near] == [one.values["near"] for one in found if "near" in one.values]


def test_a_code_used_twice_is_named(tmp_path):
    _, found = read(tmp_path, RULES + RULES.partition("quy_tac:\n")[2])

    assert [(one.code, one.place.line) for one in found] == [("rule-twice", 10)]


def test_a_file_that_is_not_there_is_said_so():
    with pytest.raises(UnreadableFileError):
        read_rules(Path("khong-co.yaml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_rule_has_a_source_and_calls_its_works_by_name(name):
    rules = shipped_rules(name)

    assert rules.quy_tac
    assert [rule.ma for rule in rules.quy_tac if not rule.nguon or not rule.ten] == []
    called = {*rules.works, *rules.flags}
    assert {one for one in called if one not in rules.ten_viec} == set()


def test_rules_of_several_sets_hold_together_and_the_last_word_wins():
    basic, home = shipped_rules("co-ban"), shipped_rules("xoa-thu-tien-dien")
    both = basic + home

    assert {rule.ma for rule in both.quy_tac} == {rule.ma for rule in home.quy_tac}
    assert (
        next(rule for rule in both.quy_tac if rule.ma == "L3").nguon
        == next(rule for rule in home.quy_tac if rule.ma == "L3").nguon
    )
