import io
import uuid
import zipfile

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from congvan.pdf.fonts import FAMILY, STANDS_FOR, faces
from congvan.pdf.fonts.embedding import CONTENT_TYPES, name_pinned_faces, with_font_files

PLACES = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")


def parts_of(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.fixture
def parts():
    document = Document()
    document.add_paragraph("Kính gửi: Sở Công Thương").runs[0].font.name = "Times New Roman"
    target = io.BytesIO()
    document.save(target)
    return parts_of(target.getvalue())


def font_table(parts):
    """The font table as an independent reader of Word documents finds it."""
    return Document(io.BytesIO(with_font_files(packed(parts)))).part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)


def embedded(parts):
    """Family and place of each embedded font, with its program: read as ISO/IEC 29500-1, 17.8.1 says."""
    table = font_table(parts)
    found = {}
    for font in etree.fromstring(table.blob):
        for place in font:
            hidden = table.rels[place.get(qn("r:id"))].target_part.blob
            key = bytes.fromhex(uuid.UUID(place.get(qn("w:fontKey"))).hex)[::-1] * 2
            head = bytes(one ^ other for one, other in zip(hidden[:32], key, strict=True))
            found[font.get(qn("w:name")), etree.QName(place).localname] = head + hidden[32:]
    return found


def test_the_four_faces_are_found_by_the_name_the_letter_calls_them_by(parts):
    fonts = embedded(name_pinned_faces(parts))

    assert fonts == {(STANDS_FOR, place): face for place, face in zip(PLACES, faces(), strict=True)}


def test_a_letter_that_names_the_family_itself_finds_it_too(parts):
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Times New Roman", FAMILY.encode())

    assert {name for name, _ in embedded(name_pinned_faces(parts))} == {STANDS_FOR, FAMILY}


def test_fonts_that_came_with_the_letter_are_taken_out(parts):
    twice = name_pinned_faces(name_pinned_faces(parts) | {"word/fonts/stranger.odttf": b"another font"})

    assert "word/fonts/stranger.odttf" not in twice
    assert embedded(twice) == embedded(name_pinned_faces(parts))


def test_a_font_table_is_named_once(parts):
    parts = name_pinned_faces(parts)
    related = etree.fromstring(parts["word/_rels/document.xml.rels"])
    tables = [entry for entry in related if entry.get("Type") == RELATIONSHIP_TYPE.FONT_TABLE]
    typed = [entry for entry in etree.fromstring(parts[CONTENT_TYPES]) if "fontTable" in entry.get("ContentType", "")]

    assert len(tables) == len(typed) == 1


def test_all_else_stays_as_it_is(parts):
    named = name_pinned_faces(parts)

    changed = {name for name in parts if parts[name] != named.get(name)}
    assert changed == {CONTENT_TYPES, "word/_rels/document.xml.rels"}


def test_a_letter_without_relationships_gets_them(parts):
    del parts["word/_rels/document.xml.rels"]

    assert b"congvanFonts.xml" in name_pinned_faces(parts)["word/_rels/document.xml.rels"]
