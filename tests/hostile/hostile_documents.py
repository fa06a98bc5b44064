"""Word documents that reach out of themselves, hide something or unpack without end."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

from attack import SECRET, Attack, Surroundings
from package_parts import LAUGHS, NAMESPACES, SECTION, docx, field, link, paragraph, parts, relationships, zipped

from congvan.pdf import to_pdf
from congvan.word import WordTemplate
from congvan.word.intake.admission import admit

LINK, OBJECT, FIELD, SETTING = (
    ("intake-link-removed",),
    ("intake-object-removed",),
    ("intake-field-removed",),
    ("intake-setting-removed",),
)
MACRO, CONTENT, XML, PICTURE = ("intake-macro",), ("intake-outside-content",), ("intake-xml",), ("intake-picture",)
MAIN, LARGE, NAME = ("intake-main-part",), ("intake-too-large",), ("intake-part-name",)
PACKAGE_LINK = "http://schemas.microsoft.com/office/2006/relationships/"
SETTINGS = link("rId9", "settings", "settings.xml", outside=False)
BLIP = '<w:drawing><a:blip r:link="rId7"/></w:drawing>'
Make = Callable[[Surroundings], bytes]


def _settings(inside: str, rels: str = "") -> Make:
    more = {"word/settings.xml": f"<w:settings {NAMESPACES}>{inside}</w:settings>"}

    def make(around: Surroundings) -> bytes:
        listed = {"word/_rels/settings.xml.rels": relationships(_at(rels, around))} if rels else {}
        return docx(links=[SETTINGS], more={**more, **listed})

    return make


def _body(inside: str, *links: str, more: dict[str, str | bytes] | None = None) -> Make:
    return lambda around: docx(_at(inside, around), [_at(one, around) for one in links], more)


def _at(text: str, around: Surroundings) -> str:
    return text.replace("URL", around.url).replace("SECRET", str(around.secret))


def _parts(change: Callable[[dict[str, str | bytes]], None]) -> Make:
    def make(_: Surroundings) -> bytes:
        made = parts()
        change(made)
        return zipped(made)

    return make


def _entities(declaration: str, use: str) -> Make:
    def make(around: Surroundings) -> bytes:
        body = f"<w:body>{paragraph(use)}{SECTION}</w:body>"
        text = f"<?xml version='1.0'?>{_at(declaration, around)}<w:document {NAMESPACES}>{body}</w:document>"
        return docx(more={"word/document.xml": text})

    return make


def _png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _picture(content: bytes | str, name: str = "x.png") -> Make:
    image = link("rId7", "image", f"media/{name}", outside=False)
    return _body(
        '<w:p><w:r><w:drawing><a:blip r:embed="rId7"/></w:drawing></w:r></w:p>',
        image,
        more={f"word/media/{name}": content},
    )


def _duplicate(_: Surroundings) -> bytes:
    target = io.BytesIO(docx())
    with warnings.catch_warnings(), zipfile.ZipFile(target, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", "<w:other/>")
    return target.getvalue()


def _bomb(_: Surroundings) -> bytes:
    return docx(more={"word/media/x.bin": b"\0" * 60_000_000})


def _many_parts(_: Surroundings) -> bytes:
    return zipped({**parts(), **{f"word/media/{n}.bin": b"" for n in range(5000)}})


def _encrypted(_: Surroundings) -> bytes:
    made = bytearray(docx())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = made.index(mark)
        made[at + offset] |= 1
    return bytes(made)


def _lying(_: Surroundings) -> bytes:
    """A part that says it is ten bytes long."""
    data = docx(more={"word/media/x.bin": b"0" * 100_000})
    return data.replace(struct.pack("<I", 100_000), struct.pack("<I", 10))


def _split_field(around: Surroundings) -> bytes:
    runs = "".join(
        f"<w:r><w:instrText>{bit}</w:instrText></w:r>" for bit in ("INCL", "UDEPIC", "TURE ", f'"{around.url}"')
    )
    return docx(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


NESTED = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
    'QUOTE 68 68 69</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:instrText> c:\\x</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
HIDDEN_BY_TAGS = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>{% if false %}</w:t></w:r><w:r><w:instrText>PAGE '
    '</w:instrText></w:r><w:r><w:t>{% endif %}</w:t></w:r><w:r><w:instrText>INCLUDETEXT "SECRET"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)

ADMITTED: dict[str, tuple[Make, tuple[str, ...]]] = {
    "a remote picture": (_body(f"<w:p><w:r>{BLIP}</w:r></w:p>", link("rId7", "image", "URL/a.png")), LINK),
    "a picture on another computer": (
        _body(f"<w:p><w:r>{BLIP}</w:r></w:p>", link("rId7", "image", "\\\\evil\\a.png")),
        LINK,
    ),
    "a picture from this computer": (
        _body(f"<w:p><w:r>{BLIP}</w:r></w:p>", link("rId7", "image", "file://SECRET")),
        LINK,
    ),
    "a remote picture that says it is inside": (
        _body(f"<w:p><w:r>{BLIP}</w:r></w:p>", link("rId7", "image", "URL/a.png", outside=False)),
        LINK,
    ),
    "a picture of Word 97 by its address": (
        _body('<w:p><w:r><w:pict><v:shape><v:imagedata src="URL/a.png"/></v:shape></w:pict></w:r></w:p>'),
        LINK,
    ),
    "a remote template": (
        _settings('<w:attachedTemplate r:id="rId1"/>', link("rId1", "attachedTemplate", "URL/x.dotm")),
        LINK,
    ),
    "a data source for mail merge": (
        _settings(
            '<w:mailMerge><w:connectString w:val="DSN=x"/><w:dataSource r:id="rId1"/></w:mailMerge>',
            link("rId1", "mailMergeSource", "file://SECRET"),
        ),
        ("intake-link-removed", "intake-setting-removed"),
    ),
    "a schema from the web": (_settings('<w:attachedSchema w:val="URL"/>'), SETTING),
    "a frame": (_settings("<w:frameset/>"), SETTING),
    "a link to a program": (
        _body(
            '<w:p><w:hyperlink r:id="rId7"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>',
            link("rId7", "hyperlink", "file:///C:/Windows/calc.exe"),
        ),
        LINK,
    ),
    "a link to another computer": (_body("", link("rId7", "hyperlink", "\\\\evil\\share")), LINK),
    "a link that is a script": (_body("", link("rId7", "hyperlink", "javascript:alert(1)")), LINK),
    "a link to an application": (_body("", link("rId7", "hyperlink", "ms-msdt:/id PCWDiagnostic")), LINK),
    "an object of another program": (
        _body(
            '<w:p><w:r><w:object><o:OLEObject r:id="rId7"/></w:object></w:r></w:p>',
            link("rId7", "oleObject", "embeddings/o.bin", outside=False),
            more={"word/embeddings/o.bin": b"\xd0\xcf\x11\xe0"},
        ),
        OBJECT,
    ),
    "a linked object": (
        _body(
            '<w:p><w:r><w:object><o:OLEObject r:id="rId7"/></w:object></w:r></w:p>',
            link("rId7", "oleObject", "URL/x.doc!"),
        ),
        OBJECT,
    ),
    "an embedded workbook": (
        _body("", link("rId7", "package", "embeddings/b.xlsx", outside=False), more={"word/embeddings/b.xlsx": b"PK"}),
        OBJECT,
    ),
    "an ActiveX control": (
        _body(
            '<w:p><w:r><w:object><w:control r:id="rId7"/></w:object></w:r></w:p>',
            link("rId7", "control", "activeX/a.xml", outside=False),
            more={"word/activeX/a.xml": "<x/>"},
        ),
        OBJECT,
    ),
    "an add-in from the web": (
        lambda _: docx(
            more={
                "_rels/.rels": relationships(
                    link("rId1", "officeDocument", "word/document.xml", outside=False),
                    link(
                        "rId2",
                        "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes",
                        "word/w.xml",
                        outside=False,
                    ),
                ),
                "word/w.xml": "<x/>",
            }
        ),
        OBJECT,
    ),
    "a ribbon with calls": (
        lambda _: docx(
            more={
                "_rels/.rels": relationships(
                    link("rId1", "officeDocument", "word/document.xml", outside=False),
                    link("rId2", f"{PACKAGE_LINK}ui/extensibility", "customUI/c.xml", outside=False),
                ),
                "customUI/c.xml": "<x/>",
            }
        ),
        OBJECT,
    ),
    "a film with a page of its own": (
        _body(
            '<w:p><w:r><w15:webVideoPr xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing" embeddedHtml="x"/></w:r></w:p>'
        ),
        SETTING,
    ),
    **{
        f"the field {code.split()[0]}": (_body(field(code.replace('"', "&quot;"))), FIELD)
        for code in (
            'INCLUDEPICTURE "URL/a.png" \\d',
            'INCLUDETEXT "SECRET"',
            'DDE excel "SECRET"',
            'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe"',
            'LINK Excel.Sheet.8 "SECRET"',
            'IMPORT "SECRET"',
            "AUTOTEXT x",
            'DATABASE \\d "SECRET"',
            "MACROBUTTON x y",
            'RD "SECRET"',
            'HYPERLINK "file://SECRET"',
            "{{ x }}",
        )
    },
    "a field in pieces": (_split_field, FIELD),
    "a field whose name is computed": (_body(NESTED), FIELD),
    "a field that tags would turn into another": (_body(HIDDEN_BY_TAGS), FIELD),
    "a field without end": (
        _body(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO x</w:instrText></w:r></w:p>'
        ),
        FIELD,
    ),
    "a simple field": (
        _body('<w:p><w:fldSimple w:instr="INCLUDETEXT x"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'),
        FIELD,
    ),
    "a part nobody uses": (lambda _: docx(more={"word/evil.exe": b"MZ"}), ("intake-parts-unused",)),
    "a link to a part that is not there": (
        _body("", link("rId7", "image", "../../../etc/passwd", outside=False)),
        ("intake-link-dangling",),
    ),
    "harmless links and fields": (
        _body(
            field("PAGE") + field("= 1 + 2") + field('HYPERLINK "https://chinhphu.vn"'),
            link("rId7", "hyperlink", "https://chinhphu.vn"),
            link("rId8", "hyperlink", "mailto:a@b.vn"),
        ),
        (),
    ),
}
REFUSED: dict[str, tuple[Make, tuple[str, ...]]] = {
    "no zip": (lambda _: b"not a zip", ("unreadable",)),
    "an empty file": (lambda _: b"", ("unreadable",)),
    "half a zip": (lambda _: docx()[:300], ("unreadable",)),
    "a document of Word 97": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, ("intake-encrypted",)),
    "an encrypted part": (_encrypted, ("intake-encrypted",)),
    "a zip bomb": (_bomb, LARGE),
    "a part that says it is small": (_lying, ("unreadable",)),
    "five thousand parts": (_many_parts, ("intake-too-many-parts",)),
    "two parts of one name": (_duplicate, ("intake-part-twice",)),
    "two parts of one name to Windows": (lambda _: docx(more={"word/Document.XML": "<x/>"}), ("intake-part-twice",)),
    "a part above the package": (lambda _: docx(more={"../../evil.xml": "<x/>"}), NAME),
    "a part at the root of the disk": (lambda _: docx(more={"/etc/evil.xml": "<x/>"}), NAME),
    "a part on a drive": (lambda _: docx(more={"C:\\evil.xml": "<x/>"}), NAME),
    "macros": (
        lambda _: docx(
            links=[link("rId7", f"{PACKAGE_LINK}vbaProject", "vbaProject.bin", outside=False)],
            more={"word/vbaProject.bin": b"x"},
        ),
        MACRO,
    ),
    "macros nobody refers to": (lambda _: docx(more={"word/vbaProject.bin": b"x"}), MACRO),
    "a document with macros by its type": (
        _parts(
            lambda made: made.update(
                {
                    "[Content_Types].xml": str(made["[Content_Types].xml"]).replace(
                        "openxmlformats-officedocument.wordprocessingml.document.main",
                        "ms-word.document.macroEnabled.main",
                    )
                }
            )
        ),
        MACRO,
    ),
    "another file's content": (
        _body(
            '<w:altChunk r:id="rId7"/>',
            link("rId7", "aFChunk", "x.html", outside=False),
            more={"word/x.html": "<script/>"},
        ),
        CONTENT,
    ),
    "a subdocument": (_body('<w:subDoc r:id="rId7"/>', link("rId7", "subDocument", "file://SECRET")), CONTENT),
    "an entity that reads a file": (_entities('<!DOCTYPE x [<!ENTITY e SYSTEM "file://SECRET">]>', "&e;"), XML),
    "an entity from the web": (_entities('<!DOCTYPE x [<!ENTITY % e SYSTEM "URL/e.dtd"> %e;]>', ""), XML),
    "a document type from the web": (_entities('<!DOCTYPE x SYSTEM "URL/x.dtd">', ""), XML),
    "a thousand million laughs": (_entities(f"<!DOCTYPE x [{LAUGHS}]>", "&l11;"), XML),
    "laughs in an attribute": (_entities(f"<!DOCTYPE x [{LAUGHS}]>", '</w:t></w:r><w:r a="&l11;"><w:t>'), XML),
    "laughs in the styles": (lambda _: docx(more={"word/styles.xml": f"<!DOCTYPE x [{LAUGHS}]><x>&l11;</x>"}), XML),
    "a document type in another encoding": (
        lambda _: docx(
            more={
                "word/styles.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>'.encode(
                    "utf-16"
                )
            }
        ),
        XML,
    ),
    "elements a thousand deep": (_body("<w:sdt>" * 1000 + "</w:sdt>" * 1000), XML),
    "three million elements": (lambda _: docx(more={"word/settings.xml": "<x>" + "<a/>" * 3_000_000 + "</x>"}), XML),
    "damaged XML": (lambda _: docx(more={"word/document.xml": "<w:document"}), XML),
    "no text": (_parts(lambda made: made.pop("word/document.xml")), MAIN),
    "no list of types": (_parts(lambda made: made.pop("[Content_Types].xml")), MAIN),
    "another part as its text": (
        _parts(
            lambda made: made.update(
                {
                    "_rels/.rels": relationships(link("rId1", "officeDocument", "word/other.xml", outside=False)),
                    "word/other.xml": "<x/>",
                }
            )
        ),
        MAIN,
    ),
    "a picture that is a program": (_picture(b"%!PS-Adobe-3.0 EPSF-3.0\n(x) run"), PICTURE),
    "a picture of sixteen thousand million points": (_picture(_png(125_000, 125_000)), PICTURE),
    "a drawing with a script": (
        _picture('<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>', "x.svg"),
        PICTURE,
    ),
    "a drawing that fetches": (
        _picture('<svg xmlns="http://www.w3.org/2000/svg"><image href="http://x/a.png"/></svg>', "x.svg"),
        PICTURE,
    ),
    "ten thousand tags without end": (_body("".join(paragraph("{{") for _ in range(10_000))), ("field-too-complex",)),
    "a tag padded with spaces": (
        _body(f"<w:tbl><w:tr><w:tc>{paragraph('{% colspan ' + ' ' * 20_000)}</w:tc></w:tr></w:tbl>"),
        ("field-too-complex",),
    ),
    "a tag that grows": (_body(paragraph("{{ 'a' * 10**9 }}")), ("field-too-costly",)),
    "a tag in Python": (_body(paragraph("{{ ''.__class__ }}")), ("field-forbidden",)),
}
TO_PDF: dict[str, tuple[Make, tuple[str, ...]]] = {
    "a remote picture": (ADMITTED["a remote picture"][0], ()),
    "an entity that reads a file": (REFUSED["an entity that reads a file"][0], XML),
    "a page of no size": (lambda _: _sized("0", "0"), ("engine",)),
    "two thousand million columns": (
        _body('<w:p><w:pPr><w:sectPr><w:cols w:num="2000000000"/></w:sectPr></w:pPr></w:p>'),
        ("engine",),
    ),
    "two thousand page breaks": (_body("<w:p><w:r>" + '<w:br w:type="page"/>' * 2000 + "</w:r></w:p>"), ("engine",)),
    "a hundred thousand tabs": (_body("<w:p><w:r>" + "<w:tab/>" * 100_000 + "</w:r></w:p>"), ("engine",)),
    "a paragraph of a million letters": (_body(paragraph("ab " * 350_000)), ("engine",)),
    "tables in tables": (
        _body("<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl><w:p/>" * 60),
        (),
    ),
}


def _sized(width: str, height: str) -> bytes:
    made = parts()
    text = str(made["word/document.xml"]).replace('w:w="11906" w:h="16838"', f'w:w="{width}" w:h="{height}"')
    return zipped({**made, "word/document.xml": text})


def _as_template(make: Make) -> Callable[[Surroundings], list[str]]:
    def act(around: Surroundings) -> list[str]:
        source = make(around)
        (around.folder / "mau.docx").write_bytes(source)
        template = WordTemplate(around.folder / "mau.docx")
        made = template.render({"x": "1"})
        _see_that_nothing_is_left(made, around)
        return [found.code for found in template.report]

    return act


def _see_that_nothing_is_left(made: bytes, around: Surroundings) -> None:
    """Neither the secret nor a way out is in the letter, and letting it in again finds nothing."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        text = b"".join(map(archive.read, archive.namelist())).decode("utf-8", errors="replace")
    assert SECRET not in text
    assert around.url not in text
    assert str(around.secret) not in text
    assert not admit(made, "again").report.findings


def _as_pdf(make: Make) -> Callable[[Surroundings], list[str]]:
    def act(around: Surroundings) -> list[str]:
        assert to_pdf(make(around)).startswith(b"%PDF")
        return []

    return act


ATTACKS = [
    *(
        Attack(f"docx: {name}", _as_template(make), outcome)
        for name, (make, outcome) in {**ADMITTED, **REFUSED}.items()
    ),
    *(Attack(f"to PDF: {name}", _as_pdf(make), outcome) for name, (make, outcome) in TO_PDF.items()),
]
