"""The language of messages: of a program, of a thread, of one request, and of whoever reads a finding."""

from __future__ import annotations

import asyncio
import copy
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from threading import Thread

import pytest

from congvan.errors import EngineError, UnreadableFileError, WorkerLostError
from congvan.findings import Sentence, finding, language, set_language, speaking

BUSY = {"vi": "Sổ đang", "en": "register"}


@pytest.fixture(autouse=True)
def vietnamese_again():
    yield
    set_language("vi")


def in_a_thread(call):
    answers = []
    thread = Thread(target=lambda: answers.append(call()))
    thread.start()
    thread.join()
    return answers[0]


def test_the_language_of_the_program_reaches_threads_that_start_before_and_after():
    with ThreadPoolExecutor(1) as before:
        assert before.submit(language).result() == "vi"
        set_language("en")
        assert before.submit(language).result() == "en"
        assert in_a_thread(language) == "en"


def test_a_thread_that_chooses_a_language_changes_no_other():
    def choose():
        set_language("en")
        return language()

    assert in_a_thread(choose) == "en"
    assert (language(), in_a_thread(language)) == ("vi", "vi")


def test_one_request_speaks_its_language_and_the_next_one_its_own():
    with speaking("en"):
        assert language() == "en"
        with speaking("vi"):
            assert language() == "vi"
        assert in_a_thread(language) == "vi"
    assert language() == "vi"


def test_tasks_of_one_thread_speak_two_languages_at_once():
    async def answer(lang):
        set_language(lang)
        await asyncio.sleep(0)
        return language()

    async def both():
        return await asyncio.gather(answer("en"), answer("vi"))

    assert asyncio.run(both()) == ["en", "vi"]
    assert (language(), in_a_thread(language)) == ("vi", "vi")


def test_an_unknown_language_is_refused():
    for call in (set_language, lambda lang: speaking(lang).__enter__()):
        with pytest.raises(ValueError, match="fr"):
            call("fr")


def unreadable():
    set_language("en")
    return UnreadableFileError("a.docx", finding("error-file-not-word", why="PK"))


def test_an_error_made_in_one_language_reads_in_another():
    with ProcessPoolExecutor(1) as pool:
        error = pool.submit(unreadable).result(60)
    assert str(error) == "a.docx: không phải tệp Word (.docx) đọc được: PK"
    with speaking("en"):
        assert str(error) == "a.docx: not a Word file (.docx) that can be read: PK"
        assert error.as_dict()["findings"][0]["place"] == {"file": "a.docx"}


def test_a_reason_inside_another_finding_reads_in_the_language_of_the_reader():
    with speaking("en"):
        error = UnreadableFileError("a.docx", finding("error-file-not-word", why="PK"))
        outer = finding("batch-file-unreadable", why=error.reason)
        assert "not a Word file" in outer.message
    for one in (outer, copy.deepcopy(outer), pickle.loads(pickle.dumps(outer))):
        assert "không phải tệp Word" in one.message
        assert isinstance(one.values["why"], Sentence)
        told = one.as_dict()["values"]["why"]
        assert (told["code"], told["values"]) == ("error-file-not-word", {"why": "PK"})


@pytest.mark.parametrize(
    ("error", "code", "values"),
    [
        (EngineError("dxpdf", "no fonts"), "error-engine-failed", {"engine": "dxpdf", "why": "no fonts"}),
        (WorkerLostError("batch-worker-late", seconds=3), "batch-worker-late", {"seconds": "3"}),
        (UnreadableFileError("a", "locked"), "error-file-unreadable", {"path": "a", "why": "locked"}),
    ],
)
def test_an_error_has_the_code_and_values_of_its_sentence(error, code, values):
    assert (error.code, error.values) == (code, values)
    before = str(error)
    with speaking("en"):
        assert error.report.findings[0].message
        assert error.as_dict()["code"] == code
    assert str(error) == before
