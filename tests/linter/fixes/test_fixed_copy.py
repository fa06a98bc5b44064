"""Right letters with one fault each are mended in a copy: the fault is gone, and nothing else is otherwise."""

import io
import unicodedata

import broken_letters as broken
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

import congvan
from congvan.errors import FixError
from congvan.linter.fixes.fixed_copy import fix_letter, fixable_codes
from congvan.word.builtin.sample import SAMPLES, sample

LETTERS = list(broken.broken_letters())
every_broken_letter = pytest.mark.parametrize(
    "letter", LETTERS, ids=[f"{letter.sample}, {letter.fault.name}" for letter in LETTERS]
)


def texts(docx):
    """The paragraphs as python-docx reads them, which had no part in mending; empty ones left out."""
    body = Document(io.BytesIO(docx)).element.body
    every = ("".join(text.text or "" for text in each.iter(qn("w:t"))) for each in body.iter(qn("w:p")))
    return [unicodedata.normalize("NFC", text) for text in every if text.strip()]


def changed_lines(fixed):
    """What was said before and after in the changes of text."""
    return {one.values["before"]: one.values["after"] for one in fixed.fixes if one.code in OF_TEXT}


OF_TEXT = {"fix-composed", "fix-number-zero", "fix-date-zeros", "fix-dash", "fix-mark", "fix-words"}


@every_broken_letter
def test_a_fault_is_mended_and_every_other_word_stays(letter):
    fixed = fix_letter(letter.file, "thu.docx", text=letter.fault.is_text)

    assert letter.fault.code in {one.code for one in fixed.before}
    assert letter.fault.code not in {one.code for one in fixed.after}
    assert {one.code for one in fixed.after} <= {one.code for one in fixed.before}
    changed = changed_lines(fixed)
    assert texts(fixed.docx) == [changed.get(text.strip(), text) for text in texts(letter.file)]


@every_broken_letter
def test_tracked_changes_show_the_mended_letter_and_keep_the_old_one(letter):
    if letter.fault.code.endswith("rule-missing"):
        pytest.skip("Word tracks no new paragraph that only holds a line")
    fixed = fix_letter(letter.file, "thu.docx", text=letter.fault.is_text, tracked=True)

    assert letter.fault.code not in {one.code for one in fixed.after}
    assert rejected(fixed.docx) == texts(letter.file)


def rejected(docx):
    """The text when every tracked change of words is rejected."""
    document = Document(io.BytesIO(docx))
    for inserted in list(document.element.body.iter(qn("w:ins"))):
        inserted.getparent().remove(inserted)
    for deleted in document.element.body.iter(qn("w:delText")):
        deleted.tag = qn("w:t")
    target = io.BytesIO()
    document.save(target)
    return texts(target.getvalue())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_right_letter_comes_back_byte_by_byte(name):
    letter = congvan.render_docx(sample(name))
    fixed = fix_letter(letter, "thu.docx", text=True)

    assert (fixed.docx, fixed.fixes) == (letter, ())


def test_words_are_left_alone_unless_they_are_asked_for():
    letter = next(each for each in LETTERS if each.fault.is_text)

    assert fix_letter(letter.file, "thu.docx").docx == letter.file


def test_a_finding_the_office_leaves_is_not_mended():
    letter = next(each for each in LETTERS if each.fault.code == "lint-margins")

    assert fix_letter(letter.file, "thu.docx", leave={"lint-margins"}).docx == letter.file


def test_the_same_letter_is_mended_to_the_same_bytes():
    letter = LETTERS[0].file

    assert fix_letter(letter, "thu.docx").docx == fix_letter(letter, "thu.docx").docx


def test_every_code_that_is_mended_is_a_rule_s():
    from congvan.findings import meaning

    for code in fixable_codes(text=True):
        assert meaning(code)


def with_settings(docx, inside):
    document = Document(io.BytesIO(docx))
    document.settings.element.append(parse_xml(f"<w:{inside}/>".replace(" ", f" {nsdecls('w')} ", 1)))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_protected_letter_is_only_read():
    letter = with_settings(LETTERS[0].file, 'documentProtection w:edit="readOnly" w:enforcement="1"')

    with pytest.raises(FixError, match="khóa"):
        fix_letter(letter, "thu.docx")


def test_a_pdf_is_only_read():
    with pytest.raises(FixError, match="PDF chỉ được đọc"):
        fix_letter(congvan.to_pdf(LETTERS[0].file), "thu.pdf")
