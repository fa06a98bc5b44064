import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from congvan.errors import EngineError
from congvan.inspect.pdf.facts import read_facts
from congvan.pdf.convert import convert_one
from congvan.pdf.engine import Bundle
from congvan.pdf.engines.available import engine
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.split.bundle_splitter import split_bundle


@pytest.fixture
def refusal(letter, docx_of, embedded):
    """Why the engine refuses a letter."""

    def convert(**varied):
        with pytest.raises(EngineError) as refused:
            convert_one(docx_of(letter(**varied)), embedded)
        return refused.value.reason

    return convert


@pytest.fixture
def text_of(letter, docx_of, embedded):
    def convert(**varied):
        return read_facts(convert_one(docx_of(letter(**varied)), embedded).pdf).text

    return convert


def test_letters_of_different_lengths_get_their_own_pages(letter, bundle_of, embedded):
    letters = [letter(name=f"Thôn số {number}", paragraphs=count) for number, count in enumerate((2, 18, 5, 1))]
    converted = embedded.convert(bundle_of(letters))
    parts = split_bundle(converted, [PdfMetadata(one.name) for one in letters])

    assert [part.pages for part in parts] == [1, 3, 1, 1]
    assert converted.page_count == 6
    for one, part in zip(letters, parts, strict=True):
        pages = read_facts(part.pdf).pages
        assert f"Kính gửi: {one.name}" in pages[0].text
        assert f"{one.paragraphs}. Thực hiện" in pages[-1].text
        assert len(pages) == part.pages


def test_each_letter_counts_its_pages_from_one_and_hides_the_first_number(letter, bundle_of, embedded):
    letters = [letter(paragraphs=18), letter(paragraphs=18)]
    parts = split_bundle(embedded.convert(bundle_of(letters)), [PdfMetadata("a"), PdfMetadata("b")])

    for part in parts:
        first, second, third = read_facts(part.pdf).pages
        assert second.text.splitlines()[0] == "2"
        assert third.text.splitlines()[0] == "3"
        assert first.text.splitlines()[0] != "1"


def test_a_letter_alone_counts_its_pages_from_one_whatever_its_template_says(letter, docx_of, embedded):
    alone = docx_of(letter(paragraphs=18), counting=False)

    assert read_facts(convert_one(alone, embedded).pdf).pages[1].text.splitlines()[0] == "2"


def test_a_letter_with_unusual_characters_leaves_the_others_as_they_are(letter, bundle_of, embedded, docx_of):
    names = ("Ông Иван Петров", "Ông Lê Văn An", "Bà Ωmega", "Bà Đỗ Thị Ỷ")
    letters = [letter(name=name) for name in names]
    parts = split_bundle(embedded.convert(bundle_of(letters)), [PdfMetadata(name) for name in names])

    for one, part in zip(letters, parts, strict=True):
        assert f"Kính gửi: {one.name}" in read_facts(part.pdf).text
        assert convert_one(docx_of(one), embedded, PdfMetadata(one.name)) == part


def test_an_unusual_letter_at_the_end_of_a_bundle_keeps_its_place(letter, bundle_of, embedded):
    letters = [letter(name="Lê", paragraphs=18), letter(name="Иван", paragraphs=12), letter(name="Mai", paragraphs=2)]
    letters = [*letters, letter(name="Пётр")]
    converted = embedded.convert(bundle_of(letters))

    assert converted.first_pages == (0, 3, 5, 6)
    assert converted.page_count == 7


@pytest.mark.parametrize("filler", range(0, 24, 3))
def test_a_symbol_with_a_slash_is_never_cut_at_the_line_end(text_of, filler):
    line = f"tại Công văn của Phó Chủ tịch UBND tỉnh {'x' * filler} số 3197/UBND-CN và 12/QĐ-BCĐ ngày 15/3/2021"
    text = text_of(head=False, paragraphs=0, texts=(line,))

    assert not [row for row in text.splitlines() if row.strip().endswith("/")]
    assert "3197/UBND-" in text
    assert "\u200d" not in text


def test_a_symbol_in_several_runs_stays_whole(text_of):
    text = text_of(pieces=("Công văn số 3197/", "UBND", "-CN/", "a"))

    assert "Công văn số 3197/UBND-CN/a" in text


def test_a_non_breaking_hyphen_reads_as_a_hyphen(text_of):
    soft = f"<w:r {nsdecls('w')}><w:t>EVN</w:t><w:noBreakHyphen/><w:t>NPC</w:t></w:r>"
    text = text_of(texts=("Số 465/PCTH\u2011KD",), xml=(soft,))

    assert "465/PCTH-KD" in text
    assert "EVN-NPC" in text


def test_a_name_with_markup_signs_arrives_whole(text_of):
    assert 'Kính gửi: Nguyễn <Văn> & "Đào"' in text_of(name='Nguyễn <Văn> & "Đào"')


def test_names_in_the_letters_of_the_highlands_arrive_whole(text_of):
    assert "Kính gửi: Y Ƀiă Êban, buôn Čư Êbur, H'Ñoč, k\u01b0\u0306ng" in text_of(
        name="Y Ƀiă Êban, buôn Čư Êbur, H'Ñoč, k\u01b0\u0306ng"
    )


def test_a_character_the_font_lacks_is_refused_by_name(refusal):
    reason = refusal(name="Ông 王 và 文")

    assert "文 (U+6587), 王 (U+738B)" in reason
    assert "pdf-uncovered" in reason


def test_an_invisible_character_the_font_lacks_is_refused_by_name(refusal):
    assert "WORD JOINER (U+2060)" in refusal(name="Ông\u2060A")


def test_a_drawn_line_the_engine_would_leave_out_is_refused(refusal):
    line = f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:line from="0,0" to="9,0"/></w:pict></w:r>'
    reason = refusal(xml=(line,))

    assert "VML" in reason
    assert "pdf-undrawable" in reason


def test_a_long_web_address_is_not_refused(text_of):
    address = "https://dichvucong.example/" + "/".join(["thu-tuc-hanh-chinh"] * 8)
    text = text_of(texts=(address,))

    assert address in text.replace("\n", "")


def test_what_is_no_word_document_is_refused(embedded):
    with pytest.raises(EngineError, match="not a Word document"):
        convert_one(b"%PDF-1.7", embedded)


def test_the_engine_says_its_version():
    assert engine("dxpdf").version.count(".") == 2


def footer_with(document, *fields):
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run("trang ")
    for field in fields:
        footer._p.append(
            parse_xml(f"<w:fldSimple {nsdecls('w')} w:instr=' {field} '><w:r><w:t>9</w:t></w:r></w:fldSimple>")
        )
        footer.add_run(" tổng ")


def test_a_letter_that_says_how_many_pages_it_has_is_counted_alone(letter, docx_of, bundle_of, embedded):
    def counted(docx):
        document = Document(io.BytesIO(docx))
        footer_with(document, "PAGE", "NUMPAGES", "SECTIONPAGES")
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()

    pages = read_facts(convert_one(counted(docx_of(letter(paragraphs=18))), embedded).pdf).pages
    assert ["trang 2 tổng 3 tổng 3" in page.text for page in pages] == [False, True, False]

    source = bundle_of([letter(), letter()])
    with pytest.raises(EngineError, match="converted alone"):
        embedded.convert(Bundle(counted(source.docx), source.bookmarks))
