"""LibreOffice as an engine, where it is installed: it draws everything, and is the yardstick for the others.

It runs once a bundle, with a profile of its own that is thrown away, so that it neither waits for nor
touches an office suite somebody is working in. What a template may hold is not trusted: the profile forbids
macros, links to other files and the network, and where the system can (Linux) there is no network at all.

A profile it does not know costs it two thirds of its start: it tries out how it draws on the screen, clears its cache
of extensions and starts again. So the profile says that this very version has used it before.
"""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pikepdf

from congvan.errors import EngineError
from congvan.findings import Report
from congvan.pdf.engine import Bundle, ConvertedBundle
from congvan.pdf.engines.libreoffice.accepted_text import with_accepted_text
from congvan.pdf.engines.libreoffice.shared_headers import dedupe_headers
from congvan.pdf.fonts.isolation import machine_environment
from congvan.pdf.paragraphs import read_docx_texts
from congvan.support.processes.scratch_folder import temporary_folder
from congvan.support.processes.worker_process import run_program

NAME: Final = "libreoffice"

_PROGRAMS: Final = ("soffice", "libreoffice")
_USUAL_PLACES: Final = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_FILTER: Final = "pdf:writer_pdf_Export:" + json.dumps(
    {"ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"}}, separators=(",", ":")
)
_DOCX_FILTER: Final = "docx:MS Word 2007 XML"
_START_SECONDS: Final = 60
_SECONDS_A_LETTER: Final = 1  # a hundred times what it takes
_MEMORY: Final = 2 * 1024**3  # bytes of data
_PLAIN: Final = re.compile(r"[A-Za-z0-9]")

_SETTINGS: Final = {
    "org.openoffice.Office.Common/Security/Scripting": {
        "BlockUntrustedRefererLinks": "true",
        "DisableMacrosExecution": "true",
        "MacroSecurityLevel": "3",
    },
    "org.openoffice.Office.Writer/Content/Update": {"Link": "2"},  # never
    "org.openoffice.Inet/Settings": {  # whatever would still go out goes to a port where nobody listens
        "ooInetProxyType": "2",
        "ooInetHTTPProxyName": "127.0.0.1",
        "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1",
        "ooInetHTTPSProxyPort": "9",
        "ooInetNoProxy": "",
    },
}
_PRODUCT, _LAST_VERSION = "org.openoffice.Setup/Product", "ooSetupLastVersion"
_PROFILE: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""
_ITEM: Final = '<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """LibreOffice Writer, started for each bundle; ``build`` is what of its version is no number."""

    program: Path
    version: str
    build: str = ""
    name: str = NAME
    is_bundle_independent: bool = False
    max_letters: int = 200

    def unsupported(self, docx: bytes) -> Report:  # noqa: ARG002 - what the interface gives it
        """No findings: LibreOffice draws all that Word does."""
        return Report()

    def convert(self, bundle: Bundle) -> ConvertedBundle:
        """Convert ``bundle``.

        Raises:
            EngineError: when the program fails or takes too long, or a letter's bookmark is not in the PDF.
        """
        limit = _START_SECONDS + _SECONDS_A_LETTER * bundle.letters
        with temporary_folder() as folder:
            docx = dedupe_headers(bundle.docx) if bundle.letters > 1 else bundle.docx
            pdf = self._convert(with_accepted_text(docx), folder, limit)
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            texts = read_docx_texts(bundle.docx, bundle.bookmarks)
            return ConvertedBundle(pdf, _first_pages(opened, bundle), len(opened.pages), texts)

    def docx_of(self, document: bytes) -> bytes:
        """A Word document of the old kind (.doc) as .docx.

        Raises:
            EngineError: when the program fails or takes too long.
        """
        with temporary_folder() as folder:
            source = folder / "van-ban.doc"
            source.write_bytes(document)
            return self._written(source, "docx", _DOCX_FILTER, _START_SECONDS)

    def _convert(self, docx: bytes, folder: Path, limit: int) -> bytes:
        source = folder / "van-ban.docx"
        source.write_bytes(docx)
        return self._written(source, "pdf", _FILTER, limit)

    def _written(self, source: Path, kind: str, how: str, limit: int) -> bytes:
        """What the program makes of ``source``, in the same folder, by its filter ``how``."""
        folder, target = source.parent, source.with_suffix(f".{kind}")
        profile = f"-env:UserInstallation={self._locked_down_profile(folder).as_uri()}"
        options = ("--headless", "--norestore", "--nologo", "--convert-to", how, "--outdir", str(folder))
        output = _run([*_without_network(), str(self.program), profile, *options, str(source)], limit)
        if not target.is_file():
            raise EngineError(NAME, output.strip() or f"no {kind} was written")
        return target.read_bytes()

    def _locked_down_profile(self, folder: Path) -> Path:
        """A profile that trusts no document, and that the program takes for one it has used before."""
        profile = folder / "profile"
        items = (
            _ITEM.format(path=path, name=name, value=value)
            for path, settings in (*_SETTINGS.items(), (_PRODUCT, {_LAST_VERSION: self.version}))
            for name, value in settings.items()
        )
        extensions = profile / "user" / "extensions"
        extensions.mkdir(parents=True)
        (extensions / "buildid").write_text(self.build, encoding="utf-8")
        settings = _PROFILE.format(items="".join(items))
        (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
        return profile


@cache
def open_engine() -> LibreOffice:
    """The installed LibreOffice.

    Raises:
        EngineError: when there is none, or it does not start.
    """
    found = next(filter(None, map(shutil.which, (*_PROGRAMS, *_USUAL_PLACES))), None)
    if found is None:
        raise EngineError(NAME, "soffice is not on the PATH")
    output = _run([found, "--version"], _START_SECONDS)
    version = re.search(r"(\d+(?:\.\d+)+)[ \t]*(.*)", output)
    if version is None:
        raise EngineError(NAME, f"{found} --version said: {output.strip()}")
    return LibreOffice(Path(found), version[1], version[2].strip())


@cache
def _without_network() -> Sequence[str]:
    """The words before a command that take the network from it; none where the system does not let a user do that."""
    words = ("unshare", "--map-root-user", "--net")
    if not shutil.which(words[0]):
        return ()
    try:
        is_allowed = run_program([*words, "true"], seconds=_START_SECONDS).status == 0
    except OSError:
        return ()
    return words if is_allowed else ()


def _run(command: Sequence[str], seconds: float) -> str:
    """Return what ``command`` prints.

    Raises:
        EngineError: when it does not start, or is not done in so many seconds.
    """
    try:
        return run_program(command, seconds=seconds, memory=_MEMORY, env=machine_environment()).output
    except OSError as error:
        raise EngineError(NAME, str(error)) from error


def _first_pages(pdf: pikepdf.Pdf, bundle: Bundle) -> tuple[int, ...]:
    if bundle.letters == 1:
        return (0,)
    destinations = _destinations(pdf)
    if missing := [name for name in bundle.bookmarks if _escape_name(name) not in destinations]:
        raise EngineError(NAME, f"bookmarks of letters that are not in the PDF: {', '.join(missing)}")
    return tuple(destinations[_escape_name(name)] for name in bundle.bookmarks)


def _destinations(pdf: pikepdf.Pdf) -> Mapping[str, int]:
    """The page, from 0, of every named destination."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    destinations = {
        name.removeprefix("/"): destination
        for name, destination in pdf.Root.get("/Dests", pikepdf.Dictionary()).items()
    }
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        destinations.update(
            (str(name), destination) for name, destination in pikepdf.NameTree(pdf.Root.Names.Dests).items()
        )
    targets = {
        name: destination.D if isinstance(destination, pikepdf.Dictionary) else destination
        for name, destination in destinations.items()
    }
    return {name: numbers[target[0].objgen] for name, target in targets.items() if target[0].objgen in numbers}


def _escape_name(name: str) -> str:
    """``name`` as LibreOffice writes it: ``letter_5`` becomes ``letter5F5``."""
    return "".join(letter if _PLAIN.fullmatch(letter) else f"{ord(letter):02X}" for letter in name)
