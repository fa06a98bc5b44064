"""Each .docx is what Word expects: sound inside, styled instead of spaced, and at home in other programs.

The structure is checked by openxml-audit, a port of the validation of Microsoft's own Open XML SDK; LibreOffice and
python-docx open every file, and what LibreOffice prints holds the same words.
"""

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from functools import cache

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

import congvan
from congvan.word.builtin.sample import SAMPLES, sample
from congvan.word.builtin.templates import TEMPLATES, built_in_template
from congvan.word.package import Package

pytestmark = pytest.mark.xdist_group("structure")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WITHOUT_THEME = "relationships/theme"
"""The checker wants a theme; the standard lets a document do without (ECMA-376, part 1, 14.2.7), and so does Word."""

every_sample = pytest.mark.parametrize("name", SAMPLES)


@cache
def docx(name):
    return congvan.render_docx(sample(name))


@cache
def facts(name):
    return congvan.facts(docx(name))


@pytest.fixture(scope="module")
def faults(tmp_path_factory):
    """What the checker says against a .docx."""
    validator, folder = OpenXmlValidator(), tmp_path_factory.mktemp("structure")

    def check(content):
        (folder / "van-ban.docx").write_bytes(content)
        told = map(str, validator.validate(folder / "van-ban.docx").errors)
        return [fault for fault in told if WITHOUT_THEME not in fault]

    return check


def parts(name):
    """The texts of a sample: body, headers and footers as XML."""
    with zipfile.ZipFile(io.BytesIO(docx(name))) as archive:
        wanted = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
        return [archive.read(part).decode() for part in archive.namelist() if wanted.fullmatch(part)]


@every_sample
def test_a_letter_has_no_fault_of_structure(name, faults):
    assert faults(docx(name)) == []


@pytest.mark.parametrize("name", sorted(set(TEMPLATES.values())))
def test_a_template_has_no_fault_of_structure(name, faults):
    loai = next(loai for loai, file in TEMPLATES.items() if file == name)

    assert faults(built_in_template(loai)) == []


def test_the_checker_sees_elements_in_the_wrong_order(faults):
    package = Package(docx("cong-van"))
    sound = package.text("word/styles.xml")
    turned = re.sub(r"(<w:spacing [^>]*/>)(<w:jc [^>]*/>)", r"\2\1", sound, count=1)

    assert turned != sound
    assert faults(package.with_parts({"word/styles.xml": turned.encode()})) != []


def test_the_checker_sees_a_relation_that_leads_nowhere(faults):
    package = Package(docx("cong-van"))
    relations = package.text("word/_rels/document.xml.rels").replace("styles.xml", "kieu.xml")

    assert faults(package.with_parts({"word/_rels/document.xml.rels": relations.encode()})) != []


@every_sample
def test_every_paragraph_has_a_style_with_a_vietnamese_name(name):
    document = Document(io.BytesIO(docx(name)))
    named = [paragraph.style.name for paragraph in document.paragraphs]

    assert all(found.find(f"{W}pPr/{W}pStyle") is not None for found in document.element.body.iter(f"{W}p"))
    assert [style for style in [*named, *facts(name).styles] if style.isascii()] == []


@every_sample
def test_nothing_is_placed_by_tabs_spaces_text_boxes_or_empty_lines_of_text(name):
    assert facts(name).text_boxes == 0
    for xml in parts(name):
        assert not re.search(r"<w:(tab|ptab)/>|w:txbxContent|w:pict|w:framePr", xml)
        assert [text for text in re.findall(r"<w:t[ >][^<]*", xml) if "  " in text] == []


@every_sample
def test_the_heading_and_the_signature_stand_in_tables_without_lines(name):
    parts = congvan.components(facts(name))
    head = parts["quoc_hieu"].lines[0].cell
    foot = parts["quyen_han"].lines[0].cell

    assert parts["co_quan"].lines[0].cell.table == parts["so_ky_hieu"].lines[0].cell.table == head.table
    assert parts["noi_nhan"].lines[0].cell.table == foot.table
    assert not any(facts(name).tables[cell.table - 1].bordered for cell in (head, foot))


@every_sample
def test_headings_and_annexes_are_in_the_navigation(name):
    letter = sample(name)
    issued = [letter.van_ban_kem_theo.noi_dung] if letter.van_ban_kem_theo else []
    texts = [letter.noi_dung, *issued, *(annex.noi_dung for annex in letter.phu_luc)]
    headings = [heading for text in texts for heading in re.findall(r"^#+ (\w+ \w+|\w+)", text, re.MULTILINE)]
    shown = [line.text.upper() for line in facts(name).lines if line.paragraph_format.outline]

    assert [heading for heading in headings if not any(line.startswith(heading.upper()) for line in shown)] == []
    assert len([line for line in shown if line.startswith("PHỤ LỤC")]) == len(letter.phu_luc)


@every_sample
def test_the_speller_and_the_archive_know_what_the_letter_is(name):
    letter, told = sample(name), facts(name)

    assert told.language == "vi-VN"
    assert told.title == letter.trich_yeu
    assert letter.so_ky_hieu in told.subject
    assert told.author == " ".join(letter.co_quan.split())


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
@every_sample
def test_libreoffice_opens_the_letter_and_prints_every_word(name, printed_by_libreoffice):
    """Letter by letter: a narrow column of a table may break a word, and page numbers are Word's to repeat."""
    ours, theirs = (
        Counter(sign for sign in read.text if sign.isalpha()) for read in (facts(name), printed_by_libreoffice(name))
    )

    assert theirs == ours


@pytest.fixture(scope="session")
def printed_by_libreoffice(tmp_path_factory):
    """The facts of every sample as LibreOffice prints it, all converted in one go."""
    folder = tmp_path_factory.mktemp("libreoffice")
    for name in SAMPLES:
        (folder / f"{name}.docx").write_bytes(docx(name))
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    subprocess.run([*command, "--outdir", str(folder), *files], check=True, capture_output=True)
    return cache(lambda name: congvan.facts(folder / f"{name}.pdf"))
