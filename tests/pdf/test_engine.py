import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

import congvan
from congvan.errors import EngineError
from congvan.pdf import Engine, to_pdf
from congvan.pdf import engine as named_engine
from congvan.pdf.engine import Bundle, ConvertedBundle, verify
from congvan.pdf.engines.available import engine, engine_states
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
    assert engine_states()["libreoffice"].missing == "soffice is not on the PATH"
    soffice.open_engine.cache_clear()


class OwnEngine:
    """What an office system may hand in: it draws by another engine and counts."""

    name, version, is_bundle_independent, max_letters = "own", "1", True, 2

    def __init__(self):
        self.bundles = []

    def unsupported(self, docx):
        return engine().unsupported(docx)

    def convert(self, bundle):
        self.bundles.append(bundle.letters)
        return engine().convert(bundle)


class Derived(Engine):
    name, version = "derived", "1"

    def convert(self, bundle):
        return replace(engine().convert(bundle), first_pages=())


def test_an_engine_of_the_callers_own_converts(letter, docx_of):
    own = OwnEngine()
    documents = [docx_of(letter(name=name)) for name in ("Một", "Hai", "Ba")]

    assert engine(own) is own
    assert to_pdf(documents[0], engine=own) == to_pdf(documents[0])
    with ThreadPoolExecutor(1) as threads:
        pdfs = list(congvan.to_pdfs(documents, engine=own, executor=threads))
    assert pdfs == [to_pdf(docx) for docx in documents]
    assert own.bundles == [1, 2, 1]


def test_a_derived_engine_needs_a_name_a_version_and_a_conversion():
    own = Derived()

    assert (own.is_bundle_independent, own.max_letters, len(own.unsupported(b""))) == (False, 1, 0)


def test_an_engine_that_loses_a_letter_is_an_error(letter, docx_of):
    with pytest.raises(EngineError, match="0 letters found in the PDF, 1 in the bundle"):
        to_pdf(docx_of(letter()), engine=Derived())


def test_an_object_that_is_no_engine_is_refused_at_once():
    with pytest.raises(TypeError, match="neither the name of a PDF engine nor"):
        engine(object())


def test_every_engine_says_its_version_or_why_it_is_missing():
    for name, state in engine_states().items():
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
