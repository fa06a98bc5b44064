"""A campaign of 300 letters beside a book of 100,000 letters and beside an empty one.

    python -m benchmarks.large_book [LETTERS]

Prints the least time of some rounds for ``plan``, the first ``render``, ``render`` again, ``issue`` and ``find``, with
both books, and their ratio; then ``congvan plan`` and ``congvan register find`` as commands, start included. The large
book holds the issued letters of earlier campaigns of the same body and year, in the series the new letters count on.
Each act has a new connection to the book, as a command has.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Final

import congvan
from congvan.letter import Letter
from congvan.register import NumberRequest, Register
from congvan.register.letter_book import SealedLetter
from congvan.register.letter_record import LetterRecord, LetterState
from congvan.register.lookup.search import Search
from congvan.run import preview_numbers
from congvan.word.builtin.sample import sample

_LETTERS: Final = 300
_ROUNDS: Final = 3
_A_CAMPAIGN: Final = 5000
_YEAR: Final = 2026
_CAMPAIGN: Final = """\
ma: thu-nghiem
ten: Thử nghiệm
he_thong_cap: [xa]
don_vi: don-vi.csv
cap:
  - cap: xa
    don_vi: dlhl
    loai: cong-van
    ngay: 2026-11-30
    trich_yeu: phối hợp tuyên truyền
    nguoi_nhan: xa.csv
    mot_van_ban_cho: nguoi_nhan
    noi_dung: xa.md
    noi_nhan: [Như trên, "Lưu: VT"]
    ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Cao Thị Thử}
"""
_BODIES: Final = "ma,co_quan,ten_thuong,ky_hieu,dia_danh\ndlhl,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc\n"


def measure(letters: int) -> dict[str, tuple[float, float]]:
    """Seconds by act, with an empty book and with one of ``letters`` letters."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        _write_campaign(home)
        _fill(home / "large.sqlite3", letters)
        (home / "small.sqlite3").touch()
        small: dict[str, float] = {}
        large: dict[str, float] = {}
        for _ in range(_ROUNDS):
            for book, times in (("small", small), ("large", large)):
                _round(home, home / f"{book}.sqlite3", times)
    return {act: (small[act], large[act]) for act in small}


def _round(home: Path, book: Path, times: dict[str, float]) -> None:
    """Every act once, with a copy of ``book``; ``times`` keeps the least time of each."""
    register, out = home / "so.sqlite3", home / "out"
    shutil.copyfile(book, register) if book.stat().st_size else register.unlink(missing_ok=True)
    shutil.rmtree(out, ignore_errors=True)
    plan = congvan.plan(congvan.load_campaign(home / "dot.yaml"))

    def timed(act: str, work: Callable[[], object]) -> None:
        start = time.perf_counter()
        work()
        times[act] = min(times.get(act, float("inf")), time.perf_counter() - start)

    def render() -> None:
        congvan.render(plan, out, register, formats=["docx"], executor=here)

    with ThreadPoolExecutor(1) as here:
        timed("plan", lambda: preview_numbers(plan, register))
        timed("render", render)
        timed("render again", render)
        timed("issue", lambda: congvan.issue(plan, out, register))
        timed("render issued", render)
    command = [sys.executable, "-m", "congvan"]
    given = ["--register", str(register)]
    timed("congvan plan", lambda: _run([*command, "plan", str(home / "dot.yaml"), *given]))
    timed("congvan find", lambda: _run([*command, "register", "find", "tuyên truyền 299", *given]))
    timed("congvan find words", lambda: _run([*command, "register", "find", "tuyên truyền Mẫu", *given]))
    for act, words in (
        ("find a name", ["xã Thử 299"]),
        ("find a number", ["300/ĐLHL"]),
        ("find words", ["tuyên truyền"]),
        ("find a day", ["30/11/2026"]),
    ):
        timed(act, lambda words=words: _find(register, words))


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _find(register: Path, words: list[str]) -> None:
    with Register.open(register) as book:
        book.find(Search.of(words))


def _write_campaign(home: Path) -> None:
    (home / "dot.yaml").write_text(_CAMPAIGN, encoding="utf-8")
    (home / "don-vi.csv").write_text(_BODIES, encoding="utf-8")
    (home / "xa.md").write_text("Kính đề nghị {{ ten }} phối hợp.", encoding="utf-8")
    rows = [f"{number:03},xã Thử {number},UBND xã Thử {number}" for number in range(1, _LETTERS + 1)]
    (home / "xa.csv").write_text("\n".join(["ma,xa,ten", *rows, ""]), encoding="utf-8")


def _fill(where: Path, letters: int) -> None:
    """Issue the letters of campaigns of 5,000 letters each."""
    data = sample("cong-van").to_json().encode()
    assert Letter.from_json(data)
    with Register.open(where) as book:
        for start in range(0, letters, _A_CAMPAIGN):
            dot = f"dot-{start // _A_CAMPAIGN + 1}"
            keys = [f"{dot}/xa/{number:04}" for number in range(min(_A_CAMPAIGN, letters - start))]
            book.reserve([_request(key) for key in keys])
            book.letters.seal([_sealed(key, dot, data) for key in keys])


def _request(key: str) -> NumberRequest:
    return NumberRequest(
        khoa=key,
        don_vi="dlhl",
        nam=_YEAR,
        ngay=date(_YEAR, 3, 2),
        ky_hieu="ĐLHL",
        loai="cong-van",
        trich_yeu="lịch ghi chỉ số công tơ",
        noi_nhan=f"UBND phường Mẫu {key[-4:]}",
    )


def _sealed(key: str, dot: str, data: bytes) -> SealedLetter:
    return SealedLetter(
        LetterRecord(
            khoa=key,
            dot=dot,
            trang_thai=LetterState.NUMBERED,
            khoa_so=key,
            ngay=date(_YEAR, 3, 2),
            thu_muc=f"out/{dot}",
            docx=f"1-xa/{key[-4:]}.docx",
            docx_sha256="0" * 64,
            du_lieu_sha256=hashlib.sha256(data).hexdigest(),
        ),
        data,
    )


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for act, (small, large) in measure(number).items():
        print(f"{act:18} {small * 1000:8.0f} ms {large * 1000:8.0f} ms   {large / small:5.2f} x")
