"""A threaded service for some minutes, with hostile requests among honest ones, and with worker processes killed.

    python -m benchmarks.soak [--seconds 180] [--threads 8] [--seed 1]

First the honest requests alone for a fifth of the time, then with hostile ones between them: broken, swollen and
encrypted documents, templates that compute for long, tables too large to lay out. Every few seconds a worker process is
killed, and a fork makes a letter. Each honest answer is compared with the bytes made beforehand; a request whose
process was killed is asked again, once. What it prints: how many there were, median and p95 of the seconds of honest
requests without and with hostile ones, and the memory of all processes after each tenth of the time.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import signal
import sys
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import congvan
from congvan.errors import CongvanError, EngineError, WorkerLostError
from congvan.word.builtin.sample import sample

KINDS = ("cong-van", "thong-bao", "bao-cao", "to-trinh", "giay-moi", "quyet-dinh")
VARIANTS = 20
PATIENCE = 2.0
"""Seconds a request may take."""


def honest(number: int) -> bytes:
    """The PDF of one of 120 letters."""
    letter = sample(KINDS[number % len(KINDS)])
    parts = {"so": number + 1}
    return congvan.to_pdf(congvan.render_docx(letter.with_parts(**parts)))


def table(rows: int) -> bytes:
    """A document with a table that takes long to lay out."""
    from docx import Document

    document = Document()
    made = document.add_table(rows, 6)
    for row in made.rows:
        for cell in row.cells:
            cell.text = "Công ty " * 30
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def swollen() -> bytes:
    """A zip of some kilobytes that unpacks to 300 MB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 300_000_000)
    return target.getvalue()


def costly_template() -> bytes:
    """A template whose tags compute for very long."""
    from docx import Document

    document = Document()
    document.add_paragraph(
        "{% for a in range(100000) %}{% for b in range(100000) %}{{ a * b }}{% endfor %}{% endfor %}"
    )
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def hostile_acts() -> list[Callable[[], object]]:
    bomb, costly, large = swollen(), congvan.WordTemplate(costly_template()), table(300)
    return [
        lambda: congvan.to_pdf(b"PK\x03\x04 no package" * 100, time_limit=PATIENCE),
        lambda: congvan.to_pdf(bomb, time_limit=PATIENCE),
        lambda: congvan.to_pdf(b"\xd0\xcf\x11\xe0" + bytes(4096), time_limit=PATIENCE),
        lambda: costly.render({}, time_limit=PATIENCE),
        lambda: congvan.to_pdf(large, time_limit=PATIENCE),
        lambda: congvan.facts(b"%PDF-1.7" + bytes(100_000), time_limit=PATIENCE),
        lambda: sample("cong-van").with_parts(trich_yeu=""),
    ]


@dataclass
class Soak:
    """What the requests came to."""

    expected: list[str]
    chance: random.Random
    told: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def serve(self, acts: list[Callable[[], object]], until: float) -> None:
        while time.monotonic() < until:
            if acts and self.chance.random() < 1 / 20:
                self._hostile(self.chance.choice(acts))
            else:
                self._honest(self.chance.randrange(len(self.expected)))

    def _honest(self, number: int) -> None:
        began = time.monotonic()
        for is_last in (False, True):
            try:
                made = hashlib.sha256(honest(number)).hexdigest()
            except (WorkerLostError, EngineError):
                self.told["asked again" if not is_last else "lost"] += 1
                continue
            self.told["right" if made == self.expected[number] else "WRONG"] += 1
            break
        self.seconds.append(time.monotonic() - began)

    def _hostile(self, act: Callable[[], object]) -> None:
        began = time.monotonic()
        try:
            act()
            self.told["hostile, harmless"] += 1
        except CongvanError:
            self.told["hostile, refused"] += 1
        except Exception as error:  # noqa: BLE001 - is counted, and ends the soak with a failure
            self.told[f"UNEXPECTED {type(error).__name__}: {error}"[:200]] += 1
        self.told["hostile, late"] += time.monotonic() - began > 2 * PATIENCE + 5


def children() -> list[int]:
    return [int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]


def megabytes() -> int:
    """The memory of this process and of its worker processes."""
    total = 0
    for pid in (os.getpid(), *children()):
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        except OSError:  # it has ended meanwhile
            continue
    return total * os.sysconf("SC_PAGE_SIZE") // 2**20


def disturb(soak: Soak, until: float) -> None:
    """Kill a worker process now and then, and let a fork make a letter."""
    while time.monotonic() + 5 < until:
        time.sleep(5)
        if workers := children():
            os.kill(soak.chance.choice(workers), signal.SIGKILL)
            soak.told["killed"] += 1
        fork = os.fork()
        if fork == 0:
            signal.alarm(60)
            os._exit(0 if hashlib.sha256(honest(0)).hexdigest() == soak.expected[0] else 1)
        soak.told["fork right" if os.waitpid(fork, 0)[1] == 0 else "fork WRONG"] += 1


def phase(soak: Soak, acts: list[Callable[[], object]], threads: int, seconds: float) -> list[int]:
    """Serve for so long; the memory after each tenth of the time."""
    soak.seconds = []
    until, looks = time.monotonic() + seconds, []
    with ThreadPoolExecutor(threads) as pool:
        served = [pool.submit(soak.serve, acts, until) for _ in range(threads)]
        disturbing = threading.Thread(target=disturb, args=(soak, until), daemon=True)
        if acts:
            disturbing.start()
        for _ in range(10):
            time.sleep(seconds / 10)
            looks.append(megabytes())
        for one in served:
            one.result()
    if acts:
        disturbing.join()
    return looks


def spread(seconds: list[float]) -> dict[str, float]:
    return {"median": round(median(seconds), 3), "p95": round(quantiles(seconds, n=20)[-1], 3), "count": len(seconds)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    expected = [hashlib.sha256(honest(number)).hexdigest() for number in range(len(KINDS) * VARIANTS)]
    soak = Soak(expected, random.Random(given.seed))
    quiet_memory = phase(soak, [], given.threads, given.seconds / 5)
    quiet = spread(soak.seconds)
    memory = phase(soak, hostile_acts(), given.threads, given.seconds * 4 / 5)
    page = {"alone": quiet, "beside hostile": spread(soak.seconds), "told": dict(soak.told)}
    page |= {"MB alone": quiet_memory, "MB beside hostile": memory}
    sys.stdout.write(json.dumps(page, indent=1, ensure_ascii=False) + "\n")
    wrong = sum(count for told, count in soak.told.items() if told != told.lower() or told == "lost")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
