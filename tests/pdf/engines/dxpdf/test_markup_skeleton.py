import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.errors import EngineError
from congvan.pdf.engine import Bundle
from congvan.pdf.engines.dxpdf.markup_skeleton import split_markup
from congvan.pdf.engines.dxpdf.preparation import DOCUMENT, prepare
from congvan.pdf.engines.dxpdf.prepared_bundle import prepare_bundle

SPACE = 'xml:space="preserve"'


def parts_of(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def prepared_whole(bundle):
    """The bundle as it is prepared where no markup can be taken of it."""
    return prepare(parts_of(bundle.docx), bundle.bookmarks, bundle.letters)


def assert_same(one, other):
    assert one.document == other.document
    assert one.letter_texts == other.letter_texts
    assert one.parts == other.parts
    assert set(one.text) == set(other.text)
    assert one.unsupported == other.unsupported


def test_a_bundle_by_forms_is_what_it_is_as_a_whole(letter, bundle_of):
    bundle = bundle_of([letter(name=f"Bà Triệu Thị {name} <&> 3197/UBND-CN", paragraphs=2) for name in "AỶBC"])

    assert split_markup(parts_of(bundle.docx)[DOCUMENT].decode(), bundle.bookmarks) is not None
    assert_same(prepare_bundle(bundle), prepared_whole(bundle))


def test_letters_of_several_skeletons_keep_their_places(letter, bundle_of):
    bundle = bundle_of([letter(name=f"Thôn {number}", paragraphs=1 + number % 3) for number in range(8)])
    markup = split_markup(parts_of(bundle.docx)[DOCUMENT].decode(), bundle.bookmarks)

    assert [one.skeleton for one in markup.letters] == [0, 1, 2, 3, 1, 2, 3, 4]
    assert_same(prepare_bundle(bundle), prepared_whole(bundle))


RUNS = st.lists(
    st.tuples(st.sampled_from(["", "<w:rPr><w:caps/></w:rPr>"]), st.text("aế/ -\u2011&<", max_size=6)), max_size=4
)


@given(st.lists(RUNS, min_size=2, max_size=4))
def test_runs_are_filled_into_forms_as_they_are_put_into_a_letter_alone(letters):
    def paragraph(runs, inner=""):
        texts = (text.replace("&", "&amp;").replace("<", "&lt;") for _, text in runs)
        written = (f"<w:r>{look}<w:t {SPACE}>{text}</w:t></w:r>" for (look, _), text in zip(runs, texts, strict=True))
        return f"<w:p>{inner}{''.join(written)}</w:p>"

    def letter(number, runs):
        mark = f'<w:bookmarkStart w:id="{number}" w:name="b{number}"/><w:bookmarkEnd w:id="{number}"/>'
        last = "" if number == len(letters) - 1 else "<w:p><w:pPr><w:sectPr><w:cols/></w:sectPr></w:pPr></w:p>"
        return paragraph([("", "Kính gửi: "), *runs], mark) + paragraph(runs) + last

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(letter(number, runs) for number, runs in enumerate(letters))
    parts = {
        DOCUMENT: f"<w:document {space}><w:body>{body}<w:sectPr/></w:body></w:document>".encode(),
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    bundle = Bundle(target.getvalue(), tuple(f"b{number}" for number in range(len(letters))))

    assert split_markup(parts[DOCUMENT].decode(), bundle.bookmarks) is not None
    assert_same(prepare_bundle(bundle), prepared_whole(bundle))


@pytest.mark.parametrize(
    "strange", ["<w:noBreakHyphen/>", "<w:t><![CDATA[a]]></w:t>", "<w:t>\ue000t0\ue001</w:t>", "<!-- a -->"]
)
def test_no_forms_are_taken_of_text_that_may_be_mistaken(letter, bundle_of, strange):
    bundle = bundle_of([letter(), letter()])
    document = parts_of(bundle.docx)[DOCUMENT].decode()
    changed = document.replace("<w:t>", f"{strange}<w:t>").replace("<w:t ", f"{strange}<w:t ")

    assert split_markup(document, bundle.bookmarks) is not None
    assert split_markup(changed, bundle.bookmarks) is None


def test_no_forms_are_taken_where_letters_cannot_be_told_apart(letter, bundle_of):
    document = parts_of(bundle_of([letter(), letter()]).docx)[DOCUMENT].decode()

    assert split_markup(document, ("congvan_0", "elsewhere")) is None
    assert split_markup(document.replace("w:sectPr", "w:other"), ("congvan_0", "congvan_1")) is None


def test_a_character_the_font_lacks_is_found_in_any_letter(letter, bundle_of):
    bundle = bundle_of([letter(name="A"), letter(name="B 文"), letter(name="C")])

    assert [found.code for found in prepare_bundle(bundle).report] == ["pdf-uncovered"]


def test_a_text_that_is_no_xml_is_an_engine_error(letter, bundle_of):
    bundle = bundle_of([letter(name="A"), letter(name="B")])
    markup = split_markup(parts_of(bundle.docx)[DOCUMENT].decode().replace(" A<", " &a;<", 1), bundle.bookmarks)

    assert any("&a;" in text for text in markup.letters[0].texts)
    with pytest.raises(EngineError, match="not a Word document"):
        markup.filled(markup.document)
