"""A text written in Word, as the Markdown of a body: the table of files and what is read from them."""

import re
import tomllib
from pathlib import Path

import pytest
from docx import Document
from tests.campaign.word_texts import SPACES, png, word_file

import congvan
from congvan.campaign.file.text_file import read_text_file
from congvan.campaign.file.word_text.document import read_word_text
from congvan.errors import CongvanError, TemplateError, UnreadableFileError
from congvan.word import styles
from congvan.word.body.markdown import body_xml

TABLE = Path(__file__).parents[1] / "loi-van.toml"
FILES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["mau"]
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


@pytest.mark.parametrize("piece", FILES, ids=lambda piece: piece["ten"])
def test_a_text_from_word_is_read_as_it_prints_or_refused_with_the_words_around(piece):
    text, found = read_word_text(word_file(piece["word"]), "loi-van.docx")

    if "loi" in piece:
        whats = [f"{one.values['what']}, " if one.values["what"] else "" for one in found]
        codes = [f"{one.code}: {what}{one.values['words']}" for one, what in zip(found, whats, strict=True)]
        assert codes == piece["loi"]
    else:
        assert (re.sub(r"base64,[^)]*", "…", text), found) == (piece["doc"], [])


@pytest.mark.parametrize("piece", [piece for piece in FILES if "doc" in piece], ids=lambda piece: piece["ten"])
def test_what_is_read_from_word_is_understood_as_the_text_of_a_letter(piece):
    text, _ = read_word_text(word_file(piece["word"]), "loi-van.docx")

    xml = body_xml(text, known_styles={"NoiDung"}, base_style=styles.NOI_DUNG, section=SECTION, signed=False)

    assert "<w:p>" in xml or "<w:tbl>" in xml


def test_the_table_has_at_least_thirty_files():
    assert len(FILES) >= 30


BILLION = f'<!DOCTYPE x [<!ENTITY a "b">]><w:document {SPACES}><w:body/></w:document>'


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"word__vbaProject.bin": b"x"}, "macro"),
        ({"word__document.xml": BILLION.encode()}, "DOCTYPE"),
        ({"word__document.xml": b"<w:document"}, ""),
        ({"word__styles.xml": BILLION.encode()}, "DOCTYPE"),
        ({"word__document.xml": b'<d xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}, ""),
    ],
)
def test_an_unsafe_file_is_refused(parts, why):
    text, found = read_word_text(word_file("<w:p/>", **parts), "loi-van.docx")

    assert text == ""
    assert [one.code for one in found] == ["campaign-word-text-unsafe"]
    assert why in found[0].values["why"]


def test_what_is_no_word_file_cannot_be_read(tmp_path):
    (tmp_path / "loi-van.docx").write_bytes(b"PK no zip")
    (tmp_path / "cu.docx").write_bytes(b"\xd0\xcf\x11\xe0 a password, or Word 97")

    with pytest.raises(UnreadableFileError):
        read_text_file(tmp_path / "loi-van.docx")
    with pytest.raises(TemplateError):
        read_text_file(tmp_path / "cu.docx")


def test_a_text_read_from_python_brings_its_pictures(tmp_path):
    (tmp_path / "hinh.png").write_bytes(png(4, 2))
    (tmp_path / "noi-dung.md").write_text("Xem ![Bản đồ](hinh.png){rong=40mm}.", encoding="utf-8")

    assert read_text_file(tmp_path / "noi-dung.md").startswith("Xem ![Bản đồ](data:image/png;base64,iVBOR")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("khong-co.png", "campaign-picture-missing"),
        ("../ngoai.png", "campaign-picture-outside"),
        ("/etc/hostname", "campaign-picture-outside"),
        (r"\\may-chu\chung\hinh.png", "campaign-picture-outside"),
        ("https://example.vn/hinh.png", "campaign-picture-outside"),
        ("chu.png", "campaign-picture-kind"),
        ("thu-muc.png", "campaign-picture-unusable"),
        ("lien-ket.png", "campaign-picture-outside"),
    ],
)
def test_a_picture_comes_from_the_folder_of_the_text_or_is_refused_with_its_line(tmp_path, name, code):
    folder = tmp_path / "dot"
    (folder / "thu-muc.png").mkdir(parents=True)
    (tmp_path / "ngoai.png").write_bytes(png(1, 1))
    (folder / "chu.png").write_text("chữ", encoding="utf-8")
    (folder / "lien-ket.png").symlink_to(tmp_path / "ngoai.png")
    (folder / "noi-dung.md").write_text(f"Một.\n\n![]({name})", encoding="utf-8")

    with pytest.raises(TemplateError) as refused:
        read_text_file(folder / "noi-dung.md")

    assert [(found.code, found.place.line) for found in refused.value.report] == [(code, 3)]


def paragraph(text):
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_a_tier_names_a_word_file_as_its_text_whose_fields_are_filled(folder, tmp_path):
    body = paragraph("Báo để {{ ong_ba }} {{ ho_ten }} biết:") + paragraph("1) Một;") + paragraph("3) Ba.")
    (folder.path / "loi-van.docx").write_bytes(word_file(body))
    folder.change("dot.yaml", "noi_dung: thon.md", "noi_dung: loi-van.docx")

    run = congvan.render(folder.plan(), out=tmp_path / "out", formats=("docx",), register=tmp_path / "so.sqlite3")

    texts = [read_docx_text(tmp_path / "out" / row.docx.path) for row in run.letters if row.cap == "thon"]
    assert [next(line for line in text if "biết" in line) for text in texts] == [
        "Báo để Ông Lê Văn Minh biết:",
        "Báo để Bà Phạm Thị Lan biết:",
        "Báo để Ông Hà Văn Tú biết:",
    ]
    assert all("1) Một;" in text and "3) Ba./." in text for text in texts)


def read_docx_text(path):
    return [paragraph.text for paragraph in Document(path).paragraphs]


def test_a_finding_about_a_text_names_its_file_line_and_column(folder, tmp_path):
    folder.write("thon.md", "Báo {{ ho_ten }}.\n\nGiá ~~cũ~~ mới.\n")

    with pytest.raises(CongvanError) as refused:
        congvan.render(folder.plan(), out=tmp_path / "out", formats=("docx",), register=tmp_path / "so.sqlite3")

    (found,) = refused.value.report.errors
    assert (found.code, Path(found.place.file).name) == ("word-markup", "thon.md")
    assert (found.place.line, found.place.column, found.place.key) == (3, "5", None)


def test_a_finding_about_a_word_file_names_the_file(folder, tmp_path):
    (folder.path / "loi-van.docx").write_bytes(word_file(paragraph("c" * 5000)))
    folder.change("dot.yaml", "noi_dung: thon.md", "noi_dung: loi-van.docx")

    with pytest.raises(CongvanError) as refused:
        congvan.render(folder.plan(), out=tmp_path / "out", formats=("docx",), register=tmp_path / "so.sqlite3")

    (found,) = refused.value.report.errors
    assert (found.code, Path(found.place.file).name, found.place.line) == ("word-word-too-long", "loi-van.docx", None)


def test_spelling_is_not_looked_for_in_the_bytes_of_a_picture(folder):
    (folder.path / "hinh.png").write_bytes(png(300, 300))
    folder.write("thon.md", "Báo {{ ho_ten }}.\n\n![](hinh.png){rong=20mm}\n")

    campaign = folder.load()

    assert "base64" in campaign.cap[2].noi_dung
    assert not campaign.report.findings
