import io

import broken_letters as broken
import pytest
from docx import Document
from docx.oxml.ns import qn

from congvan.linter import lint
from congvan.linter.fixes.comments import commented_copy

LETTER = next(each for each in broken.broken_letters() if each.fault.code == "lint-date-zero").file


@pytest.fixture(scope="module")
def report():
    return lint(LETTER, "thu.docx")


@pytest.fixture(scope="module")
def commented(report):
    return Document(io.BytesIO(commented_copy(LETTER, report, "thu.docx")))


def said(document):
    return [text.text for text in document.element.body.iter(qn("w:t"))]


def test_each_finding_is_a_comment_with_its_code(report, commented):
    assert [comment.text.splitlines()[0] for comment in commented.comments] == [
        f"{one.message} [{one.code}]" for one in report
    ]


def test_a_comment_stands_at_the_very_words(commented):
    body = list(commented.element.body.iter())
    start = next(at for at, each in enumerate(body) if each.tag == qn("w:commentRangeStart"))
    end = next(at for at, each in enumerate(body) if each.tag == qn("w:commentRangeEnd"))

    assert "".join(each.text for each in body[start:end] if each.tag == qn("w:t")) == "5"


def test_the_text_is_the_same(commented):
    assert "".join(said(commented)) == "".join(said(Document(io.BytesIO(LETTER))))


def test_comments_name_no_day_so_that_the_same_findings_are_the_same_bytes(report):
    assert commented_copy(LETTER, report, "thu.docx") == commented_copy(LETTER, report, "thu.docx")
