"""Every code that is used exists, every code that exists can be said in both languages."""

import copy
import json
import pickle
import re
from pathlib import Path
from string import Formatter

import pytest

import congvan
from congvan.findings import Finding, Place, Report, Severity, codes, finding, language, set_language

SOURCES = list(Path(congvan.__file__).parent.rglob("*.py"))
CODE = re.compile(r'finding\(\s*"([a-z0-9-]+)"')


def test_every_code_in_the_source_is_in_the_catalogue():
    used = {code for path in SOURCES for code in CODE.findall(path.read_text(encoding="utf-8"))}

    assert len(used) > 20
    assert used <= set(codes())


@pytest.mark.parametrize("code", sorted(codes()))
def test_a_code_says_the_same_things_in_both_languages(code):
    meaning = codes()[code]

    assert meaning.messages["vi"]
    assert meaning.messages["en"]
    assert bool(meaning.hints["vi"]) == bool(meaning.hints["en"])
    for texts in (meaning.messages, meaning.hints):
        names = [{name for _, name, _, _ in Formatter().parse(texts[lang]) if name} for lang in ("vi", "en")]
        assert names[0] == names[1]


def test_a_finding_says_where_what_and_what_to_do():
    found = finding("letter-part-empty", Place(file="tinh.csv", row=12, column="ten"), part="ten")

    assert str(found).startswith("tinh.csv, hàng 12, cột ten: ")
    assert "[letter-part-empty]" in str(found)
    assert " → " in str(found)


def test_messages_follow_the_language_in_force():
    found = finding("letter-part-empty", part="ten")
    set_language("en")
    try:
        assert found.message == "“ten” is empty."
    finally:
        set_language("vi")
    assert language() == "vi"
    assert found.message == "«ten» để trống."


def test_braces_in_a_value_are_only_text():
    assert "{x.__class__}" in finding("letter-part-empty", part="{x.__class__}").message


def test_a_message_never_commands_the_terminal_it_is_shown_on():
    found = finding("letter-part-empty", Place(file="a\x1b[2J.csv"), part="\x1b]0;x\x07 \u202e \ud800")

    assert str(found).isprintable()
    assert "⟨U+001B⟩" in str(found)


def test_a_report_is_sound_until_it_holds_an_error():
    warning = Finding("letter-part-empty", Severity.WARNING, Place(), {"part": "x"})
    error = finding("letter-part-empty", part="x")

    assert Report((warning,)).ok
    assert not Report((warning, error)).ok
    assert (Report((warning,)) + Report((error,))).errors == (error,)


def test_warnings_and_remarks_can_be_left_out_of_a_report_but_errors_stay():
    names = ("letter-part-empty", "register-start-ignored", "batch-letters-kept")
    report = Report.of(finding(code) for code in names)

    assert [found.code for found in report.without(names)] == ["letter-part-empty"]
    assert report.without(()) is report


def test_findings_and_reports_can_be_pickled_and_copied():
    found = finding("letter-part-empty", Place(file="tinh.csv", row=12), part="ten")
    report = Report.of([found])

    assert pickle.loads(pickle.dumps(report)) == report
    assert copy.deepcopy(report) == report
    assert pickle.loads(pickle.dumps(found)).message == found.message


def test_a_report_as_json_has_code_place_values_and_sentences():
    report = Report.of([finding("letter-part-empty", Place(file="tinh.csv", row=12), part="ten")])

    (told,) = json.loads(report.to_json())
    assert told == {
        "code": "letter-part-empty",
        "severity": "error",
        "place": {"file": "tinh.csv", "row": 12},
        "values": {"part": "ten"},
        "message": report.findings[0].message,
        "hint": report.findings[0].hint,
    }
