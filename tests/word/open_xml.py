"""Small .docx files written by hand, as Word and other programs write them: cells, boxes, notes, fields."""

import io
import zipfile
from html import escape

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    ' w:cs="Times New Roman"/><w:sz w:val="28"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
)
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="708" w:footer="708" w:gutter="0"/>'
)


def r(text, bold=False):
    """A run."""
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs, properties=""):
    """A paragraph of runs; plain texts become runs."""
    inner = "".join(one if one.startswith("<") else r(one) for one in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def pieces(*texts):
    """One paragraph in several runs, every second one bold, as a hand that corrects leaves them."""
    return p(*(r(text, bold=bool(index % 2)) for index, text in enumerate(texts)))


def tc(*blocks):
    """A cell; plain texts become paragraphs."""
    inner = "".join(one if one.startswith("<w:") else p(one) for one in blocks)
    return f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def tr(*cells):
    """A row; plain texts become cells."""
    return f"<w:tr>{''.join(one if one.startswith('<w:tc') else tc(one) for one in cells)}</w:tr>"


def tbl(columns, *rows):
    """A table."""
    grid = '<w:gridCol w:w="3000"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def box(*blocks):
    """A run with a text box, its words twice: for Word and for old programs."""
    inner = "".join(blocks)
    anchor = (
        '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="1800000" cy="720000"/>'
        '<wp:docPr id="1" name="Hộp chữ 1"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline>"
    )
    old = f"<w:pict><v:rect><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:rect></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{anchor}</w:drawing></mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def control(*blocks):
    """A content control around blocks."""
    return f'<w:sdt><w:sdtPr><w:id w:val="12"/></w:sdtPr><w:sdtContent>{"".join(blocks)}</w:sdtContent></w:sdt>'


def simple_field(code, shown):
    """A field of Word in one element."""
    return f'<w:fldSimple w:instr="{escape(code)}">{r(shown)}</w:fldSimple>'


def field(code, shown, *, cut=0):
    """A field of Word in runs, its code cut in two after ``cut`` signs."""
    codes = [code[:cut], code[cut:]] if cut else [code]
    instr = "".join(f'<w:r><w:instrText xml:space="preserve">{escape(one)}</w:instrText></w:r>' for one in codes)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"{mark('begin')}{instr}{mark('separate')}{r(shown)}{mark('end')}"


def note_mark(number=1):
    """A run that points to a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def docx(*blocks, header="", footer="", footnotes="", comments="", settings="", core=""):
    """A .docx of these blocks; texts become paragraphs. ``footnotes`` are the blocks of footnote 1."""
    parts = {"styles": STYLES, "header": header, "footer": footer, "comments": comments, "settings": settings}
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    parts["footnotes"] = f'{separators}<w:footnote w:id="1">{footnotes}</w:footnote>' if footnotes else ""
    present = {name: inner for name, inner in parts.items() if inner}
    elements = {"header": "hdr", "footer": "ftr"}
    files = {
        f"word/{name}.xml".replace("header.", "header1.").replace("footer.", "footer1."): (
            f"{HEAD}<w:{elements.get(name, name)} {NAMESPACES}>{inner}</w:{elements.get(name, name)}>"
        )
        for name, inner in present.items()
    }
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{name}" Target="{path.removeprefix("word/")}"/>'
        for number, (name, path) in enumerate(zip(present, files, strict=True), start=1)
    )
    types = "".join(
        f'<Override PartName="/{path}" ContentType="{WORD}.{name}+xml"/>'
        for name, path in zip(present, files, strict=True)
    )
    marks = "".join(
        f'<w:{name}Reference w:type="default" r:id="rId{list(present).index(name) + 1}"/>'
        for name in ("header", "footer")
        if name in present
    )
    body = "".join(one if one.startswith("<") else p(one) for one in blocks)
    root = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    if core:
        package = "http://schemas.openxmlformats.org/package/2006"
        root += f'<Relationship Id="rId2" Type="{package}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        types += (
            '<Override PartName="/docProps/core.xml"'
            ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        )
        files["docProps/core.xml"] = (
            f'{HEAD}<cp:coreProperties xmlns:cp="{package}/metadata/core-properties"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
            f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{core}</cp:coreProperties>'
        )
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    files |= {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{types}</Types>'
        ),
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{relations}">{root}</Relationships>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{relations}">{links}</Relationships>',
        "word/document.xml": (
            f"{HEAD}<w:document {NAMESPACES}><w:body>{body}<w:sectPr>{marks}{PAGE}</w:sectPr></w:body></w:document>"
        ),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(name, content)
    return target.getvalue()
