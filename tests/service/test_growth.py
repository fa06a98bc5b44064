"""A service runs for months: what it made leaves nothing behind in memory, whoever did the work."""

import json
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read as Linux tells it")

MEMORY = """
import gc, json, os
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")

def megabytes(pid):
    gc.collect()
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE // 2**20

def children():
    return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]

def all_memory():
    return [megabytes(pid) for pid in ["self", *children()]]

def grown(act, warm_up, count):
    for number in range(warm_up):
        act(number)
    before = all_memory()
    for number in range(warm_up, warm_up + count):
        act(number)
    print(json.dumps([before, all_memory()]))
"""
MOST_GROWTH = 60
"""MB; a process that kept each letter would grow by 300. Caches of a worker are full after about 350 letters."""


def assert_flat(lines):
    before, after = json.loads(lines[-1])
    assert len(before) == len(after), "a process was lost"
    assert all(late - early <= MOST_GROWTH for early, late in zip(before, after, strict=True)), (before, after)


@pytest.mark.slow
def test_five_hundred_letters_leave_no_memory_behind(said):
    program = f"""{MEMORY}
import letters
grown(lambda number: letters.make(number + 1), 350, 500)
"""
    assert_flat(said(program))


@pytest.mark.slow
def test_neither_do_two_hundred_letters_made_in_the_process_itself(said):
    program = f"""{MEMORY}
import congvan, letters

def make(number):
    congvan.to_pdf(congvan.render_docx(letters.letter(number + 1), time_limit=None), time_limit=None)

grown(make, 100, 200)
"""
    assert_flat(said(program))


@pytest.mark.slow
def test_neither_do_refused_letters_and_templates_of_every_request(said, docx_with, tmp_path):
    (tmp_path / "mau.docx").write_bytes(docx_with("Kính gửi {{ ten }}", "{{ noi_dung }}"))
    program = f"""{MEMORY}
import congvan
from pathlib import Path

def ask(number):
    template = congvan.WordTemplate("mau.docx")
    docx = template.render({{"ten": f"Ông Lê Văn {{number}}", "noi_dung": "đề nghị " * 50}})
    congvan.facts(docx)
    for wrong in ({{"ten": "x"}}, {{}}):
        try:
            template.render(wrong)
        except congvan.CongvanError as error:
            str(error), error.to_json()
    try:
        congvan.to_pdf(b"hong" * number)
    except congvan.CongvanError:
        pass

grown(ask, 100, 150)
"""
    assert_flat(said(program))
