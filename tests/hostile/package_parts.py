"""A Word document put together by hand, so that every part of it can be wrong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = f"{R}/"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" '
    'w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/><w:sz w:val="26"/></w:rPr></w:rPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
)
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'


LAUGHS = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
"""Twelve entities that mean a hundred thousand million times ``ha``."""


def paragraph(text: str = "", inside: str = "") -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r>{inside}</w:p>'


def link(ma: str, kind: str, target: str, *, outside: bool = True) -> str:
    mode = ' TargetMode="External"' if outside else ""
    full = kind if "://" in kind else OFFICE + kind
    return f'<Relationship Id="{ma}" Type="{full}" Target="{target}"{mode}/>'


def relationships(*links: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>'


def parts(
    body: str = "", links: Iterable[str] = (), more: Mapping[str, str | bytes] | None = None, **types: str
) -> dict[str, str | bytes]:
    """The parts of a document; ``more`` are further ones or others in their place."""
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="bin" ContentType="application/octet-stream"/>'
            f'<Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}"/><Override PartName="/word/styles.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": relationships(link("rId1", "officeDocument", "word/document.xml", outside=False)),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{paragraph('Xin chào')}{body}{SECTION}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(link("rIdS", "styles", "styles.xml", outside=False), *links),
        "word/styles.xml": STYLES,
    }
    return {**made, **(more or {})}


def zipped(contents: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(body: str = "", links: Iterable[str] = (), more: Mapping[str, str | bytes] | None = None) -> bytes:
    return zipped(parts(body, links, more))


def field(code: str, result: str = "kết quả") -> str:
    """A field of Word, in a paragraph of its own."""
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
