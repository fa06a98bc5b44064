"""Right letters with one fault each, made with python-docx as a hand in Word would make it."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

import congvan
from congvan.word.builtin.sample import sample

Doc = Any


@dataclass(frozen=True)
class Fault:
    """One fault: its name, the code of its finding, how it is made, and whether mending it changes words."""

    name: str
    code: str
    make: Callable[[Doc], None]
    is_text: bool = False
    letters: tuple[str, ...] = ("cong-van", "thong-bao", "quyet-dinh")


@dataclass(frozen=True)
class BrokenLetter:
    """A letter of a sample with one fault."""

    sample: str
    fault: Fault

    @property
    def file(self) -> bytes:
        return _broken(self)


@cache
def _broken(letter: BrokenLetter) -> bytes:
    document = Document(io.BytesIO(congvan.render_docx(sample(letter.sample))))
    letter.fault.make(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def paragraphs(document: Doc, style: str) -> list[Any]:
    """The paragraphs of a style that say something, in the body and in tables, in order."""
    from docx.text.paragraph import Paragraph

    every = (Paragraph(element, document) for element in document.element.body.iter(qn("w:p")))
    return [each for each in every if each.style.name == style and each.text.strip()]


def replace(document: Doc, old: str, new: str) -> None:
    """Another text where ``old`` stands first, whichever runs hold it."""
    for element in document.element.body.iter(qn("w:t")):
        if old in (element.text or ""):
            element.text = element.text.replace(old, new, 1)
            return
    raise AssertionError(f"the letter does not say {old!r}")


def in_style(name: str, change: Callable[[Any], None]) -> Callable[[Doc], None]:
    """Change every run of the paragraphs of a style."""

    def make(document: Doc) -> None:
        found = paragraphs(document, name)
        assert found, f"no paragraph of {name}"
        for paragraph in found:
            for run in paragraph.runs:
                change(run)

    return make


def margin(side: str, width: float) -> Callable[[Doc], None]:
    def make(document: Doc) -> None:
        for section in document.sections:
            setattr(section, f"{side}_margin", Mm(width))

    return make


def paper(document: Doc) -> None:
    for section in document.sections:
        section.page_width, section.page_height = Mm(216), Mm(279)


def size(points: float) -> Callable[[Any], None]:
    return lambda run: setattr(run.font, "size", Pt(points))


def bold(on: bool) -> Callable[[Any], None]:
    return lambda run: setattr(run, "bold", on)


def italic(on: bool) -> Callable[[Any], None]:
    return lambda run: setattr(run, "italic", on)


def arial(run: Any) -> None:
    run.font.name = "Arial"


def red(run: Any) -> None:
    run.font.color.rgb = RGBColor(0xC0, 0, 0)


def form(**values: Any) -> Callable[[Doc], None]:
    def make(document: Doc) -> None:
        for paragraph in paragraphs(document, BODY):
            for name, value in values.items():
                setattr(paragraph.paragraph_format, name, value)

    return make


def without_rule(style: str) -> Callable[[Doc], None]:
    """Take the line below a name away, with its paragraph."""

    def make(document: Doc) -> None:
        for element in list(document.element.body.iter(qn("w:p"))):
            named = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if named is not None and named.get(qn("w:val")) == style:
                element.getparent().remove(element)

    return make


def decomposed(document: Doc) -> None:
    for element in document.element.body.iter(qn("w:t")):
        element.text = unicodedata.normalize("NFD", element.text or "")


def number_without_zero(document: Doc) -> None:
    number = paragraphs(document, "Số, ký hiệu")[0]
    before = number.text
    digits = before.split(":")[1].split("/")[0].strip()
    for run in number.runs:
        run.text = ""
    number.runs[0].text = before.replace(digits, "5", 1)


def date(day: str, month: str) -> Callable[[Doc], None]:
    def make(document: Doc) -> None:
        place = paragraphs(document, "Địa danh, ngày tháng")[0]
        name, year = place.text.split(",")[0], place.text.split()[-1]
        for run in place.runs:
            run.text = ""
        place.runs[0].text = f"{name}, ngày {day} tháng {month} năm {year}"

    return make


def recipient(change: Callable[[str], str], which: int = 0) -> Callable[[Doc], None]:
    def make(document: Doc) -> None:
        listed = paragraphs(document, "Nơi nhận")[which]
        text = listed.text
        for run in listed.runs:
            run.text = ""
        listed.runs[0].text = change(text)

    return make


def words(style: str, change: Callable[[str], str], which: int = 0) -> Callable[[Doc], None]:
    def make(document: Doc) -> None:
        paragraph = paragraphs(document, style)[which]
        text = paragraph.text
        for run in paragraph.runs:
            run.text = ""
        paragraph.runs[0].text = change(text)

    return make


BODY = "Nội dung"
TEXTS = ("cong-van", "to-trinh", "bao-cao")
NAMED = ("thong-bao", "quyet-dinh")
FAULTS = (
    Fault("paper of another size", "lint-paper", paper),
    Fault("a narrow left margin", "lint-margins", margin("left", 20)),
    Fault("a wide right margin", "lint-margins", margin("right", 30)),
    Fault("a wide upper margin", "lint-margins", margin("top", 30)),
    Fault("a narrow lower margin", "lint-margins", margin("bottom", 10)),
    Fault("text in Arial", "lint-face", in_style(BODY, arial), letters=TEXTS),
    Fault("text too small", "lint-size", in_style(BODY, size(11)), letters=TEXTS),
    Fault("a number too large", "lint-size", in_style("Số, ký hiệu", size(15))),
    Fault("recipients too large", "lint-size", in_style("Nơi nhận", size(13))),
    Fault("a quốc hiệu not bold", "lint-not-bold", in_style("Quốc hiệu", bold(False))),
    Fault("a signer not bold", "lint-not-bold", in_style("Họ tên người ký", bold(False))),
    Fault("a bold number", "lint-bold", in_style("Số, ký hiệu", bold(True))),
    Fault("an upright date", "lint-not-italic", in_style("Địa danh, ngày tháng", italic(False))),
    Fault("an italic issuer", "lint-italic", in_style("Cơ quan ban hành", italic(True))),
    Fault("red text", "lint-colour", in_style(BODY, red)),
    Fault("ragged text", "lint-justified", form(alignment=WD_ALIGN_PARAGRAPH.LEFT), letters=TEXTS[:2]),
    Fault("a deep first line", "lint-first-line", form(first_line_indent=Mm(18)), letters=TEXTS[:2]),
    Fault("double spacing", "lint-line-spacing", form(line_spacing=2.0), letters=TEXTS),
    Fault(
        "paragraphs without space between",
        "lint-paragraph-gap",
        form(space_before=Pt(0), space_after=Pt(0)),
        letters=TEXTS[:2],
    ),
    Fault("letters and marks apart", "lint-decomposed", decomposed),
    Fault("a number without its zero", "lint-number-zero", number_without_zero),
    Fault("a day without its zero", "lint-date-zero", date("5", "4")),
    Fault("a month with a zero too many", "lint-date-zero", date("15", "04")),
    Fault("a month without its zero", "lint-date-zero", date("15", "1")),
    Fault("a recipient without its dash", "lint-recipients-dash", recipient(lambda text: text.removeprefix("- "))),
    Fault("a recipient with another mark", "lint-recipients-mark", recipient(lambda text: text.replace(";", ","))),
    Fault(
        "a last recipient without full stop",
        "lint-recipients-mark",
        recipient(lambda text: text.rstrip("."), -1),
        letters=NAMED,
    ),
    Fault("a line under the tiêu ngữ missing", "lint-motto-rule-missing", without_rule("KeDuoiTieuNgu")),
    Fault("a line under the issuer missing", "lint-issuer-rule-missing", without_rule("KeDuoiCoQuan")),
    Fault(
        "a tiêu ngữ with long dashes",
        "lint-motto",
        words("Tiêu ngữ", lambda text: text.replace("-", "–")),
        is_text=True,
    ),
    Fault(
        "a subject that begins with v/v",
        "lint-subject-about",
        words("Trích yếu công văn", lambda text: text.replace("V/v", "v/v:")),
        is_text=True,
        letters=("cong-van",),
    ),
    Fault(
        "two spaces between words",
        "lint-double-space",
        words(BODY, lambda text: text.replace(" ", "  ", 2)),
        is_text=True,
        letters=("cong-van", "thong-bao"),
    ),
)


def broken_letters() -> Iterator[BrokenLetter]:
    """Every fault in every letter it can be made in."""
    for fault in FAULTS:
        yield from (BrokenLetter(name, fault) for name in fault.letters)
