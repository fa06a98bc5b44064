import io
import re
import shutil
import subprocess
import sys
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import ClassVar

import pytest

from congvan.errors import EngineError
from congvan.inspect.pdf.facts import read_facts
from congvan.pdf.engine import Bundle
from congvan.pdf.engines.available import engine
from congvan.pdf.engines.libreoffice import engine as soffice
from congvan.pdf.fonts import is_pinned
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.split.bundle_splitter import split_bundle

INSTALLED = shutil.which("soffice") or shutil.which("libreoffice")
needs_soffice = pytest.mark.skipif(not INSTALLED, reason="LibreOffice is not installed on this machine")


@pytest.fixture(scope="module")
def libreoffice():
    return engine("libreoffice")


@needs_soffice
def test_letters_of_different_lengths_get_their_own_pages_and_hold_no_other_letter(letter, bundle_of, libreoffice):
    names = ("Thôn Khoát", "Thôn Đoàn", "Thôn Hặc")
    letters = [letter(name=name, paragraphs=count) for name, count in zip(names, (2, 18, 1), strict=True)]
    parts = split_bundle(libreoffice.convert(bundle_of(letters)), [PdfMetadata(name) for name in names])

    assert [part.pages for part in parts] == [1, 3, 1]
    for name, part in zip(names, parts, strict=True):
        facts = read_facts(part.pdf)
        assert [other for other in names if f"Kính gửi: {other}" in facts.text] == [name]
        assert all(is_pinned(font.name) and font.embedded for font in facts.fonts)


@needs_soffice
def test_a_picture_in_one_letter_is_not_in_another(letter, bundle_of, libreoffice, picture_of, everything_in):
    letters = [letter(picture=picture_of(250, 0, 0)), letter(picture=picture_of(0, 0, 250)), letter()]
    parts = split_bundle(
        libreoffice.convert(bundle_of(letters)), [PdfMetadata("a"), PdfMetadata("b"), PdfMetadata("c")]
    )

    assert [len(re.findall(rb"/Subtype */Image", everything_in(part.pdf))) for part in parts] == [1, 1, 0]


@needs_soffice
def test_the_embedded_engine_breaks_lines_where_libreoffice_does(letter, docx_of, libreoffice, embedded):
    one = letter(paragraphs=6, texts=("Công văn số 12345/UBND-CNXDKH và 678/TTr-SCT " * 4,))
    by_both = [
        split_bundle(each.convert(Bundle(docx_of(one))), [PdfMetadata("a")])[0].pdf for each in (libreoffice, embedded)
    ]
    reference, embedded = (lines(read_facts(pdf).text) for pdf in by_both)

    assert embedded == reference


@needs_soffice
def test_what_libreoffice_cannot_open_is_an_engine_error(libreoffice):
    with pytest.raises(EngineError) as failed:
        libreoffice.convert(Bundle(b"PK\3\4" + bytes(99)))
    assert failed.value.engine == "libreoffice"


@needs_soffice
def test_a_bundle_whose_bookmarks_are_missing_is_refused(letter, bundle_of, libreoffice):
    source = bundle_of([letter(), letter()])

    with pytest.raises(EngineError, match="khong_co"):
        libreoffice.convert(Bundle(source.docx, ("letter_0", "khong_co")))


@pytest.mark.skipif(sys.platform == "win32", reason="sh and ps are of Unix")
def test_a_run_that_takes_too_long_is_an_engine_error_and_ends_with_all_it_started(tmp_path):
    script = "sleep 3600 & echo $! > helper; wait"
    with pytest.raises(EngineError, match="not done after 1 seconds"):
        soffice._run(["sh", "-c", f"cd '{tmp_path}'; {script}"], 1)

    helper = (tmp_path / "helper").read_text().strip()
    state = subprocess.run(["ps", "-o", "stat=", "-p", helper], capture_output=True, text=True, check=False).stdout
    assert state.strip()[:1] in {"", "Z"}


class Listener(BaseHTTPRequestHandler):
    """A server in the network that takes down who asks it for anything."""

    asked: ClassVar[list[str]] = []

    def parse_request(self):
        understood = super().parse_request()
        self.asked.append(self.path)
        return understood

    def log_message(self, *_):
        pass


@pytest.fixture
def linked_picture(docx_of, letter, picture_of):
    """A letter whose picture lies on a server, and what the server was asked for."""
    Listener.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        link = f'Target="http://127.0.0.1:{server.server_port}/anh.png" TargetMode="External"'
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(docx_of(letter(picture=picture_of(9, 9, 9))))) as source,
            zipfile.ZipFile(target, "w") as linked,
        ):
            for name in source.namelist():
                content = source.read(name).replace(b"r:embed=", b"r:link=")
                if name == "word/_rels/document.xml.rels":
                    content = re.sub(rb'Target="media/[^"]+"', link.encode(), content)
                linked.writestr(name, content)
        yield SimpleNamespace(docx=target.getvalue(), asked=Listener.asked)
        server.shutdown()


@needs_soffice
@pytest.mark.slow
def test_a_picture_on_a_server_is_not_fetched_even_where_a_program_cannot_be_kept_off_the_network(
    libreoffice, linked_picture, monkeypatch
):
    monkeypatch.setattr(soffice, "_without_network", tuple)
    libreoffice.convert(Bundle(linked_picture.docx))
    assert linked_picture.asked == []

    monkeypatch.setattr(soffice, "_SETTINGS", {})  # so does the test see anything at all?
    libreoffice.convert(Bundle(linked_picture.docx))
    assert linked_picture.asked


@needs_soffice
@pytest.mark.slow
@pytest.mark.skipif(not soffice._without_network(), reason="this system keeps no program off the network for a user")
def test_the_network_is_out_of_reach_where_the_system_can_see_to_that(libreoffice, linked_picture, monkeypatch):
    monkeypatch.setattr(soffice, "_SETTINGS", {})
    libreoffice.convert(Bundle(linked_picture.docx))
    assert linked_picture.asked == []


@pytest.mark.parametrize(
    ("said", "version", "build"),
    [("LibreOffice 7.4.7.2 40(Build:2)\n\n", "7.4.7.2", "40(Build:2)"), ("LibreOffice 24.8.1.2\n", "24.8.1.2", "")],
)
def test_a_profile_says_that_this_version_has_used_it_before(said, version, build, tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: "/opt/soffice")
    monkeypatch.setattr(soffice, "_run", lambda *_: said)
    found = soffice.open_engine.__wrapped__()
    user = found._locked_down_profile(tmp_path) / "user"

    assert found.version == version
    assert (user / "extensions" / "buildid").read_text() == build
    settings = (user / "registrymodifications.xcu").read_text()
    assert f'"ooSetupLastVersion" oor:op="fuse"><value>{version}</value>' in settings
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true</value>' in settings


def test_a_program_that_does_not_start_is_an_engine_error(tmp_path):
    with pytest.raises(EngineError):
        soffice._run([str(tmp_path / "soffice")], 3)


def test_bookmark_names_are_known_as_libreoffice_writes_them():
    assert soffice._escape_name("letter_5") == "letter5F5"


def lines(text):
    """The lines of a text, each without what an engine puts at its ends."""
    return sorted(" ".join(line.split()) for line in text.splitlines() if line.strip())
