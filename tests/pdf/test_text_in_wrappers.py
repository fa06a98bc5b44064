"""Text inside of whatever Word puts around it is printed and read, what was deleted is not, and what is lost is said."""

import io
import shutil
import zipfile

import pypdf
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

import congvan
from congvan.errors import EngineError
from congvan.support.ooxml import NAMESPACES

INSTALLED = bool(shutil.which("soffice"))
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        **NAMESPACES,
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "x9": "urn:x9",
    }.items()
)


def run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code, result, *, text="instrText"):
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:{text}> {code} </w:{text}></w:r>{separate}{result}{end}"


def choice(new, old, needs="w14"):
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{needs}">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )


INSIDE, GONE = run("TRONG"), "<w:r><w:delText>BỎ</w:delText></w:r>"
WRAPPED = {
    "left to right": f'<w:bdo w:val="ltr">{INSIDE}</w:bdo>',
    "direction": f'<w:dir w:val="ltr">{INSIDE}</w:dir>',
    "custom XML": f'<w:customXml w:element="e"><w:customXmlPr/>{INSIDE}</w:customXml>',
    "smart tag": f'<w:smartTag w:element="e"><w:smartTagPr/>{INSIDE}</w:smartTag>',
    "content control": f"<w:sdt><w:sdtPr/><w:sdtContent>{INSIDE}</w:sdtContent></w:sdt>",
    "one in another": f'<w:smartTag><w:ins><w:bdo w:val="ltr"><w:sdt><w:sdtContent>{INSIDE}</w:sdtContent></w:sdt></w:bdo></w:ins></w:smartTag>',
    "inserted": f'<w:ins w:id="1">{INSIDE}</w:ins>',
    "moved here": f'<w:moveTo w:id="1">{INSIDE}</w:moveTo>',
    "moved away": f'<w:moveFrom w:id="1">{run("BỎ")}</w:moveFrom>{INSIDE}',
    "deleted": f'<w:del w:id="1">{GONE}</w:del>{INSIDE}',
    "a deleted field": f'<w:del w:id="1">{field("REF x", GONE, text="delInstrText")}</w:del>{INSIDE}',
    "two forms": choice(INSIDE, run("BỎ")),
    "two forms in a run": f"<w:r>{choice('<w:t>TRONG</w:t>', '<w:t>BỎ</w:t>')}</w:r>",
    "a form nobody knows": choice(run("BỎ"), INSIDE, needs="x9"),
    "a simple field": f'<w:fldSimple w:instr=" REF x ">{INSIDE}</w:fldSimple>',
    "a field": field("REF x", INSIDE),
    "a field in a field": field(
        "IF " + "</w:instrText></w:r>" + field("REF x", run("BỎ")) + "<w:r><w:instrText> = 1", INSIDE
    ),
    "a link": f'<w:hyperlink w:anchor="x">{INSIDE}</w:hyperlink>',
}
BLOCKS = {
    "custom XML": f'<w:customXml w:element="e"><w:p>{INSIDE}</w:p></w:customXml>',
    "two forms": choice(f"<w:p>{INSIDE}</w:p>", f"<w:p>{run('BỎ')}</w:p>"),
    "a deleted row": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
    f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc><w:p><w:del>{GONE}</w:del></w:p></w:tc></w:tr>"
    f"<w:tr><w:tc><w:p>{INSIDE}</w:p></w:tc></w:tr></w:tbl>",
    "a deleted end of a paragraph": f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{run('TR')}</w:p><w:p>{run('ONG')}</w:p>",
    "a row in custom XML": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
    f'<w:customXml w:element="e"><w:tr><w:tc><w:p>{INSIDE}</w:p></w:tc></w:tr></w:customXml></w:tbl>',
}
ENGINES = ["dxpdf", pytest.param("libreoffice", marks=pytest.mark.skipif(not INSTALLED, reason="not installed"))]


def docx(*blocks):
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.element.rPr.rFonts.set(qn("w:cs"), "Times New Roman")
    for element in reversed(list(parse_xml(f"<w:body {SPACES}>{''.join(blocks)}</w:body>"))):
        document.element.body.insert(0, element)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def paragraph(content):
    return docx(f"<w:p>{run('trước ')}{content}{run(' sau')}</w:p>")


def printed(source, engine="dxpdf"):
    pages = pypdf.PdfReader(io.BytesIO(congvan.to_pdf(source, engine))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("content", WRAPPED.values(), ids=WRAPPED)
def test_text_in_a_wrapper_is_printed_once(content):
    assert printed(paragraph(content)) == "trước TRONG sau"


@pytest.mark.skipif(not INSTALLED, reason="LibreOffice is not installed here")
def test_libreoffice_prints_it_once_as_well():
    source = docx(*(f"<w:p>{run('trước ')}{content}{run(' sau')}</w:p>" for content in WRAPPED.values()))

    assert printed(source, "libreoffice") == " ".join(["trước TRONG sau"] * len(WRAPPED))


@pytest.mark.parametrize("content", WRAPPED.values(), ids=WRAPPED)
def test_text_in_a_wrapper_is_read_once(content):
    assert congvan.facts(paragraph(content)).text.split() == ["trước", "TRONG", "sau"]


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_blocks_in_a_wrapper_are_printed_and_read_once(block):
    source = docx(block, f"<w:p>{run('sau')}</w:p>")

    assert printed(source) == "TRONG sau"
    assert congvan.facts(source).text.split() == ["TRONG", "sau"]


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [("Symbol", "F0B0", "°"), ("Symbol", "00B3", "≥"), ("Wingdings", "F0A7", "▪"), ("Wingdings", "6F", "□")],
)
def test_signs_of_symbol_fonts_are_printed_in_the_fonts_of_the_text(font, code, sign):
    source = paragraph(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>')

    assert printed(source) == f"trước {sign} sau"
    assert sign in congvan.facts(source).text


@pytest.mark.parametrize(
    "content",
    [
        '<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>',
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('nhỏ')}</w:rt><w:rubyBase>{INSIDE}</w:rubyBase></w:ruby></w:r>",
        '<w:r><w:endnoteReference w:id="1"/></w:r>',
        '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>',
    ],
    ids=["unknown sign", "ruby", "endnote", "own mark"],
)
def test_what_the_engine_cannot_draw_is_refused(content):
    with pytest.raises(EngineError, match="pdf-undrawable"):
        congvan.to_pdf(paragraph(content))


def test_a_footnote_in_a_cell_is_refused():
    cell = '<w:tc><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:tc>'
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"

    with pytest.raises(EngineError, match="footnote in a table"):
        congvan.to_pdf(docx(table))


LIST = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
)


def with_lists(*items):
    """A document with the list above; each item names a w:num."""
    blocks = [
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{run(text)}</w:p>'
        for number, text in items
    ]
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(*blocks))) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            own = f"<w:numbering {SPACES}>{LIST}</w:numbering>".encode()
            changed.writestr(name, own if name == "word/numbering.xml" else source.read(name))
    return target.getvalue()


@pytest.mark.parametrize("engine", ENGINES)
def test_lists_are_printed_with_words_numbers(engine):
    source = with_lists((1, "A"), (1, "B"), (2, "C"))

    assert printed(source, engine).replace(". ", ".").replace(".", ". ") == "1. A 2. B 3. C"
    assert congvan.facts(source).text.split() == ["1.", "A", "2.", "B", "3.", "C"]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_list_of_each_letter_of_a_template_begins_at_1(tmp_path, engine):
    (tmp_path / "mau.docx").write_bytes(with_lists((1, "{{ ten }}"), (1, "hai")))
    rows = [{"ten": name} for name in ("An", "Bình", "Chi")]
    (tmp_path / "ten.csv").write_text("ten\n" + "\n".join(row["ten"] for row in rows) + "\n", encoding="utf-8")
    congvan.render_table(tmp_path / "mau.docx", tmp_path / "ten.csv", out=tmp_path / "out", engine=engine)
    texts = [
        " ".join(pypdf.PdfReader(path).pages[0].extract_text().replace(".", ". ").split())
        for path in sorted((tmp_path / "out").glob("*.pdf"))
    ]

    assert texts == [f"1. {row['ten']} 2. hai" for row in rows]
