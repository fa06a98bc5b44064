"""The text of table rows that is nowhere on a letter's pages is missed, wherever the rest of it stands."""

import pytest

from congvan.errors import EngineError
from congvan.pdf.engine import Bundle
from congvan.pdf.engines.dxpdf import engine as engines
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.paragraphs import LetterText, Paragraph, match_key
from congvan.pdf.split.bundle_splitter import split_bundle
from congvan.pdf.split.lost_text import DrawnPage, find_lost_text
from congvan.pdf.split.text_rewriting import Line, LineRewriter
from congvan.word import render_docx
from congvan.word.builtin.sample import sample


class Words(LineRewriter):
    """Lines of pages written as ``height:word word``, one below the other."""

    def __missing__(self, source):
        height, words = source.decode().split(":")
        return Line(source, match_key(words), float(height), ())

    def lines_in(self, content):
        return content.splitlines()

    def words(self, source):
        return [(word.encode(), match_key(word)) for word in source.decode().split(":")[1].split()]


def page(*lines):
    return DrawnPage("\n".join(lines).encode(), Words(), 842.0)


def letter_text(*texts, in_row=True):
    return LetterText(tuple(Paragraph("P", match_key(text), in_row=in_row) for text in texts), 57, 785)


def test_nothing_is_missed_where_all_is_printed():
    assert find_lost_text(letter_text("Thôn 1", "Thôn 2"), [page("70:Thôn 1 Thôn 2")]) is None


def test_what_is_drawn_past_the_end_of_the_page_is_missed():
    assert find_lost_text(letter_text("Thôn 1", "Thôn 2"), [page("70:Thôn 1", "850:Thôn 2")]) == "thôn2"


def test_a_paragraph_that_breaks_off_is_missed_from_there():
    long = " ".join(f"việc {number};" for number in range(100))
    drawn = " ".join(f"việc {number};" for number in range(60))

    assert find_lost_text(letter_text(long), [page(f"70:{drawn}")]).startswith("việc60;việc61;")


def test_a_text_is_asked_for_as_often_as_the_letter_says_it():
    assert find_lost_text(letter_text("Như trên", "Như trên"), [page("70:Như trên")]) == "nhưtrên"
    assert find_lost_text(letter_text("Như trên", "Như trên"), [page("70:Như trên", "90:Như trên")]) is None


def test_part_of_a_longer_word_is_not_taken_for_the_word():
    assert find_lost_text(letter_text("Thôn 1", "Thôn 10"), [page("70:Thôn 10")]) == "thôn1"


def test_a_paragraph_that_goes_on_overleaf_beside_others_is_found():
    pages = [page("70:Giao Sở Tài", "70:Xong trước tháng", "30:2"), page("70:chính cấp", "70:sáu")]

    assert find_lost_text(letter_text("Giao Sở Tài chính cấp", "Xong trước tháng sáu"), pages) is None


def test_a_word_that_another_cell_has_too_does_not_lead_astray():
    pages = [page("70:xã a", "70:a", "90:an")]

    assert find_lost_text(letter_text("xã an", "a a"), pages) is None


def test_text_outside_tables_is_not_asked_for_yet():
    assert find_lost_text(letter_text("Ghi chú", in_row=False), [page("70:Thôn 1")]) is None


def test_a_letter_that_lost_words_is_refused_before_it_is_a_file(embedded, monkeypatch):
    monkeypatch.setattr(engines, "find_tall_rows", lambda _document: None)
    units = [f"Đơn vị thứ {number}" for number in range(1, 100)]
    docx = render_docx(sample("cong-van", noi_nhan=["Như trên", *units, "Lưu: VT"]))
    converted = embedded.convert(Bundle(docx))

    with pytest.raises(EngineError, match=r"-đơnvịthứ\d+;.*pdf-lost-words"):
        split_bundle(converted, [PdfMetadata("")])
