import subprocess
import sys

import pytest

from congvan.errors import EngineError
from congvan.pdf import engine as named_engine
from congvan.pdf.engine import Bundle, ConvertedBundle, engine, engines, verify
from congvan.pdf.engines.libreoffice import engine as soffice


def test_the_embedded_engine_is_the_default():
    assert engine().name == "dxpdf"


def test_an_unknown_engine_is_refused_with_the_names_there_are():
    with pytest.raises(EngineError, match=r"“?word2pdf.*dxpdf, libreoffice") as refused:
        engine("word2pdf")
    assert refused.value.engine == "word2pdf"


def test_an_engine_this_machine_lacks_is_refused_with_the_names_it_has(monkeypatch):
    monkeypatch.setattr(soffice.shutil, "which", lambda _: None)
    soffice.open_engine.cache_clear()
    with pytest.raises(EngineError, match=r"soffice is not on the PATH.*dxpdf"):
        engine("libreoffice")
    assert engines()["libreoffice"].missing == "soffice is not on the PATH"
    soffice.open_engine.cache_clear()


def test_every_engine_says_its_version_or_why_it_is_missing():
    for name, state in engines().items():
        assert state.name == name
        assert (state.version is None) != (state.missing is None)


def test_a_bundle_with_a_letter_too_few_is_refused():
    bundle = Bundle(b"", ("a", "b", "c"))

    with pytest.raises(EngineError, match="2 letters found in the PDF, 3 in the bundle"):
        verify(engine(), bundle, ConvertedBundle(b"", (0, 1), 2))


@pytest.mark.parametrize(("first_pages", "page_count"), [((1, 2), 3), ((0, 0), 2), ((0, 2), 2), ((0, 3), 2)])
def test_a_page_that_is_nobodys_is_refused(first_pages, page_count):
    with pytest.raises(EngineError, match="some belong to no letter"):
        verify(engine(), Bundle(b"", ("a", "b")), ConvertedBundle(b"", first_pages, page_count))


def test_a_bundle_without_bookmarks_is_one_letter():
    assert Bundle(b"").letters == 1


def test_pages_belong_to_the_letter_that_began_before_them():
    assert ConvertedBundle(b"", (0, 1, 4), 5).page_ranges == (range(1), range(1, 4), range(4, 5))


def test_the_folder_offers_the_engine_by_the_same_name():
    assert named_engine is engine


def test_importing_the_folder_loads_no_engine_and_no_pdf_library():
    heavy = "dxpdf,pikepdf,pypdf,lxml,docx"
    script = f"import sys, congvan.pdf; print([name for name in '{heavy}'.split(',') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
