"""Many Word documents as PDF, by worker processes: in order, lazily, and a bad document spoils no other."""

import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice

import pytest
from docx import Document

import congvan
from congvan.errors import EngineError, TemplateError, UnreadableFileError
from congvan.inspect.pdf.facts import read_facts
from congvan.pdf import PdfMetadata
from congvan.pdf.engines.available import engine
from congvan.word import render_docx
from congvan.word.builtin.sample import sample

unix = pytest.mark.skipif(sys.platform == "win32", reason="signals and ps are of Unix")
POISON = "Thôn Độc"


class FragileEngine:
    """The embedded engine, as long as no document has a certain word in it."""

    name, version, is_bundle_independent, max_letters = "fragile", "1", True, 20

    def unsupported(self, docx):
        return engine().unsupported(docx)

    def convert(self, bundle):
        self.read(bundle.docx)
        return engine().convert(bundle)

    def read(self, docx):
        if any(POISON in paragraph.text for paragraph in Document(io.BytesIO(docx)).paragraphs):
            self.fail()


class DyingEngine(FragileEngine):
    def fail(self):
        os.kill(os.getpid(), signal.SIGKILL)


class HangingEngine(FragileEngine):
    def fail(self):
        time.sleep(600)


class RaisingEngine(FragileEngine):
    def fail(self):
        raise RuntimeError("hỏng máy in")


def own_template():
    """A template of an office: the name, and a few paragraphs, in the face that is pinned."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.add_paragraph("Kính gửi: {{ ten }}")
    document.add_paragraph("Điện lực Mẫu thông báo kế hoạch thu tiền điện.")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def letter_to():
    template = congvan.WordTemplate(own_template(), name="mau.docx")
    return lambda name: template.render({"ten": name})


@pytest.fixture(scope="module")
def letters(letter_to):
    return [letter_to(f"Thôn {number}") for number in range(60)]


def names(pdfs):
    return [congvan.facts(pdf).lines[0].text.removeprefix("Kính gửi: ") for pdf in pdfs]


def descendants(pid):
    """The processes below one that run, by their ids."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,stat=,comm="], capture_output=True, text=True, check=True).stdout
    children = {}
    for child, parent, state, command in (line.split(maxsplit=3) for line in listed.splitlines()):
        if not state.startswith("Z") and command != "ps":
            children.setdefault(int(parent), []).append(int(child))
    found = list(children.get(pid, ()))
    for process in found:
        found += children.get(process, ())
    return found


def test_letters_of_an_own_template_are_the_same_as_each_alone(letters):
    pdfs = list(congvan.to_pdfs(letters, jobs=2))

    assert len(pdfs) == 60
    assert pdfs == [congvan.to_pdf(docx) for docx in letters]


def test_unlike_documents_stay_in_order(letters):
    documents = [letters[0], render_docx(sample("thong-bao")), *letters[1:3], render_docx(sample("cong-van"))]

    assert list(congvan.to_pdfs(documents, jobs=2)) == [congvan.to_pdf(docx) for docx in documents]


def test_no_documents_are_no_pdfs():
    assert list(congvan.to_pdfs([])) == []


def test_documents_are_read_as_pdfs_are_asked_for(letter_to):
    taken = []
    documents = (taken.append(number) or letter_to(f"Thôn {number}") for number in count())
    with ThreadPoolExecutor(1) as threads:
        pdfs = congvan.to_pdfs(documents, engine=RaisingEngine(), executor=threads)
        assert taken == []
        assert names(islice(pdfs, 3)) == ["Thôn 0", "Thôn 1", "Thôn 2"]
        pdfs.close()

    assert len(taken) < 200


def test_each_document_has_its_own_title(letters):
    about = [PdfMetadata(title) for title in ("một", "hai", "ba")]

    assert [read_facts(pdf).title for pdf in congvan.to_pdfs(letters[:3], metadata=about, jobs=1)] == [
        "một",
        "hai",
        "ba",
    ]
    with pytest.raises(ValueError, match="metadata"):
        list(congvan.to_pdfs(letters[:4], metadata=about, jobs=1))


def test_an_engine_that_is_missing_is_an_error_at_once():
    with pytest.raises(EngineError, match="khong-co"):
        congvan.to_pdfs([], engine="khong-co")


@pytest.mark.parametrize("broken", [b"%PDF-1.7", b""])
def test_a_file_that_is_no_word_document_is_named_after_the_pdfs_before_it(letters, broken):
    pdfs = congvan.to_pdfs([*letters[:30], broken, *letters[30:]], jobs=1)

    assert names(islice(pdfs, 30)) == [f"Thôn {number}" for number in range(30)]
    with pytest.raises((TemplateError, UnreadableFileError), match=r"thứ 31|document 31"):
        next(pdfs)


def test_a_letter_the_engine_refuses_is_named_after_the_pdfs_before_it(letters, letter_to):
    pdfs = congvan.to_pdfs([*letters[:30], letter_to("Ông 文"), *letters[30:]], jobs=2)

    assert len(list(islice(pdfs, 30))) == 30
    with pytest.raises(EngineError, match=r"(thứ 31|document 31).*U\+6587"):
        next(pdfs)


@unix
@pytest.mark.parametrize(
    ("own", "time_limit", "reason"),
    [(DyingEngine(), 120, "SIGKILL"), (HangingEngine(), 2, "2"), (RaisingEngine(), 120, "hỏng máy in")],
)
def test_a_document_that_loses_its_worker_is_the_only_one_without_a_pdf(letters, letter_to, own, time_limit, reason):
    pdfs = congvan.to_pdfs([*letters[:7], letter_to(POISON), *letters[7:]], engine=own, jobs=1, time_limit=time_limit)

    assert names(islice(pdfs, 7)) == [f"Thôn {number}" for number in range(7)]
    with pytest.raises(EngineError, match=rf"(thứ 8|document 8): .*{reason}"):
        next(pdfs)
    rest = congvan.to_pdfs(letters[7:10], engine=own, jobs=1)
    assert names(rest) == ["Thôn 7", "Thôn 8", "Thôn 9"]


@unix
def test_an_iterator_that_is_closed_early_leaves_no_process(letters):
    before = set(descendants(os.getpid()))
    pdfs = congvan.to_pdfs(letters * 20, jobs=2)
    next(pdfs)
    assert set(descendants(os.getpid())) - before
    pdfs.close()

    deadline = time.monotonic() + 30
    while set(descendants(os.getpid())) - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert set(descendants(os.getpid())) - before == set()


def test_an_executor_of_the_callers_own_stays_open(letters):
    with ThreadPoolExecutor(1) as threads:
        assert names(congvan.to_pdfs(letters[:3], executor=threads)) == ["Thôn 0", "Thôn 1", "Thôn 2"]
        assert threads.submit(abs, -1).result() == 1
