"""The properties of a PDF: title, subject, author, language and date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from pikepdf import Pdf
else:
    Pdf = Any  # pikepdf is loaded when a letter is converted

_PRODUCER: Final = "congvan"
_TIME_ZONE: Final = "+07:00"  # Vietnam's: a date of issue is a day there

_CORE: Final = "docProps/core.xml"
_CORE_TEXTS: Final = ("title", "subject", "creator", "language", "created")

_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{properties}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class PdfMetadata:
    """The properties of one letter's PDF. ``created`` is the letter's own date, never the clock's."""

    title: str
    subject: str = ""
    author: str = ""
    language: str = "vi-VN"
    created: date | None = None

    @classmethod
    def of_docx(cls, parts: Mapping[str, bytes]) -> Self:
        """The properties a .docx of these parts has itself: those of the letter, where congvan wrote it."""
        from lxml import etree

        try:
            root = etree.fromstring(parts.get(_CORE, b""), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            return cls(title="")
        texts = {name: " ".join((root.findtext(f"{{*}}{name}") or "").split()) for name in _CORE_TEXTS}
        return cls(
            title=texts["title"],
            subject=texts["subject"],
            author=texts["creator"],
            language=texts["language"] or "vi-VN",
            created=_day(texts["created"]),
        )

    def write(self, pdf: Pdf) -> None:
        """Set title, subject, author, language and date in both places a PDF keeps them."""
        from pikepdf import Dictionary, Name, Object, String

        pdf.trailer.Info = pdf.make_indirect(Object.parse(self.info()))
        pdf.Root.Lang = String(self.language)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pdf.Root.Metadata = pdf.make_stream(self.xmp().encode(), Type=Name.Metadata, Subtype=Name.XML)

    def info(self) -> bytes:
        """The information dictionary (ISO 32000-1, 14.3.3)."""
        texts = {"Title": self.title, "Subject": self.subject, "Author": self.author, "Producer": _PRODUCER}
        entries = [f"/{key} {_text(value)}" for key, value in texts.items() if value]
        if self.created:
            entries.append(f"/CreationDate (D:{self.created:%Y%m%d}000000{_TIME_ZONE.replace(':', chr(39))}')")
        return f"<<{' '.join(entries)}>>".encode()

    def xmp(self, *, archival: bool = False) -> str:
        """The same properties as an XMP packet (ISO 16684-1); ``archival``: the file keeps to PDF/A-2b."""
        properties = [
            "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" if archival else "",
            _element("dc:title", _language_choice(self.title)),
            _element("dc:description", _language_choice(self.subject)) if self.subject else "",
            _element("dc:creator", _sequence("Seq", self.author)) if self.author else "",
            _element("dc:language", _sequence("Bag", self.language)),
            _element("pdf:Producer", _PRODUCER),
            _element("xmp:CreateDate", f"{self.created}T00:00:00{_TIME_ZONE}") if self.created else "",
        ]
        return _XMP.format(properties="\n".join(filter(None, properties)))


def _day(written: str) -> date | None:
    """The day of ``2026-03-05T00:00:00Z``; None for anything else."""
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


@lru_cache(maxsize=64)  # letters of one campaign differ in their subject alone
def _text(text: str) -> str:
    """A text as an information dictionary has it (ISO 32000-1, 7.9.2.2)."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def _element(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>"


@lru_cache(maxsize=64)
def _language_choice(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text, quote=False)}</rdf:li></rdf:Alt>'


@lru_cache(maxsize=64)
def _sequence(kind: str, text: str) -> str:
    return f"<rdf:{kind}><rdf:li>{escape(text, quote=False)}</rdf:li></rdf:{kind}>"
