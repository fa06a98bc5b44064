"""What an assistant can ask for, each a function that answers with plain data.

They call the public functions of congvan. What those refuse is an answer too: the findings that say why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.errors import CongvanError
from congvan.letter.number_request import SERIES_OF_MARKED_LETTERS
from congvan.mcp.access import Access
from congvan.recipients.privacy import HIDDEN

if TYPE_CHECKING:
    from congvan.campaign import Plan, PlannedLetter

Answer = dict[str, Any]

_MOST: Final = 200
"""Letters or lines in one answer; an assistant reads no more."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools within what ``access`` allows. Paths are relative to its folder."""

    access: Access
    today: Callable[[], date]

    def check(self, path: str) -> Answer:
        """Everything that is wrong in a campaign file (.yaml), before a letter is made. Writes nothing."""
        return self._answer(lambda: self._check(path))

    def plan(self, path: str) -> Answer:
        """The letters of a campaign in order, with the numbers they would get. Writes nothing, takes no number."""
        return self._answer(lambda: self._plan(path))

    def preview(self, path: str, letter: int = 1) -> Answer:
        """The text of one letter of a campaign, part by part; ``letter`` is its place in the plan, from 1."""
        return self._answer(lambda: self._preview(path, letter))

    def render_draft(self, path: str, tiers: str = "") -> Answer:
        """Make drafts as Word and PDF in the campaign's output folder: DỰ THẢO on each page, no numbers.

        ``tiers`` may name some tiers with commas between; otherwise all are made.
        """
        return self._answer(lambda: self._render(path, tiers, draft=True))

    def lint(self, path: str) -> Answer:
        """What is set or worded against Decree 30/2020 in a finished letter (.docx or .pdf) of any hand."""
        return self._answer(lambda: self._lint(path))

    def explain(self, code: str) -> Answer:
        """What the code of a finding means, and what to do about it, in Vietnamese and English."""
        return self._answer(lambda: _explanation(code))

    def find_letters(self, words: str, register: str = "so.sqlite3") -> Answer:
        """Find letters in a register by number (18/ĐLHL), date (21/6/2026) or words of the subject."""
        return self._answer(lambda: self._found(words, register))

    def number_letters(self, path: str, tiers: str = "") -> Answer:
        """Number the letters of a campaign and make them as Word and PDF. A number once given is never given again."""
        return self._answer(lambda: self._render(path, tiers, draft=False))

    def issue_letters(self, path: str, letters: str) -> Answer:
        """Issue signed letters, named as on paper (18/ĐLHL) with commas between. Nothing changes them afterwards."""
        return self._answer(lambda: self._issued(path, letters))

    def allowed(self) -> tuple[Callable[..., Answer], ...]:
        """The tools whoever starts the server allows."""
        tools: list[Callable[..., Answer]] = [
            self.check, self.plan, self.preview, self.render_draft, self.lint, self.explain, self.find_letters,
        ]  # fmt: skip
        if self.access.takes_numbers:
            tools.append(self.number_letters)
        if self.access.issues:
            tools.append(self.issue_letters)
        return tuple(tools)

    def _answer(self, act: Callable[[], Answer]) -> Answer:
        try:
            return act()
        except CongvanError as error:
            return {"ok": False, "findings": self.access.findings(error.report)}

    def _check(self, path: str) -> Answer:
        from congvan.run import check

        plan = self._planned(path)
        report = check(plan, self._register_of(plan))
        return {"ok": report.ok, "findings": self.access.findings(report)}

    def _plan(self, path: str) -> Answer:
        from congvan.run import preview_numbers

        unnumbered = self._planned(path)
        plan = preview_numbers(unnumbered, self._register_of(unnumbered))
        letters = [self._line(item) for item in plan.items[:_MOST]]
        return {
            "ok": plan.report.ok,
            "campaign": plan.campaign.ten,
            "count": len(plan.items),
            "letters": letters,
            "findings": self.access.findings(plan.report),
        }

    def _line(self, item: PlannedLetter) -> Answer:
        document = item.document
        texts = {"subject": item.letter.trich_yeu, "to": "; ".join(document.nguoi_nhan)}
        return {
            "letter": item.position,
            "tier": item.cap,
            "number": document.so_ky_hieu.strip(),
            "date": document.ngay.ngan,
            "issuer": document.co_quan,
            **self.access.texts(item, texts),
        }

    def _preview(self, path: str, position: int) -> Answer:
        from congvan.letter.record.letter_words import letter_words

        plan = self._planned(path)
        item = next((one for one in plan.items if one.position == position), None)
        if item is None:
            return {"ok": False, "findings": [], "why": f"1 … {len(plan.items)}"}
        return {"ok": True, "letter": position, "parts": self.access.texts(item, letter_words(item.letter))}

    def _render(self, path: str, tiers: str, *, draft: bool) -> Answer:
        from congvan.run import campaign_folder, render

        plan = self._planned(path, tiers, takes_numbers=not draft)
        folder = campaign_folder(plan.campaign)
        run = render(plan, folder, None if draft else self._register_of(plan), draft=draft)
        files = [file.path for row in run.letters for file in row.files]
        return {
            "ok": run.report.ok,
            "folder": self._shown(run.out or folder),
            "letters": len(run.letters),
            "pages": run.pages,
            "files": files[:_MOST],
            "findings": self.access.findings(run.report),
        }

    def _lint(self, path: str) -> Answer:
        from congvan.linter import lint

        report = lint(self.access.path(path), path)
        return {"ok": report.ok, "findings": self.access.findings_in_letter(report)}

    def _issued(self, path: str, letters: str) -> Answer:
        from congvan.run import campaign_folder, issue

        plan = self._planned(path)
        issued = issue(plan, campaign_folder(plan.campaign), self._register_of(plan), letters=_names(letters))
        numbers = [f"{row.so}/{row.ky_hieu}" for row in issued.letters]
        return {"ok": issued.report.ok, "issued": numbers, "findings": self.access.findings(issued.report)}

    def _found(self, words: str, register: str) -> Answer:
        from congvan.register import Register
        from congvan.register.lookup.search import Search
        from congvan.register.trail_sentences import state_name

        with Register.open(self.access.path(register)).require() as book:
            found = book.find(Search.of(words.split()))
        lines = []
        for one in found[:_MOST]:
            entry = one.entry
            states = dict.fromkeys(letter.trang_thai for letter in one.letters) or [entry.trang_thai]
            shown = entry.noi_nhan if self.access.shows_persons else HIDDEN
            is_secret = entry.chuoi == SERIES_OF_MARKED_LETTERS and not self.access.shows_persons
            lines.append(
                {
                    "number": entry.so_ky_hieu,
                    "date": entry.ngay.isoformat() if entry.ngay else None,
                    "state": ", ".join(map(state_name, states)),
                    "subject": HIDDEN if is_secret else entry.trich_yeu,
                    "to": shown,
                    "related": [link.sentence() for link in one.links],
                }
            )
        return {"ok": True, "count": len(found), "letters": lines}

    def _planned(self, path: str, tiers: str = "", *, takes_numbers: bool = False) -> Plan:
        from congvan.campaign import plan_file

        return plan_file(self.access.path(path), today=self.today(), takes_numbers=takes_numbers, only=_names(tiers))

    def _register_of(self, plan: Plan) -> Path | str:
        return plan.campaign.book or self.access.folder / "so.sqlite3"

    def _shown(self, folder: Path) -> str:
        return folder.resolve().relative_to(self.access.folder.resolve()).as_posix()


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _explanation(code: str) -> Answer:
    from congvan.campaign.did_you_mean import did_you_mean
    from congvan.findings import codes

    known = codes()
    if code not in known:
        return {"ok": False, "why": f"unknown code; near: {did_you_mean(code, known)['near']}"}
    meaning = known[code]
    texts: Mapping[str, Any] = {"message": meaning.messages, "hint": meaning.hints}
    return {"ok": True, "code": code, "severity": meaning.severity.value, **texts}
