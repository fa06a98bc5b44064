import re
import shutil
import subprocess

import pytest

from congvan.errors import EngineError
from congvan.pdf import soffice
from congvan.pdf.cut import Marks, cut
from congvan.pdf.engine import Bundle, engine
from congvan.pdf.facts import read_facts
from congvan.pdf.fonts import is_pinned

INSTALLED = shutil.which("soffice") or shutil.which("libreoffice")
needs_soffice = pytest.mark.skipif(not INSTALLED, reason="LibreOffice is not installed on this machine")


@pytest.fixture(scope="module")
def libreoffice():
    return engine("libreoffice")


@needs_soffice
def test_letters_of_different_lengths_get_their_own_pages_and_hold_no_other_letter(letter, bundle_of, libreoffice):
    names = ("Thôn Khoát", "Thôn Đoàn", "Thôn Hặc")
    letters = [letter(name=name, paragraphs=count) for name, count in zip(names, (2, 18, 1), strict=True)]
    parts = cut(libreoffice.convert(bundle_of(letters)), [Marks(name) for name in names])

    assert [part.pages for part in parts] == [1, 3, 1]
    for name, part in zip(names, parts, strict=True):
        facts = read_facts(part.pdf)
        assert [other for other in names if f"Kính gửi: {other}" in facts.text] == [name]
        assert all(is_pinned(font.name) and font.embedded for font in facts.fonts)


@needs_soffice
def test_a_picture_in_one_letter_is_not_in_another(letter, bundle_of, libreoffice, picture_of, everything_in):
    letters = [letter(picture=picture_of(250, 0, 0)), letter(picture=picture_of(0, 0, 250)), letter()]
    parts = cut(libreoffice.convert(bundle_of(letters)), [Marks("a"), Marks("b"), Marks("c")])

    assert [len(re.findall(rb"/Subtype */Image", everything_in(part.pdf))) for part in parts] == [1, 1, 0]


@needs_soffice
def test_the_embedded_engine_breaks_lines_where_libreoffice_does(letter, docx_of, libreoffice, embedded):
    one = letter(paragraphs=6, texts=("Công văn số 12345/UBND-CNXDKH và 678/TTr-SCT " * 4,))
    by_both = [cut(each.convert(Bundle(docx_of(one))), [Marks("a")])[0].pdf for each in (libreoffice, embedded)]
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


def test_a_run_that_takes_too_long_is_an_engine_error(monkeypatch):
    def slow(command, **_):
        raise subprocess.TimeoutExpired(command, 3)

    monkeypatch.setattr(soffice.subprocess, "run", slow)
    with pytest.raises(EngineError, match="not done after 3 seconds"):
        soffice._run(["soffice"], 3)


def test_a_program_that_does_not_start_is_an_engine_error(tmp_path):
    with pytest.raises(EngineError):
        soffice._run([str(tmp_path / "soffice")], 3)


def test_bookmark_names_are_known_as_libreoffice_writes_them():
    assert soffice._escaped("letter_5") == "letter5F5"


def lines(text):
    """The lines of a text, each without what an engine puts at its ends."""
    return sorted(" ".join(line.split()) for line in text.splitlines() if line.strip())
