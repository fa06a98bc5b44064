"""Word files with a text, built from a few lines of WordprocessingML, with lists, styles, notes and a picture at hand.

Lists: 1 is ``1.``, ``1.1.``; 2 is ``a)``; 3 is a bullet of a symbol font; 4 starts list 1 again; 5 is ``I.``; 6 ``01``.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": W,
        "r": R,
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rLink" Type="{R}/hyperlink" Target="https://example.vn/a" TargetMode="External"/>'
    f'<Relationship Id="rPicture" Type="{R}/image" Target="media/hinh.png"/>'
    f'<Relationship Id="rOutside" Type="{R}/image" Target="https://example.vn/x.png" TargetMode="External"/>'
    "</Relationships>"
)
STYLES = (
    f"<w:styles {SPACES}>"
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Dam"><w:name w:val="Đậm"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Giua"><w:name w:val="Giữa"/><w:basedOn w:val="Dam"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="DanhSach"><w:name w:val="Danh sách"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
)


def level(number: int, form: str, text: str, start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def listed(number: int, definition: int, inner: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{inner}</w:num>'


NUMBERING = "".join(
    (
        f"<w:numbering {SPACES}>",
        abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2.")),
        abstract(2, level(0, "lowerLetter", "%1)")),
        abstract(3, level(0, "bullet", "\uf0b7"), level(1, "bullet", "+")),
        abstract(5, level(0, "upperRoman", "%1.", start=4)),
        abstract(6, level(0, "decimalZero", "%1")),
        *(listed(number, number) for number in (1, 2, 3)),
        listed(4, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        listed(5, 5),
        listed(6, 6),
        "</w:numbering>",
    )
)
NOTES = (
    f'<w:footnotes {SPACES}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Lời chú.</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int) -> bytes:
    rows = (b"\0" + b"\x20\x60\xa0" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def word_file(body: str, **parts: bytes) -> bytes:
    """A .docx whose ``w:body`` holds ``body``; ``parts`` are further ones, by a name with ``__`` for a slash."""
    contents = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": RELATIONS,
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/footnotes.xml": NOTES,
        "word/media/hinh.png": png(4, 2),
        **{name.replace("__", "/"): content for name, content in parts.items()},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()
