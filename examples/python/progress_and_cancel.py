"""Progress while a run is at work, and a run that its caller stops: the next one goes on from there.

Run: ``python progress_and_cancel.py CAMPAIGN.yaml OUT``

It stops the first run as soon as 50 letters are done, as a button in a window would. No letter is in place then and no
number is taken; the second run finds the staged letters and makes the rest.
"""

from __future__ import annotations

import sys
from pathlib import Path

import congvan
from congvan.errors import RunCancelledError


class Window:
    """Stands for a progress bar with a button to cancel; both are called in the thread that called ``render``."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.done = 0
        self._stop_at = stop_at

    def show(self, done: int, total: int) -> None:
        """Take the letters done and all letters; called after each batch."""
        self.done = done
        print(f"{done} of {total}")

    def is_cancelled(self) -> bool:
        """Whether the run is to stop; asked before each batch."""
        return self._stop_at is not None and self.done >= self._stop_at


def make(plan: congvan.Plan, out: Path, window: Window) -> congvan.Run:
    """Make the letters as Word files by one process, with the window's callbacks."""
    register = out.with_suffix(".sqlite3")
    return congvan.render(
        plan, out, register, formats=["docx"], jobs=1, progress=window.show, cancelled=window.is_cancelled
    )


def main(campaign: Path, out: Path) -> None:
    """Make the letters in two runs, of which the first is stopped."""
    plan = congvan.plan(congvan.load_campaign(campaign))
    try:
        make(plan, out, Window(stop_at=50))
    except RunCancelledError:
        print("cancelled:", len(list(out.rglob("1-tinh/*.docx"))), "letters in place")
    run = make(plan, out, Window())
    print("finished:", len(run.letters), "letters in place")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
