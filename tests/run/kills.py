"""Runs killed in every phase and continued: ``kills.py --kills 300 [--register postgresql://…] [--seed N]``.

Each run is a process that is killed by SIGKILL: every other one at a random time, the rest at a random moment of a phase
chosen beforehand, such as half-way through a file, between a file and its line in the journal, or within a transaction
of the register. A third of them begin in the folder of an earlier run of the campaign as it was before a change, and
a third are killed once or twice more while they continue. After every kill each file must be whole, and the register
sound; after the last continuation folder and register must be the same as after a run that nobody disturbed.

Every tenth run has processes of its own at work; the others render in the process that is killed, which is quicker.
Prints how many were killed in which phase, as JSON.
"""

from __future__ import annotations

import argparse
import json
import mmap
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing, contextmanager
from pathlib import Path
from textwrap import dedent

import dxpdf  # noqa: F401 - loaded before a process is forked, so that it is killed at its work and not at its start

import congvan
import congvan.pdf.engines.dxpdf.engine
import congvan.pdf.print.print_file
import congvan.register.store.database
from congvan.register import Register
from congvan.register.store.ledger import Ledger
from congvan.register.store.letter_ledger import LetterLedger
from congvan.run import batches, commit, numbers, pipeline, rendering, staging_folder, templates
from congvan.run.life import issuing
from congvan.run.output import folder, journal, lists, print_files
from congvan.support import files

PHASES = ("looking", "staging", "indexing", "numbering", "comparing", "writing", "noting", "moving", "printing")
PHASES += ("removing", "listing", "rewriting", "issuing", "clearing")
HAMLETS = "".join(
    f"{huyen}-{index:02},{huyen},{name},{xa},thôn {index},{person},Ông\n"
    for huyen, name, xa in ((400, "huyện Hậu Lộc", "xã Đại Lộc"), (381, "thị xã Bỉm Sơn", "phường Bắc Sơn"))
    for index, person in enumerate(("Lò Ón", "Đinh Công Ngạn", "Phùng Khắc Huy", "Quách Đăng Khoa"), start=1)
)
FILES = {
    "don-vi.csv": """\
        ma,chu_quan,co_quan,ten_thuong,ky_hieu,dia_danh,pham_vi,so_bat_dau
        pcth,TỔNG CÔNG TY,CÔNG TY ĐIỆN LỰC THANH HÓA,Công ty Điện lực Thanh Hóa,PCTH,Thanh Hóa,,465
        dlhl,CÔNG TY ĐIỆN LỰC THANH HÓA,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc,400,12
        dlbs,CÔNG TY ĐIỆN LỰC THANH HÓA,ĐIỆN LỰC BỈM SƠN,Điện lực Bỉm Sơn,ĐLBS,Bỉm Sơn,381,
        """,
    "tinh.csv": "ma,ten\nubnd,Ủy ban nhân dân tỉnh Thanh Hóa\n",
    "thon.csv": "ma,ma_huyen,huyen,xa,thon,ho_ten,ong_ba\n" + HAMLETS,
    "tinh.md": "Kính báo kế hoạch từ {{ dot.thang_thuc_hien }}.",
    "thon.md": "Theo Công văn số {{ truoc.tinh.so_ky_hieu }}, đề nghị {{ ong_ba }} {{ ho_ten }} thông báo ở {{ thon }}.",
    "dot.yaml": """\
        ma: thu-nghiem
        ten: Thử nghiệm
        thang_thuc_hien: 2021-09
        he_thong_cap: [tinh, thon]
        chap_thuan: {so: 3197, ky_hieu: UBND-CN, ngay: 2021-03-15, co_quan: UBND tỉnh Thanh Hóa}
        don_vi: don-vi.csv
        cap:
          - {cap: tinh, don_vi: pcth, loai: cong-van, bo_phan: KD, ngay: 2021-04-05, trich_yeu: phối hợp,
             nguoi_nhan: tinh.csv, mot_van_ban_cho: cap, noi_dung: tinh.md, noi_nhan: [Như trên, "Lưu: VT, KD"],
             ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Lê Văn Mẫu}}
          - {cap: thon, don_vi: theo huyen, loai: cong-van, ngay: 2021-06-21, trich_yeu: thông báo kế hoạch,
             nguoi_nhan: thon.csv, mot_van_ban_cho: nguoi_nhan, noi_dung: thon.md, noi_nhan: [Như trên, "Lưu: VT"],
             ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Cao Thị Thử}}
        """,
}


class Here(Executor):
    """This process, without a thread: a process with threads is not forked."""

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Moments:
    """The moments a run passes, each in a phase; at the one chosen, the process kills itself.

    What it has come to stands in memory shared with the process that forked it.
    """

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, 64 * 1024)
        self.reset()

    def reset(self, chosen: int | None = None) -> None:
        self.chosen = -1 if chosen is None else chosen
        self._shared[:4] = (0).to_bytes(4, "big")

    @property
    def passed(self) -> list[str]:
        """The phases of the moments passed, in order."""
        count = int.from_bytes(self._shared[:4], "big")
        return [PHASES[number] for number in self._shared[4 : 4 + count]]

    def __call__(self, phase: str, last_act: Callable[[], object] = bool) -> None:
        count = int.from_bytes(self._shared[:4], "big")
        self._shared[4 + count] = PHASES.index(phase)
        self._shared[:4] = (count + 1).to_bytes(4, "big")
        if count == self.chosen:
            last_act()
            os.kill(os.getpid(), signal.SIGKILL)


class HalfWay:
    """A file that passes a moment half-way through each piece of it."""

    def __init__(self, file, moment: Moments) -> None:
        self._file, self._moment = file, moment

    def write(self, content):
        content = bytes(content)
        self._file.write(content[: len(content) // 2])
        self._file.flush()
        self._moment("writing")
        self._file.write(content[len(content) // 2 :])
        return len(content)

    def writelines(self, pieces):
        for piece in pieces:
            self.write(piece)

    def __getattr__(self, name):
        return getattr(self._file, name)


def watch(moment: Moments) -> None:
    """Let the run pass ``moment`` wherever a phase begins or ends, and in the middle of what it writes."""

    def around(owner, name: str, phase: str) -> None:
        inner = getattr(owner, name)

        def watched(*args, **kwargs):
            moment(phase)
            result = inner(*args, **kwargs)
            moment(phase)
            return result

        setattr(owner, name, watched)

    around(pipeline, "_look", "looking")
    around(rendering, "write_whole", "staging")
    around(staging_folder.StagingFolder, "add", "indexing")
    around(numbers.Numbers, "reserve", "numbering")
    around(Ledger, "record", "numbering")
    around(folder.OutputFolder, "row_in_place", "comparing")
    around(os, "replace", "moving")
    around(Path, "replace", "moving")
    around(commit, "write_print_files", "printing")
    around(print_files, "_write_print_file", "printing")
    around(folder.OutputFolder, "remove_stale", "removing")
    around(folder, "remove_empty_folders", "removing")
    around(commit, "write_lists", "listing")
    around(lists, "manifest_csv", "listing")
    around(journal.Journal, "rewrite", "rewriting")
    around(numbers.Numbers, "seal", "issuing")
    around(Ledger, "issue", "issuing")
    around(LetterLedger, "enter", "issuing")
    around(issuing, "write_lists", "issuing")
    around(staging_folder.StagingFolder, "remove", "clearing")
    writing, add = files.writing, journal.Journal.add

    @contextmanager
    def halting(path, **options):
        with writing(path, **options) as file:
            yield HalfWay(file, moment)

    def halting_add(self, *lines):
        content = b"".join(map(journal._encoded, lines))
        moment("noting", lambda: self._file.write(content[: len(content) // 2]))
        add(self, *lines)
        moment("noting")

    for module in (files, journal, lists, print_files):
        module.writing = halting
    journal.Journal.add = halting_add


class Place:
    """A folder with the campaign's output and its register, which is a file, or a database of its own on a server."""

    def __init__(self, folder: Path, server: str | None, copied: Place | None = None) -> None:
        self.out = folder / "out"
        self._name = folder.name.replace("-", "_")
        self.register: Path | str = server.rpartition("/")[0] + f"/{self._name}" if server else folder / "so.sqlite3"
        self._server = server
        if copied:
            shutil.copytree(copied.out.parent, folder)
        else:
            folder.mkdir()
        if server:
            template = f" TEMPLATE {copied._name}" if copied else ""
            self._sql(f"CREATE DATABASE {self._name}{template}")

    def remove(self) -> None:
        shutil.rmtree(self.out.parent)
        if self._server:
            self._sql(f"DROP DATABASE {self._name} WITH (FORCE)")

    def _sql(self, statement: str) -> None:
        import psycopg

        with closing(psycopg.connect(self._server, autocommit=True)) as connection:
            connection.execute(statement)

    def files(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.out)): path.read_bytes() for path in self.out.rglob("*") if path.is_file()}

    def book(self) -> list[tuple[object, ...]]:
        with Register.open(self.register) as register:
            assert register.verify().ok or not register.trail(), "the register was altered"
            return [(line.khoa, line.so, line.series, line.trang_thai, line.noi_nhan) for line in register.entries()]


class Undertaker:
    """Kills runs of the campaign, and looks at what they leave."""

    def __init__(self, folder: Path, server: str | None, seed: int) -> None:
        self._folder, self._server, self._chance = folder, server, random.Random(seed)
        self._moment = Moments()
        self._errors = folder / "errors"
        self._count = 0
        campaign = folder / "campaign"
        campaign.mkdir()
        for name, content in FILES.items():
            (campaign / name).write_text(dedent(content), encoding="utf-8")
        hamlets = campaign / "thon.csv"
        now = congvan.plan(congvan.load_campaign(campaign / "dot.yaml"))
        text = hamlets.read_text(encoding="utf-8")
        before = text.replace("xã Đại Lộc,thôn 2", "xã Đại Lộc,thôn Hai")
        hamlets.write_text(
            before + "381-09,381,thị xã Bỉm Sơn,phường Bắc Sơn,thôn 9,Lê Văn Mẫu,Ông\n", encoding="utf-8"
        )
        self._plan, self._earlier_plan = now, congvan.plan(congvan.load_campaign(campaign / "dot.yaml"))
        self.killed: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self._starts = {"empty": Place(folder / "empty", server), "changed": Place(folder / "changed", server)}
        with self._run(self._starts["changed"], self._earlier_plan, issues=False):
            pass
        self._ends, self._numbered, self._moments, self._seconds = {}, {}, {}, {}
        for name, start in self._starts.items():
            numbered = Place(folder / f"numbered-{name}", server, start)
            with self._run(numbered, self._plan, issues=False):
                pass
            self._numbered[name] = numbered.files()
            place = Place(folder / f"undisturbed-{name}", server, start)
            began = time.monotonic()
            with self._run(place, self._plan):
                pass
            self._seconds[name] = time.monotonic() - began
            self._moments[name] = self._moment.passed
            self._ends[name] = place

    def kill_one(self) -> None:
        """A run killed, perhaps again and again, and continued to its end."""
        self._count += 1
        name = "changed" if self._count % 3 == 0 else "empty"
        place = Place(self._folder / f"killed-{self._count}", self._server, self._starts[name])
        with_processes = self._count % 10 == 0
        for _ in range(self._chance.choice((1, 1, 1, 1, 2, 3))):
            if self._killed(place, name, with_processes):
                self._look_at(place, name)
        with self._run(place, self._plan):
            pass
        self._same(place, self._ends[name])
        place.remove()

    def _killed(self, place: Place, name: str, with_processes: bool) -> bool:
        """Kill a run in ``place``; False when it was done before."""
        at_random_time = self._chance.random() < 0.5
        phase = self._chance.choice(sorted(set(self._moments[name])))
        moments = [number for number, passed in enumerate(self._moments[name]) if passed == phase]
        chosen = None if at_random_time else self._chance.choice(moments)
        wait = self._chance.uniform(0, self._seconds[name] + (0.8 if with_processes else 0))
        with self._run(place, self._plan, chosen, with_processes, may_die=True) as child:
            if at_random_time:
                time.sleep(wait)
                os.kill(child, signal.SIGKILL)
        if not self._died:
            self.kinds["done before it was killed"] += 1
            return False
        self.killed[self._moment.passed[-1] if self._moment.passed else "looking"] += 1
        self.kinds["at a random time" if at_random_time else "at a moment of a phase"] += 1
        self.kinds["with processes at work"] += with_processes
        self.kinds["after a change of the campaign"] += name == "changed"
        return True

    @contextmanager
    def _run(
        self,
        place: Place,
        plan,
        chosen: int | None = None,
        with_processes: bool = False,
        *,
        issues: bool = True,
        may_die: bool = False,
    ) -> Iterator[int]:
        """A run, whose letters are then issued, in a process of its own, which has ended when the block has."""
        self._moment.reset(chosen)
        child = os.fork()
        if not child:
            self._render(place, plan, with_processes, issues=issues)
        try:
            yield child
        finally:
            _, status = os.waitpid(child, 0)
        self._died = os.WIFSIGNALED(status)
        if self._errors.exists():
            raise AssertionError(self._errors.read_text(encoding="utf-8"))
        assert may_die or status == 0, "a run that nobody disturbed failed"

    def _render(self, place: Place, plan, with_processes: bool, *, issues: bool) -> None:
        try:
            watch(self._moment)
            executor = None if with_processes else Here()
            made = congvan.render(plan, place.out, place.register, executor=executor, jobs=2)
            assert not made.failed, made.report
            assert not made.report.errors, made.report
            if issues:
                congvan.issue(made)
        except BaseException:  # noqa: BLE001 - whatever it is, the undertaker is told
            self._errors.write_text(traceback.format_exc(), encoding="utf-8")
            os._exit(1)
        os._exit(0)

    def _look_at(self, place: Place, name: str) -> None:
        """Every file a person sees is whole: as it was before, or as it is in the end. No number stands twice."""
        whole = [self._starts[name].files(), self._numbered[name], self._ends[name].files()]
        for path, content in place.files().items():
            if not Path(path).name.startswith(".") and not path.startswith(".congvan"):
                assert content in [files.get(path) for files in whole], f"{path} is half there"
        book, end = place.book(), self._ends[name].book()
        assert {line[:3] for line in book} <= {line[:3] for line in end + self._starts[name].book()}
        assert len({line[1:3] for line in book}) == len(book), "a number stands twice"

    def _same(self, place: Place, end: Place) -> None:
        files, expected = place.files(), end.files()
        assert files.keys() == expected.keys(), files.keys() ^ expected.keys()
        differing = [path for path in files if files[path] != expected[path]]
        assert differing == []
        assert place.book() == end.book()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--register", help="a PostgreSQL server, postgresql://…; an SQLite file if none is given")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    batches.BATCH_SIZE = templates.BATCH_SIZE = 3  # several batches though there are few letters
    with tempfile.TemporaryDirectory() as folder:
        undertaker = Undertaker(Path(folder), given.register, given.seed)
        while undertaker.killed.total() < given.kills:
            undertaker.kill_one()
    phases = {phase: undertaker.killed[phase] for phase in PHASES}
    json.dump({"killed": undertaker.killed.total(), "phases": phases, "kinds": undertaker.kinds}, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
