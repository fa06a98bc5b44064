"""One letter as PDF, as a web service or a clerk asks for it: medians of the first and of later calls.

    python -m benchmarks.single_letter [ROUNDS]

Two kinds of letter are converted by :func:`congvan.to_pdf`: the sample of the built-in công văn, and a letter made with
python-docx, whose default style sheet has 164 styles. Each letter is another one, so that nothing is found in a cache
but what letters of one template share. A cold call is the first of a new process, imports included.
"""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Final

from docx import Document
from docx.shared import Pt

import congvan
from congvan.word import render_docx
from congvan.word.builtin.sample import sample

_ROUNDS: Final = 40
_COLD_ROUNDS: Final = 5
_COLD: Final = "import sys, congvan; congvan.to_pdf(sys.stdin.buffer.read())"


def built_in_letter(number: int) -> bytes:
    """A one-page công văn by the built-in template."""
    return render_docx(sample("cong-van").with_parts(trich_yeu=f"việc thanh toán tiền điện, lần {number}"))


def python_docx_letter(number: int) -> bytes:
    """A one-page letter made with python-docx and its default style sheet."""
    document = Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Times New Roman", Pt(14)
    for paragraph in range(12):
        document.add_paragraph(f"{paragraph}. Công ty đề nghị quý cơ quan phối hợp tuyên truyền, lần {number}.")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def warm(letters: Iterator[bytes]) -> float:
    """The median of calls in one process, in milliseconds."""
    congvan.to_pdf(next(letters))
    return median(map(_milliseconds, letters))


def cold(docx: bytes) -> float:
    """The median of first calls, in milliseconds; each starts a process."""
    times = []
    for _ in range(_COLD_ROUNDS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", _COLD], input=docx, check=True)
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def main(rounds: int = _ROUNDS) -> None:
    """Measure and print."""
    kinds: dict[str, Callable[[int], bytes]] = {"built-in": built_in_letter, "python-docx": python_docx_letter}
    for name, letter in kinds.items():
        documents = [letter(number) for number in range(rounds + 1)]
        print(f"{name}: warm {warm(iter(documents)):.1f} ms, cold {cold(documents[0]):.0f} ms")


def _milliseconds(docx: bytes) -> float:
    start = time.perf_counter()
    congvan.to_pdf(docx)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
