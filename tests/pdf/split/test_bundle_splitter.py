import io
import re
import unicodedata
from datetime import date

import pikepdf
import pypdf
import pytest

from congvan.errors import EngineError
from congvan.inspect.pdf.facts import read_facts
from congvan.pdf.convert import convert_one
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.split.bundle_splitter import split_bundle

NAMES = (
    "Ông Quách Xuân Khoát, Trưởng thôn Vĩnh Ninh 1",
    "Bà Triệu Thị Ngọc Ỷ, Trưởng thôn Đồng Ải",
    'Ông Nguyễn <Văn> & "Đào", Trưởng thôn Gò Mu',
    "Bà Lò Thị Hặc, Trưởng bản Piềng Phố",
)


def marks(names):
    return [PdfMetadata(title=f"Về việc gửi {name}", author="Công ty Điện lực Thanh Hóa") for name in names]


@pytest.fixture
def cut_letters(letter, bundle_of, embedded):
    def build(names, **varied):
        bundle = bundle_of([letter(name=name, **varied) for name in names])
        return [part.pdf for part in split_bundle(embedded.convert(bundle), marks(names))]

    return build


def test_a_cut_letter_equals_the_same_letter_converted_alone(letter, docx_of, cut_letters, embedded):
    together = cut_letters(NAMES)

    for name, own, pdf in zip(NAMES, marks(NAMES), together, strict=True):
        assert convert_one(docx_of(letter(name=name)), embedded, own).pdf == pdf


def test_changing_one_name_changes_one_file_only(cut_letters):
    before = cut_letters(NAMES)
    after = cut_letters((*NAMES[:2], "Ông Phạm Văn Ữ, Trưởng thôn Yên Ổn", *NAMES[3:]))

    assert [old == new for old, new in zip(before, after, strict=True)] == [True, True, False, True]


def test_the_same_bundle_gives_the_same_bytes(cut_letters):
    assert cut_letters(NAMES) == cut_letters(NAMES)


def test_a_letter_holds_its_own_addressee(cut_letters):
    for name, pdf in zip(NAMES, cut_letters(NAMES), strict=True):
        assert f"Kính gửi: {name}" in read_facts(pdf).text


def test_a_letter_holds_no_other_recipients_data(cut_letters, everything_in):
    pdfs = cut_letters(NAMES)

    for own, pdf in zip(NAMES, pdfs, strict=True):
        text, content = read_facts(pdf).text, everything_in(pdf)
        for other in set(NAMES) - {own}:
            for word in re.findall(r"\w{4,}", other):
                if word in own or word == "Trưởng":
                    continue
                assert word not in text
                assert not any(word.encode(form) in content for form in ("utf-8", "utf-16-be", "utf-16-le"))


def test_a_search_for_other_peoples_data_would_find_it(cut_letters, everything_in):
    pdf = cut_letters(NAMES)[0]

    assert "Khoát".encode("utf-16-be") in everything_in(pdf)


def test_a_letters_text_holds_only_glyphs_of_its_own(cut_letters):
    pdf = cut_letters(("Ông An", "Ông Ỷ Ẫ Ữ Ặ"))[0]

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        maps = [font.ToUnicode.read_bytes() for font in opened.pages[0].Resources.Font.values()]
    assert not any(f"<{ord(letter):04X}>".encode() in one for letter in "ỶẪỮ" for one in maps)


def test_text_arrives_whole_and_in_composed_form(cut_letters):
    said = unicodedata.normalize("NFD", "Bà Nguyễn Thị Quỳnh, thôn Đoàn Kết")
    text = pypdf.PdfReader(io.BytesIO(cut_letters([said])[0])).pages[0].extract_text()

    assert f"Kính gửi: {unicodedata.normalize('NFC', said)}" in text
    assert unicodedata.is_normalized("NFC", text)


def test_a_composed_letter_looks_the_same_however_it_was_typed(letter, docx_of, embedded):
    name = "Bà Nguyễn Thị Quỳnh, thôn Đoàn Kết"
    typed = [unicodedata.normalize(form, name) for form in ("NFC", "NFD")]
    composed, decomposed = (convert_one(docx_of(letter(name=each)), embedded) for each in typed)

    assert composed == decomposed


def test_only_the_pinned_font_is_inside_and_all_of_it_is_embedded(cut_letters):
    for pdf in cut_letters(NAMES):
        fonts = read_facts(pdf).fonts
        assert {font.name for font in fonts} == {
            "LiberationSerif",
            "LiberationSerif-Bold",
            "LiberationSerif-Italic",
            "LiberationSerif-BoldItalic",
        }
        assert all(font.embedded for font in fonts)


def test_a_face_the_letter_does_not_use_is_left_out(letter, bundle_of, embedded):
    plain, full = split_bundle(embedded.convert(bundle_of([letter(head=False), letter()])), marks(["a", "b"]))

    assert [font.name for font in read_facts(plain.pdf).fonts] == ["LiberationSerif"]
    assert len(plain.pdf) < len(full.pdf)


def test_a_cut_letter_is_small(cut_letters):
    assert all(len(pdf) < 60_000 for pdf in cut_letters(NAMES))


def test_the_page_is_a4(cut_letters):
    page = read_facts(cut_letters(NAMES)[0]).pages[0]

    assert (page.width_mm, page.height_mm) == (pytest.approx(210, abs=0.01), pytest.approx(297, abs=0.01))


def test_a_letter_says_its_own_title_subject_author_language_and_date(letter, bundle_of, embedded):
    own = PdfMetadata("V/v <A> & B", "Công văn 465/PCTH-KD", "CÔNG TY ĐIỆN LỰC", created=date(2021, 4, 5))
    pdf = split_bundle(embedded.convert(bundle_of([letter()])), [own])[0].pdf
    facts = read_facts(pdf)

    assert (facts.title, facts.subject, facts.author, facts.language) == (own.title, own.subject, own.author, "vi-VN")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo.CreationDate) == "D:20210405000000+07'00'"
        with opened.open_metadata() as metadata:
            assert metadata["dc:title"] == own.title
            assert metadata["xmp:CreateDate"] == "2021-04-05T00:00:00+07:00"


def test_a_letter_without_a_date_carries_no_time_stamp(cut_letters):
    with pikepdf.open(io.BytesIO(cut_letters(NAMES)[0])) as opened:
        assert "/CreationDate" not in opened.docinfo
        assert "/ModDate" not in opened.docinfo


def test_a_picture_in_one_letter_is_not_in_another(letter, bundle_of, embedded, picture_of):
    colours = ((255, 0, 0), (0, 255, 0), (0, 0, 255))
    letters = [letter(name=f"Thôn {number}", picture=picture_of(*rgb)) for number, rgb in enumerate(colours)]
    parts = split_bundle(embedded.convert(bundle_of(letters)), marks(["a", "b", "c"]))

    for rgb, part in zip(colours, parts, strict=True):
        assert pictures_in(part.pdf) == {rgb}


def test_a_letter_with_a_picture_equals_the_same_letter_converted_alone(
    letter, docx_of, bundle_of, embedded, picture_of
):
    own = letter(name="Thôn Hai", picture=picture_of(9, 9, 9))
    together = split_bundle(embedded.convert(bundle_of([letter(paragraphs=12), own])), marks(["a", "b"]))[1]

    assert convert_one(docx_of(own), embedded, marks(["b"])[0]) == together


def test_a_link_to_the_web_stays_with_its_letter(letter, bundle_of, embedded):
    linked = letter(link="https://dichvucong.example/thanh-toan")
    parts = split_bundle(embedded.convert(bundle_of([linked, letter()])), marks(["a", "b"]))

    assert [links_in(part.pdf) for part in parts] == [{"https://dichvucong.example/thanh-toan"}, set()]


def test_the_marks_must_be_as_many_as_the_letters(letter, bundle_of, embedded):
    converted = embedded.convert(bundle_of([letter(), letter()]))

    with pytest.raises(EngineError, match="2 letters"):
        split_bundle(converted, marks(["chỉ một"]))


def pictures_in(pdf):
    """The colour of each picture in the file, on a page or not, as it is drawn: pure or none in each part."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [found for found in opened.objects if isinstance(found, pikepdf.Stream)]
        images = [stream for stream in streams if stream.get("/Subtype") == pikepdf.Name.Image]
        pixels = (pikepdf.PdfImage(image).as_pil_image().convert("RGB").getpixel((0, 0)) for image in images)
        return {tuple(255 * round(part / 255) for part in pixel) for pixel in pixels}


def links_in(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {str(link.A.URI) for page in opened.pages for link in page.obj.get("/Annots", ())}
