"""Any course of events in an office against a simple notebook: no number twice, no issued file changed or lost."""

import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from textwrap import dedent
from unittest.mock import patch

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import congvan
from congvan.errors import CampaignError, RegisterError
from congvan.register import Register, State
from congvan.register.letter_book import LetterBook
from congvan.register.same_recipients import note_recoded
from congvan.run import commit, fingerprint
from congvan.run.life import issuing
from congvan.run.output import folder
from congvan.run.output.folder import OutputFolder
from congvan.run.output.journal import Journal
from congvan.support.files import sha256_of

BODIES = """\
ma,co_quan,ten_thuong,ky_hieu,dia_danh,so_bat_dau
dlhl,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc,12
"""
CAMPAIGN = """\
ma: {ma}
ten: Thử nghiệm
he_thong_cap: [xa]
don_vi: don-vi.csv
cap:
  - cap: xa
    don_vi: dlhl
    loai: cong-van
    ngay: 2021-06-21
    trich_yeu: {trich_yeu}
    nguoi_nhan: xa.csv
    mot_van_ban_cho: nguoi_nhan
    noi_dung: xa.md
    noi_nhan: [Như trên, "Lưu: VT"]
    ky: {{chuc_vu: GIÁM ĐỐC, ho_ten: Cao Thị Thử}}
"""
ROUND = """\
    dot_gui:
      - {ma: bo-sung, ngay: 2021-06-28, nguoi_nhan: them.csv}
"""
NAMES = ("Đại Lộc", "Đồng Lộc", "Hoa Lộc", "Hòa Lộc")
CODES = ("{:02}", "{}", "xa-{}")
EXAMPLES = int(os.environ.get("CONGVAN_LIVES", "8"))
STEPS = (
    (OutputFolder, "move"),
    (OutputFolder, "move_into_place"),
    (OutputFolder, "remove_stale"),
    (Journal, "add"),
    (Journal, "rewrite"),
    (LetterBook, "seal"),
    (LetterBook, "follow"),
    (Register, "reserve"),
    (commit, "write_lists"),
    (issuing, "write_lists"),
    (folder, "rename"),
)
"""Steps of a command at which it may be killed, before or after."""


class Killed(BaseException):
    """Stands for the end of the process."""


@contextmanager
def killed_at(moment):
    """Kill what runs in the block at this moment: before or after one of the steps."""
    passed = count()

    def watched(step):
        def run(*given, **options):
            if next(passed) == moment:
                raise Killed
            result = step(*given, **options)
            if next(passed) == moment:
                raise Killed
            return result

        return run

    with ExitStack() as patches:
        for owner, name in STEPS:
            patches.enter_context(patch.object(owner, name, watched(getattr(owner, name))))
        with suppress(Killed):
            yield


def _expect(error, *codes):
    """Fail on a refusal for any other reason."""
    expected = {*codes, "campaign-recipient-recoded", "register-date-early"} if codes else set()
    unexpected = {found.code for found in error.report.errors} - expected if codes else set()
    assert error.report.errors
    assert not unexpected


class Office(RuleBasedStateMachine):
    """Two campaigns of one office with one register; ``sealed`` are the hashes of files as they were issued."""

    def __init__(self):
        super().__init__()
        self.home = tempfile.TemporaryDirectory(prefix="congvan-")
        self.folder = Path(self.home.name)
        self.register = self.folder / "so.sqlite3"
        self.here = ThreadPoolExecutor(1)
        self.today = date(2021, 7, 1)
        self.sealed: dict[tuple[str, str], str] = {}
        self.forgotten: dict[str, str] = {}
        self.lists_wait: set[str] = set()
        self.texts = {"mot": "kế hoạch", "hai": "kế hoạch"}
        self.lists = {"mot": list(NAMES[:2]), "hai": list(NAMES[:2])}
        self.codes = {"mot": CODES[0], "hai": CODES[0]}
        self.late = {"mot": False, "hai": False}
        self.newer = ExitStack()

    @initialize()
    def begin(self):
        for ma in self.texts:
            (self.folder / ma).mkdir()
            (self.folder / ma / "don-vi.csv").write_text(BODIES, encoding="utf-8")
            (self.folder / ma / "xa.md").write_text("Kính đề nghị {{ ten }} phối hợp.", encoding="utf-8")
            (self.folder / ma / "them.csv").write_text("ma,xa,ten\n91,xã Phú Lộc,UBND xã Phú Lộc\n", encoding="utf-8")
            self._write(ma)
        self.render_and_issue("mot")

    def teardown(self):
        self.newer.close()
        self.here.shutdown()
        self.home.cleanup()

    def _write(self, ma):
        text = CAMPAIGN.format(ma=ma, trich_yeu=self.texts[ma]) + (ROUND if self.late[ma] else "")
        (self.folder / ma / "dot.yaml").write_text(dedent(text), encoding="utf-8")
        codes = [self.codes[ma].format(number) for number in range(1, len(self.lists[ma]) + 1)]
        rows = [f"{code},xã {name},UBND xã {name}" for code, name in zip(codes, self.lists[ma], strict=True)]
        (self.folder / ma / "xa.csv").write_text("\n".join(["ma,xa,ten", *rows, ""]), encoding="utf-8")

    def _plan(self, ma):
        return congvan.plan(congvan.load_campaign(self.folder / ma / "dot.yaml"))

    def _out(self, ma):
        return self.folder / ma / "out"

    def _clock(self):
        return datetime(self.today.year, self.today.month, self.today.day, 9, tzinfo=UTC)

    campaigns = st.sampled_from(["mot", "hai"])

    @rule(ma=campaigns, text=st.sampled_from(["kế hoạch", "lịch mới", "việc khác"]))
    def edit_text(self, ma, text):
        self.texts[ma] = text
        self._write(ma)

    @rule(ma=campaigns, names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    def edit_list(self, ma, names):
        self.lists[ma] = names
        self._write(ma)

    @rule(ma=campaigns)
    def add_round(self, ma):
        self.late[ma] = True
        self._write(ma)

    @rule(ma=campaigns, codes=st.sampled_from(CODES), answers=st.booleans())
    def recode(self, ma, codes, answers):
        self.codes[ma] = codes
        self._write(ma)
        if answers and self.register.exists():
            try:
                with Register.open(self.register) as register:
                    note_recoded(self._plan(ma), register)
            except (CampaignError, RegisterError) as error:
                _expect(error)

    @rule(ma=campaigns, fresh=st.booleans())
    def render(self, ma, fresh):
        try:
            congvan.render(
                self._plan(ma), self._out(ma), self.register, formats=["docx"], executor=self.here, fresh=fresh
            )
        except CampaignError as error:
            _expect(error, "campaign-recipient-recoded", "campaign-letter-twice")
        else:
            self.lists_wait.discard(ma)

    @rule(ma=campaigns)
    def render_and_issue(self, ma):
        self.render(ma, fresh=False)
        self.issue(ma)

    @rule(ma=campaigns)
    def draft(self, ma):
        congvan.render(self._plan(ma), self._out(ma), draft=True, formats=["docx"], executor=self.here)

    @rule(ma=campaigns)
    def issue(self, ma):
        try:
            congvan.issue(self._plan(ma), self._out(ma), self.register, clock=self._clock)
        except (CampaignError, RegisterError) as error:
            _expect(error)

    @rule(ma=campaigns, data=st.data())
    @precondition(lambda self: self.sealed)
    def take_an_issue_back(self, ma, data):
        chosen = self._one_standing(ma, data)
        if chosen is None:
            return
        try:
            congvan.undo_issue(
                self._plan(ma), "ký nhầm", self._out(ma), self.register, letters=[chosen], clock=self._clock
            )
        except (CampaignError, RegisterError) as error:
            _expect(error, "letter-name-unknown", "register-letter-delivered", "register-letter-followed")
        else:
            for key in [key for key in self.sealed if key[0] == chosen]:
                self.forgotten.pop(self.sealed.pop(key), None)

    @rule(ma=campaigns, data=st.data())
    @precondition(lambda self: self.sealed)
    def deliver(self, ma, data):
        if chosen := self._one_standing(ma, data):
            with Register.open(self.register) as register:
                register.letters.deliver([chosen])

    def _standing(self, ma):
        if not self.register.exists():
            return []
        with Register.open(self.register) as register:
            records = register.letters.of_campaign(ma).values()
        return [one.khoa for one in records if one.trang_thai in ("da-ban-hanh", "da-dinh-chinh") and not one.lien_quan]

    def _one_standing(self, ma, data):
        standing = self._standing(ma)
        return data.draw(st.sampled_from(standing)) if standing else None

    acts = st.sampled_from(["replace", "recall", "correct"])

    @rule(
        ma=campaigns,
        act=acts,
        text=st.sampled_from([None, "lịch sửa", "kế hoạch"]),
        issues=st.booleans(),
        data=st.data(),
    )
    @precondition(lambda self: self.sealed)
    def follow(self, ma, act, text, issues, data):
        if text:
            self.edit_text(ma, text)
        if chosen := self._one_standing(ma, data):
            self.today += timedelta(days=1)
            self._follow(ma, act, chosen)
            if issues:
                self.issue(ma)

    def _follow(self, ma, act, chosen):
        try:
            getattr(congvan, act)(
                self._plan(ma), [chosen], self._out(ma), self.register,
                formats=("docx",), executor=self.here, day=self.today, clock=self._clock,
            )  # fmt: skip
        except (CampaignError, RegisterError) as error:
            _expect(
                error, "follow-nothing-to-correct", "follow-content-changed", "letter-name-unknown",
                "register-letter-followed", "campaign-letter-twice", "issue-folder-empty", "follow-not-issued",
            )  # fmt: skip

    @rule(
        ma=campaigns,
        act=st.sampled_from(["render", "issue", "replace", "recall", "correct"]),
        moment=st.integers(0, 25),
        again=st.booleans(),
        data=st.data(),
    )
    def kill(self, ma, act, moment, again, data):
        chosen = self._one_standing(ma, data)

        def command():
            if act == "render":
                self.render(ma, fresh=False)
            elif act == "issue":
                self.issue(ma)
            elif chosen:
                self._follow(ma, act, chosen)

        self.lists_wait.add(ma)
        with killed_at(moment):
            command()
        if again:
            command()
            self.render(ma, fresh=False)

    @rule(ma=campaigns, data=st.data())
    @precondition(lambda self: self.register.exists())
    def make_void(self, ma, data):
        with Register.open(self.register) as register:
            reserved = [
                line.khoa
                for line in register.entries()
                if line.trang_thai is State.RESERVED and line.khoa.startswith(f"{ma}/")
            ]
            if reserved:
                register.void(data.draw(st.sampled_from(sorted(reserved))), "in hỏng")

    @rule(ma=campaigns, data=st.data())
    def edit_a_file_by_hand(self, ma, data):
        sealed = {*self.sealed.values(), *self.forgotten}
        files = [path for path in self._out(ma).rglob("*.docx") if not {".congvan", "du-thao"} & {*path.parts}]
        mine = sorted(path for path in files if sha256_of(path) not in sealed)
        if mine:
            data.draw(st.sampled_from(mine)).write_bytes(b"edited by hand")

    @rule()
    @precondition(lambda self: self.register.exists())
    def back_up(self):
        with Register.open(self.register) as register:
            register.backup(self.folder / "luu.sqlite3")

    @rule(loses=st.booleans())
    @precondition(lambda self: (self.folder / "luu.sqlite3").exists())
    def restore(self, loses):
        if loses:
            self.register.unlink()
            for name in ("-wal", "-shm"):
                self.register.with_name(f"{self.register.name}{name}").unlink(missing_ok=True)
        with Register.open(self.register) as register:
            register.restore(self.folder / "luu.sqlite3", enter_new=True)
        if loses:  # the seals since the backup went with the book, their files did not
            self.forgotten |= {sha256: key[0].partition("/")[0] for key, sha256 in self.sealed.items()}
            self.sealed = {}
            self.lists_wait |= {*self.texts}

    @rule(number=st.integers(1, 9))
    def upgrade(self, number):
        self.newer.enter_context(patch.object(fingerprint, "VERSION", f"9.{number}"))
        self.newer.enter_context(
            patch.object(fingerprint, "built_in_template", lambda loai: f"{number} {loai}".encode())
        )

    def _sealed_records(self):
        if not self.register.exists():
            return []
        with Register.open(self.register) as register:
            return [record for record in register.letters.all() if record.trang_thai.is_sealed]

    @invariant()
    def issued_files_are_as_they_were_issued(self):
        now = {}
        for record in self._sealed_records():
            for kind, (path, sha256) in record.files.items():
                now[record.khoa, kind] = sha256
                assert self.sealed.setdefault((record.khoa, kind), sha256) == sha256, record.khoa
                out = self._out(record.dot)
                first = path.removeprefix("thay-the/")
                assert sha256 in {sha256_of(out / first), sha256_of(out / "thay-the" / first)}, path
        assert self.sealed == now

    @invariant()
    def files_issued_since_a_backup_are_kept_when_the_book_forgets_them(self):
        for ma in {*self.forgotten.values()}:
            kept = {sha256_of(path) for path in self._out(ma).rglob("*.docx")}
            assert {sha256 for sha256, owner in self.forgotten.items() if owner == ma} <= kept

    @invariant()
    def no_number_is_given_twice_and_the_book_is_sound(self):
        if not self.register.exists():
            return
        with Register.open(self.register) as register:
            entries = list(register.entries())
            numbers = [(line.series, line.so) for line in entries]
            assert len(numbers) == len({*numbers})
            report = register.verify()
            assert report.ok, report

    @invariant()
    def every_issued_letter_is_found_by_its_number(self):
        if not self.register.exists():
            return
        with Register.open(self.register) as register:
            names = {line.khoa: line.so_ky_hieu for line in register.entries()}
            for record in self._sealed_records():
                assert register.named(names[record.khoa_so]) == (record.khoa_so,)

    @invariant()
    def every_issued_letter_is_found_in_its_manifest(self):
        records = self._sealed_records()
        for ma in self.texts:
            manifest = self._out(ma) / "manifest.json"
            if not manifest.is_file() or ma in self.lists_wait:
                continue
            rows = json.loads(manifest.read_text(encoding="utf-8"))["van_ban"]
            listed = {row["docx"]["path"]: row["docx"]["sha256"] for row in rows if row["docx"]}
            for record in records:
                if record.dot == ma:
                    assert listed.get(record.docx) == record.docx_sha256, record.docx


TestAnyCourseOfEvents = Office.TestCase
TestAnyCourseOfEvents.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=20, deadline=None, phases=(Phase.generate,)
)
