import io
from itertools import islice

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import congvan
from congvan.errors import EngineError, TemplateError, UnreadableFileError
from congvan.inspect.pdf.facts import read_facts
from congvan.pdf import PdfMetadata, to_pdf
from congvan.pdf.bundling import group_documents
from congvan.pdf.convert import convert_group
from congvan.pdf.engines.available import engine
from congvan.pdf.engines.dxpdf.engine import EmbeddedEngine
from congvan.word import render_docx
from congvan.word.builtin.sample import sample

NOTE = f"<w:r {nsdecls('w')}><w:footnoteReference w:id='1'/></w:r>"
FIELD = f"<w:fldSimple {nsdecls('w')} w:instr=' SEQ Bang '><w:r><w:t>1</w:t></w:r></w:fldSimple>"
PAGE_BREAK = "<w:br w:type='page'/>"


def sizes(documents, most=100):
    return [len(group) for group in group_documents(documents, most)]


def to_pdfs(documents, metadata=None, by=None):
    """As :func:`congvan.to_pdfs`, in this process."""
    opened, about = engine(by), None if metadata is None else iter(metadata)
    for group in group_documents(documents, opened.max_letters):
        own = group.about if about is None else list(islice(about, len(group)))
        for letter in convert_group(group, opened, own):
            yield letter.pdf


def edited(docx, change):
    """``docx`` after ``change`` of it as python-docx has it."""
    document = Document(io.BytesIO(docx))
    change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def in_list(document):
    document.paragraphs[-1].style = document.styles["List Number"]


def with_total(document):
    footer = document.sections[0].footer.paragraphs[0]._p
    footer.append(parse_xml(f"<w:fldSimple {nsdecls('w')} w:instr=' NUMPAGES '><w:r><w:t>1</w:t></w:r></w:fldSimple>"))


def wider(document):
    document.sections[0].left_margin = 1_000_000


@pytest.fixture
def conversions(monkeypatch):
    """How many letters each conversion of the embedded engine had."""
    seen, convert = [], EmbeddedEngine.convert

    def counted(self, bundle):
        seen.append(bundle.letters)
        return convert(self, bundle)

    monkeypatch.setattr(EmbeddedEngine, "convert", counted)
    return seen


@pytest.fixture
def letters(letter, docx_of):
    def build(count, **varied):
        return [docx_of(letter(name=f"Thôn số {number}", **varied)) for number in range(count)]

    return build


def test_documents_of_one_template_are_one_group(letters):
    assert sizes(letters(7)) == [7]


def test_a_group_has_at_most_so_many(letters):
    assert sizes(letters(7), 3) == [3, 3, 1]


def test_documents_are_read_as_they_are_asked_for(letters):
    one, two = letters(2)

    def endless():
        yield one
        yield two
        raise AssertionError("read too early")

    assert len(next(group_documents(endless(), 2))) == 2


@pytest.mark.parametrize(
    "varied",
    [{"xml": (NOTE,)}, {"xml": (FIELD,)}, {"texts": ("chữ " * 30_000,)}],
    ids=["a note", "a field", "a very long text"],
)
def test_a_document_that_counts_or_is_large_is_converted_alone(letters, varied):
    assert sizes(letters(2, **varied)) == [1, 1]


@pytest.mark.parametrize("change", [in_list, with_total], ids=["a numbered list", "a page total"])
def test_numbers_that_run_through_a_file_keep_documents_alone(letters, change):
    assert sizes([edited(docx, change) for docx in letters(2)]) == [1, 1]


def test_documents_with_other_margins_are_groups_of_their_own(letters):
    one, two, three, four = letters(4)

    assert sizes([one, edited(two, wider), edited(three, wider), four]) == [1, 2, 1]


def test_a_document_that_ends_in_a_text_box_is_converted_alone(letters, changed):
    box = "<w:p><w:r><w:t>x</w:t></w:r><w:r><w:txbxContent><w:p><w:r/></w:p></w:txbxContent></w:r></w:p>"
    documents = [changed(docx, r"(<w:sectPr)", rf"{box}\1") for docx in letters(2)]

    assert sizes(documents) == [1, 1]


@pytest.mark.parametrize(
    "first", ["<w:p/>", "<w:p><w:pPr/></w:p>", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>"]
)
def test_a_document_that_begins_without_visible_text_is_converted_alone(letters, changed, first):
    assert sizes([changed(docx, "<w:body>", f"<w:body>{first}") for docx in letters(2)]) == [1, 1]


@pytest.mark.parametrize("varied", [{}, {"paragraphs": 18}, {"link": "https://evn.example"}, {"rule": (400, 500)}])
def test_each_pdf_is_the_same_as_of_the_document_alone(letters, varied, conversions):
    documents = letters(5, **varied)
    together = list(to_pdfs(documents))

    assert conversions == [5]
    assert together == [to_pdf(docx) for docx in documents]


def test_a_page_break_and_several_lengths_leave_every_page_where_it_belongs(letter, docx_of):
    lengths = (1, 18, 3, 12, 1)
    documents = [docx_of(letter(name=f"Xã {count}", paragraphs=count), counting=False) for count in lengths]

    assert list(to_pdfs(documents)) == [to_pdf(docx) for docx in documents]


@pytest.mark.parametrize("name", ["cong-van", "thong-bao", "quyet-dinh", "ke-hoach"])
def test_built_in_letters_are_the_same_together_and_alone(name, conversions):
    documents = [render_docx(sample(name).with_parts(so=number)) for number in range(1, 5)]
    together = list(to_pdfs(documents))

    assert sum(conversions) == 4
    assert together == [to_pdf(docx) for docx in documents]


def test_three_hundred_letters_of_one_template_are_three_conversions(conversions):
    letter = sample("cong-van")
    documents = (render_docx(letter.with_parts(so=number)) for number in range(1, 301))
    pdfs = list(to_pdfs(documents))

    assert conversions == [100, 100, 100]
    assert [f"Số: {number:02}/" in read_facts(pdf).text for number, pdf in enumerate(pdfs[:3], 1)] == [True] * 3
    assert len(pdfs) == 300


def test_unlike_documents_stay_in_order(letters):
    documents = [letters(1)[0], render_docx(sample("thong-bao")), *letters(2), render_docx(sample("cong-van"))]

    assert list(to_pdfs(documents)) == [to_pdf(docx) for docx in documents]


def test_each_document_has_its_own_title(letters):
    about = [PdfMetadata("một"), PdfMetadata("hai"), PdfMetadata("ba")]

    assert [read_facts(pdf).title for pdf in to_pdfs(letters(3), metadata=about)] == ["một", "hai", "ba"]


def test_an_error_names_the_document_and_those_before_it_are_there(letters, docx_of, letter):
    one, two, four = letters(3)
    documents = [one, two, docx_of(letter(name="Ông 文")), four]
    pdfs = to_pdfs(documents)
    done = list(islice(pdfs, 2))
    with pytest.raises(EngineError, match=r"thứ 3|document 3") as refused:
        next(pdfs)

    assert "U+6587" in str(refused.value)
    assert done == [to_pdf(one), to_pdf(two)]


@pytest.mark.parametrize("strange", [b"%PDF-1.7", b""])
def test_what_is_no_word_document_is_named_by_its_number(letters, strange):
    pdfs = to_pdfs([*letters(2), strange])

    assert len(list(islice(pdfs, 2))) == 2
    with pytest.raises((UnreadableFileError, TemplateError), match=r"thứ 3|document 3"):
        next(pdfs)


def test_a_font_the_template_does_not_have_is_found_in_one_letter_of_many(letters, letter, docx_of):
    documents = [*letters(2), docx_of(letter(texts=("chữ lạ",), font="Arial"))]
    with pytest.raises(EngineError, match=r"(thứ 3|document 3).*Arial"):
        list(to_pdfs(documents))


def test_the_default_engine_bundles_as_many_as_it_says(letters, conversions):
    list(to_pdfs(letters(3)))

    assert conversions == [min(3, engine().max_letters)]
    assert congvan.to_pdf is to_pdf
