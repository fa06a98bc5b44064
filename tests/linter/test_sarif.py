"""SARIF of the linter and of lists, against the schema of the standard."""

import json
from pathlib import Path

import jsonschema
from tests.linter.faults import right_pdf
from tests.linter.word_changes import changed, words

import congvan
from congvan.findings import Place, finding
from congvan.linter.sarif import sarif

SCHEMA = json.loads((Path(__file__).parents[1] / "support" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))


def validated(text):
    document = json.loads(text)
    jsonschema.validate(document, SCHEMA)
    return document["runs"][0]


def test_findings_of_a_letter_are_sarif_with_their_places():
    from tests.linter.faults import right

    report = congvan.lint(changed(right("cv"), words("05/PCTH", "5/PCTH")), "công văn.docx")
    run = validated(sarif(report))
    (result,) = run["results"]

    assert result["ruleId"] == "lint-number-zero"
    assert result["level"] == "error"
    assert result["properties"]["marked"] == [4, 5]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "c%C3%B4ng%20v%C4%83n.docx"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["lint-number-zero"]


def test_rows_of_a_list_are_lines_and_hints_are_notes():
    row = finding("recipients-value-missing", Place(file="thon.csv", row=7, column="ho_ten"))
    hint = finding("lint-double-space", Place(file="a.docx"), count=2)
    run = validated(sarif([row, hint]))

    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 7
    assert [result["level"] for result in run["results"]] == ["error", "note"]


def test_what_an_office_leaves_is_a_suppressed_result_with_its_reason():
    left = finding("lint-kept-copy", Place(file="004.docx"))
    run = validated(sarif([], [(left, "theo bản gốc")]))

    assert run["results"][0]["suppressions"] == [{"kind": "external", "justification": "theo bản gốc"}]


def test_a_letter_without_findings_is_a_run_without_results():
    assert validated(sarif(congvan.lint(right_pdf("cv"))))["results"] == []


def test_two_hundred_rows_are_one_valid_document():
    rows = [finding("recipients-value-missing", Place(file="thon.csv", row=row)) for row in range(2, 202)]

    assert len(validated(sarif(rows))["results"]) == 200
