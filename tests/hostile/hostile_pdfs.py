"""PDFs that go in circles, unpack without end or would run something."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from attack import Attack, Surroundings

from congvan.inspect.pdf.facts import read_facts

PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 1 1]"
TEXT = b"BT /F 12 Tf (a) Tj ET "


def pdf(objects: Sequence[str | bytes], trailer: str = "/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1."""
    made, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content if isinstance(content, bytes) else content.encode())
    at = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(made + f"trailer\n<</Size {len(objects) + 1} {trailer}>>\nstartxref\n{at}\n%%EOF".encode())


def stream(data: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<</Length %d /Filter /FlateDecode %s>>\nstream\n%s\nendstream" % (len(packed), entries.encode(), packed)


def page(content: bytes, more: Sequence[str | bytes] = (), resources: str = "", catalogue: str = "") -> bytes:
    own = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>{resources}>>>>"
    return pdf([f"<</Type/Catalog/Pages 2 0 R{catalogue}>>", PAGES, own, content, FONT, *more])


def _forms(count: int) -> list[bytes]:
    """Forms that each draw the next one twice."""
    resources = "/Resources<</XObject<</A {0} 0 R/B {0} 0 R>>>>"
    made = [stream(b"/A Do /B Do", FORM + resources.format(7 + n)) for n in range(count)]
    return [*made, stream(TEXT, FORM)]


SOUND = page(stream(TEXT))
PDFS: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "pages that are their own parents": (
        pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"]),
        ("unreadable",),
    ),
    "a bomb": (page(stream(TEXT + b" " * 100_000_000)), ("unreadable",)),
    "more operators than a page has": (page(stream(TEXT + b"q Q " * 250_000)), ("unreadable",)),
    "a thousand filters": (
        page(b"<</Length 4/Filter[%s]>>\nstream\n0123\nendstream" % (b"/FlateDecode " * 1000)),
        ("unreadable",),
    ),
    "a count without pages": (pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 999999999>>"]), ()),
    "JavaScript and a program": (
        page(
            stream(TEXT), catalogue="/OpenAction<</S/JavaScript/JS(app.alert(1))>>/AA<</WC<</S/Launch/F(calc.exe)>>>>"
        ),
        (),
    ),
    "a password": (
        pdf(
            [
                "<</Type/Catalog/Pages 2 0 R>>",
                "<</Type/Pages/Kids[]/Count 0>>",
                f"<</Filter/Standard/V 1/R 2/O({'a' * 32})/U({'b' * 32})/P -4>>",
            ],
            "/Root 1 0 R/Encrypt 3 0 R/ID[(a)(a)]",
        ),
        ("unreadable",),
    ),
    "cut in the middle": (SOUND[:200], ("unreadable",)),
    "an index that names itself as the earlier one": (
        SOUND.replace(b"/Root 1 0 R", b"/Prev %d/Root 1 0 R" % SOUND.rindex(b"xref\n0")),
        (),
    ),
    "bookmarks in a circle": (
        page(
            stream(TEXT),
            ["<</Type/Outlines/First 7 0 R/Last 7 0 R>>", "<</Title(x)/Next 7 0 R/First 7 0 R>>"],
            catalogue="/Outlines 6 0 R",
        ),
        (),
    ),
    "forms that draw forms": (page(stream(b"/A Do"), _forms(40), "/XObject<</A 6 0 R>>"), ()),
    "a form that draws itself": (
        page(stream(b"/A Do"), [stream(b"/A Do", f"{FORM}/Resources<</XObject<</A 6 0 R>>>>")], "/XObject<</A 6 0 R>>"),
        (),
    ),
    "brackets without end": (pdf([f"<</Type/Catalog/Pages 2 0 R/X{'[' * 20_000}>>", PAGES]), ("unreadable",)),
    "a table of four thousand million characters": (
        page(stream(TEXT), [stream(b"1 beginbfrange <0000> <FFFFFFFF> <0000> endbfrange")]).replace(
            b"/BaseFont/Helvetica", b"/BaseFont/Helvetica/ToUnicode 6 0 R"
        ),
        ("unreadable",),
    ),
    "an object that is itself": (pdf(["1 0 R", PAGES]), ("unreadable",)),
    "no PDF": (b"PK\3\4", ("unreadable",)),
}


def _reading(content: bytes):
    def act(_: Surroundings) -> list[str]:
        read_facts(content, "thu.pdf")
        return []

    return act


ATTACKS = [Attack(f"PDF: {name}", _reading(content), outcome) for name, (content, outcome) in PDFS.items()]
