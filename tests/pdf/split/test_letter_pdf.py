import io
import re
import shutil
import subprocess
from datetime import date
from xml.etree import ElementTree as ET

import pikepdf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageCms

from congvan.pdf.fonts.glyph_numbers import numbers
from congvan.pdf.fonts.glyph_set import glyph_set
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.paragraphs import Paragraph
from congvan.pdf.split.bundle_splitter import split_bundle
from congvan.pdf.split.letter_pdf import LetterObjects, TextPage, is_text_letter, text_letter

A4 = b"[0 0.11 595.28 842]"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
OBJECT = re.compile(rb"(\d+) 0 obj\n")


def page_of(text, **more):
    glyphs = b"".join(b"%04X" % numbers(0)[letter] for letter in text)
    content = b"1 0 0 -1 0 842 cm\nBT\n/F0 14 Tf\n1 0 0 -1 99.20 83.30 Tm <%s> Tj\nET\n" % glyphs
    return TextPage(content, A4, **more)


def letter_of(*texts, marks=None, **more):
    glyphs = {0: glyph_set(numbers(0)[letter] for text in texts for letter in text)} if any(texts) else {}
    return text_letter([page_of(text, **more) for text in texts], glyphs, marks or PdfMetadata("V/v thanh toán"))


@pytest.fixture
def cut_letter(letter, bundle_of, embedded):
    """A letter of two pages in all four faces, with a rule and a link, as a campaign makes it."""
    one = letter(name="Bà Triệu Thị Ỷ", paragraphs=9, link="https://dichvucong.example/a", rule=(0, 0))
    own = PdfMetadata("V/v <điện> & nước", "Công văn 465/PCTH-KD", "CÔNG TY", created=date(2021, 4, 5))
    return split_bundle(embedded.convert(bundle_of([one, letter()])), [own, PdfMetadata("b")])[0].pdf


def test_the_text_is_read_back_by_two_libraries():
    pdf = letter_of("Kính gửi: Sở Công Thương", "Hết.")

    assert [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf), strict=True).pages] == [
        "Kính gửi: Sở Công Thương",
        "Hết.",
    ]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []
        assert len(opened.pages) == 2


def test_the_file_is_sound_for_two_libraries(cut_letter):
    assert is_text_letter(cut_letter)
    reader = pypdf.PdfReader(io.BytesIO(cut_letter), strict=True)
    assert "Kính gửi: Bà Triệu Thị Ỷ" in reader.pages[0].extract_text()
    with pikepdf.open(io.BytesIO(cut_letter), attempt_recovery=False) as opened:
        assert opened.check_pdf_syntax() == []
        links = {str(link.A.URI) for page in opened.pages for link in page.obj.get("/Annots", ())}
    assert links == {"https://dichvucong.example/a"}


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler, a third reader, is not installed here")
def test_the_file_is_sound_for_poppler(cut_letter, tmp_path):
    (tmp_path / "a.pdf").write_bytes(cut_letter)

    def told(program):
        done = subprocess.run([program, tmp_path / "a.pdf"], capture_output=True, check=True)
        assert done.stderr == b""
        return done.stdout.decode()

    fonts = [line.split() for line in told("pdffonts").splitlines()[2:]]
    assert sorted(font[0].split("+")[1] for font in fonts) == [
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-BoldItalic",
        "LiberationSerif-Italic",
    ]
    assert {tuple(font[4:7]) for font in fonts} == {("yes", "yes", "yes")}  # embedded, a subset, with a map to Unicode
    about = dict(line.split(":", 1) for line in told("pdfinfo").splitlines())
    assert about["Pages"].strip() == "2"
    assert about["Page size"].strip() == "595.28 x 841.89 pts (A4)"


def test_every_object_is_where_the_table_says(cut_letter):
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n\Z", cut_letter)[1])
    count, rows = re.match(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] \n)+)trailer", cut_letter[start:]).groups()
    places = [int(row[:10]) if row[17:18] == b"n" else None for row in re.findall(rb".{19}\n", rows)]

    assert len(places) == int(count)
    assert f"/Size {int(count)}/".encode() in cut_letter[start:]
    for number, place in enumerate(places):
        if place is not None:
            assert OBJECT.match(cut_letter, place)[1] == str(number).encode()
    assert {int(found[1]) for found in OBJECT.finditer(cut_letter[:start])} >= {
        number for number, place in enumerate(places) if place is not None
    }


def test_the_objects_are_found_again(cut_letter):
    objects = LetterObjects(cut_letter)

    with pikepdf.open(io.BytesIO(cut_letter)) as opened:
        assert sorted(objects) == sorted(found.objgen[0] for found in opened.objects if found.is_indirect)
        assert b"/Type/Catalog" in objects[opened.Root.objgen[0]]
    assert all(body.startswith(b"<<") and body.endswith((b">>", b"endstream")) for body in objects.values())


def test_a_file_another_program_made_is_not_of_this_form(cut_letter):
    with pikepdf.open(io.BytesIO(cut_letter)) as opened:
        target = io.BytesIO()
        opened.save(target)

    assert not is_text_letter(target.getvalue())
    assert not LetterObjects(b"%PDF-1.7 and no table")
    assert not LetterObjects(target.getvalue())


def test_a_file_that_is_damaged_has_no_objects(cut_letter):
    table = cut_letter.index(b"xref\n0 ") + 20

    assert not LetterObjects(cut_letter[:-10])
    assert not LetterObjects(cut_letter[:table] + b"x" * 20 + cut_letter[table + 20 :])
    assert not LetterObjects(cut_letter.replace(b"trailer", b"t"))


@given(st.lists(st.text("aáạbốưđ 12/", max_size=12), min_size=1, max_size=3))
def test_the_same_letter_gives_the_same_bytes_and_other_text_other_ones(texts):
    pdf = letter_of(*texts)

    assert pdf == letter_of(*texts)
    assert pdf != letter_of(*texts[:-1], texts[-1] + "1")


def test_the_identifier_tells_letters_apart():
    def identifier(pdf):
        return pypdf.PdfReader(io.BytesIO(pdf)).trailer["/ID"]

    assert identifier(letter_of("a")) == identifier(letter_of("a")) != identifier(letter_of("b"))
    assert len(set(identifier(letter_of("a")))) == 1


class TestArchiving:
    """PDF/A-2b (ISO 19005-2), clause by clause, as far as a letter of text has to do with it."""

    def test_the_header_is_followed_by_a_comment_of_bytes_above_127(self, cut_letter):  # 6.1.2
        header, comment = cut_letter.split(b"\n")[:2]
        assert re.fullmatch(rb"%PDF-1\.[1-7]", header)
        assert comment[:1] == b"%"
        assert len(comment) >= 5
        assert all(byte > 127 for byte in comment[1:5])

    def test_the_file_has_an_identifier_and_is_not_encrypted(self, cut_letter):  # 6.1.3
        trailer = pypdf.PdfReader(io.BytesIO(cut_letter)).trailer
        assert [len(part.original_bytes) for part in trailer["/ID"]] == [16, 16]
        assert "/Encrypt" not in trailer

    def test_the_file_says_which_part_and_level_it_keeps_to(self, cut_letter):  # 6.6.4
        packet = pypdf.PdfReader(io.BytesIO(cut_letter)).root_object["/Metadata"]
        assert "/Filter" not in packet
        told = ET.fromstring(packet.get_data())
        assert [told.find(f".//{PDFA}{name}").text for name in ("part", "conformance")] == ["2", "B"]

    def test_both_places_say_the_same_of_the_letter(self, cut_letter):  # 6.6.3
        reader = pypdf.PdfReader(io.BytesIO(cut_letter))
        about, packet = reader.metadata, reader.xmp_metadata
        assert packet.dc_title["x-default"] == about.title == "V/v <điện> & nước"
        assert packet.dc_description["x-default"] == about.subject
        assert packet.dc_creator == [about.author]
        assert packet.pdf_producer == about.producer
        assert about["/CreationDate"] == "D:20210405000000+07'00'"
        assert "2021-04-05T00:00:00+07:00" in reader.root_object["/Metadata"].get_data().decode()

    def test_colours_are_those_of_a_profile_that_can_be_read(self, cut_letter):  # 6.2.3
        (intent,) = pypdf.PdfReader(io.BytesIO(cut_letter)).root_object["/OutputIntents"]
        intent = intent.get_object()
        profile = intent["/DestOutputProfile"].get_object()
        assert (intent["/S"], profile["/N"]) == ("/GTS_PDFA1", 3)
        assert ImageCms.ImageCmsProfile(io.BytesIO(profile.get_data())).profile.xcolor_space.strip() == "RGB"

    def test_no_colour_is_of_another_kind(self, cut_letter):  # 6.2.4
        content = b"\n".join(page.get_contents().get_data() for page in pypdf.PdfReader(io.BytesIO(cut_letter)).pages)
        assert not re.search(rb"(?<![\w/])(k|K|cs|CS|sh|ri|i)\b(?!\w)", re.sub(rb"<[0-9A-F]*>", b"", content))

    def test_every_font_is_embedded_with_the_widths_of_its_program(self, cut_letter):  # 6.2.11
        with pikepdf.open(io.BytesIO(cut_letter)) as opened:
            fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
            for font in fonts:
                described = font.DescendantFonts[0]
                program = described.FontDescriptor.FontFile2
                assert int(program.Length1) == len(program.read_bytes())
                assert described.CIDToGIDMap == pikepdf.Name.Identity
                assert described.BaseFont == font.BaseFont == described.FontDescriptor.FontName
                assert described.CIDSystemInfo.Ordering == "Identity"
        assert len(fonts) == 8

    def test_no_glyph_is_the_one_for_a_missing_character(self, cut_letter):  # 6.2.11.8
        content = b"\n".join(page.get_contents().get_data() for page in pypdf.PdfReader(io.BytesIO(cut_letter)).pages)
        shown = re.findall(rb"<((?:[0-9A-F]{4})+)>", content)
        assert shown
        assert not [word for word in shown for at in range(0, len(word), 4) if word[at : at + 4] == b"0000"]

    def test_a_link_is_printed_and_not_hidden(self, cut_letter):  # 6.3.2
        pages = pypdf.PdfReader(io.BytesIO(cut_letter)).pages
        flags = [link.get_object()["/F"] for page in pages for link in page.get("/Annots", ())]
        assert set(flags) == {4}

    def test_nothing_runs_and_nothing_is_attached(self, cut_letter, everything_in):  # 6.4, 6.5, 6.8
        whole = everything_in(cut_letter)
        for forbidden in (b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/AA", b"/EmbeddedFiles", b"/AcroForm"):
            assert not re.search(re.escape(forbidden) + rb"\b", whole)
        assert b"/LZWDecode" not in whole


def test_a_marked_letter_is_tagged():
    pages = [page_of("ab", marked=(0, 1)), page_of("b", marked=(1,))]
    glyphs = {0: glyph_set(numbers(0)[letter] for letter in "ab")}
    pdf = text_letter(pages, glyphs, PdfMetadata("a"), [Paragraph("H1", "a"), Paragraph("P", "bb")])

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        document = opened.Root.StructTreeRoot.K
        assert [str(kid.S) for kid in document.K] == ["/H1", "/P"]
        assert [int(page.StructParents) for page in opened.pages] == [0, 1]


def test_a_letter_that_is_not_marked_does_not_say_it_is_tagged():
    assert "/MarkInfo" not in pypdf.PdfReader(io.BytesIO(letter_of("a"))).root_object
