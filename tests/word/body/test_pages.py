"""Texts on the page: what the embedded engine draws of boxes, notes, links, pictures and landscape pages."""

import io
import re

import pypdf
import pytest
from tests.word.body.test_corpus import PICTURE, PIECES

import congvan
from congvan.errors import TemplateError


def pages(docx):
    """The text of each page, and whether it lies across."""
    reader = pypdf.PdfReader(io.BytesIO(congvan.to_pdf(docx, engine="dxpdf")))
    return [(page.extract_text(), page.mediabox.width > page.mediabox.height) for page in reader.pages]


def words(text):
    return re.findall(r"\w+", text)


def test_boxes_to_tick_are_letters_on_the_page(letter):
    ((text, _),) = pages(congvan.render_docx(letter(noi_dung="☐ Có ☑ Không\n\n- [x] xong")))

    assert [sign for sign in text if sign in "☐☑☒"] == ["☐", "☑", "☑"]
    assert "\u200d" not in text


def test_a_box_in_a_value_is_refused_as_its_font_lacks_it(letter):
    with pytest.raises(TemplateError) as refused:
        congvan.render_docx(letter(noi_dung="☐ {{ dau }}", truong={"dau": "☑"}))

    assert [found.values["signs"] for found in refused.value.report] == ["☑"]


def test_notes_links_and_pictures_stand_on_one_page(letter):
    text = f"Theo số liệu[^1], xem [trang](https://example.vn).\n\n![Sơ đồ]({PICTURE}){{rong=30mm}}\n\n[^1]: Báo cáo {{{{ bao_cao }}}}."
    docx = congvan.render_docx(letter(noi_dung=text, truong={"bao_cao": "12/BC-SYT"}))

    ((shown, _),) = pages(docx)
    links = [
        annotation.get_object()["/A"]["/URI"]
        for annotation in pypdf.PdfReader(io.BytesIO(congvan.to_pdf(docx, engine="dxpdf"))).pages[0]["/Annots"]
    ]

    assert "12/BC-SYT" in shown
    assert "Sơ đồ" in shown
    assert [link.rstrip("/") for link in links] == ["https://example.vn"]


def test_a_table_in_landscape_stands_on_a_page_of_its_own_and_the_pages_count_on(letter):
    text = "Trước.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n{ngang}\n\nSau."

    found = pages(congvan.render_docx(letter(noi_dung=text)))

    assert [across for _, across in found] == [False, True, False]
    assert [words(text)[0] for text, _ in found[1:]] == ["2", "3"]


def test_every_way_of_writing_keeps_its_words_on_the_page(letter):
    """All sound pieces of the reference in one letter, but for notes in tables, which LibreOffice draws."""
    sound = [piece for piece in PIECES if "in" in piece and not re.search(r"\{\{|\{%|\|.*\[\^", piece["viet"])]
    text = "\n\n".join(_with_own_notes(piece["viet"], index) for index, piece in enumerate(sound))

    found = pages(congvan.render_docx(letter(noi_dung=text.replace("HINH", PICTURE))))

    shown = _compact(" ".join(page for page, _ in found))
    missing = [part for piece in sound for part in _parts(piece["in"]) if _compact(part) not in shown]
    assert not missing


def _with_own_notes(text, index):
    return re.sub(r"\[\^(\w+)\]", rf"[^\g<1>-{index}]", text)


def _parts(printed):
    """The lines and cells of the table's right column without its own signs."""
    signs = r"^\[[^\]]*\]|^=== .*|→\S+|\(hình [^)]*\)|đầu bảng|\((?:giữa|phải)\)|×\d|</?u>"
    return re.split(r"\(cước chú \d+\)|[⏎|\n]", re.sub(signs, " ", printed, flags=re.MULTILINE))


def _compact(text):
    """Letters and figures alone: what stands between them depends on who reads the page."""
    return re.sub(r"[\W_]", "", text)


def test_links_print_their_addresses_where_the_letter_wants_them(letter, word_text):
    text = "Xem [trang](https://example.vn/a) hoặc <https://example.vn/b>."

    plain, full = (word_text(congvan.render_docx(letter(noi_dung=text, in_dia_chi=wanted))) for wanted in (False, True))

    assert "Xem trang hoặc https://example.vn/b./." in plain
    assert "Xem trang (https://example.vn/a) hoặc https://example.vn/b./." in full


def test_whole_annexes_are_in_landscape_title_and_all(letter):
    wide = "{kho-ngang}\n\nBảng ngang.\n\n{kho-doc}"
    annexes = [{"tieu_de": f"Số {index}", "noi_dung": text} for index, text in enumerate((wide, "Dọc.", wide), 1)]

    for chosen in (annexes, annexes[:1], annexes[1:], annexes[:2]):
        found = pages(congvan.render_docx(letter(noi_dung="Chính.", phu_luc=chosen)))

        assert [across for _, across in found] == [False, *("ngang" in annex["noi_dung"] for annex in chosen)]
        assert all("Phụ lục" in text for text, _ in found[1:])
