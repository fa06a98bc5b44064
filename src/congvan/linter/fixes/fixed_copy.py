"""A copy of a letter with what can safely be mended: every change listed, no other word touched, and the way back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from congvan.errors import FixError
from congvan.findings import Finding, Place, Report, Sentence, finding
from congvan.inspect.document import facts as read_facts
from congvan.inspect.model import DocumentFacts
from congvan.inspect.visible_text import folded
from congvan.linter.fixes import page_setup, paragraph_form, ruled_lines, type_style
from congvan.linter.fixes.changes import Changes
from congvan.linter.fixes.fix import Fix
from congvan.linter.fixes.rewording import REWORDINGS, Rewording, reword
from congvan.linter.fixes.word_copy import WordCopy, open_copy
from congvan.linter.lint import lint_facts
from congvan.linter.lint_report import LintReport
from congvan.text.unicode_form import nfc

FIXES: Final[tuple[Fix, ...]] = (
    page_setup.PAPER_FIX,
    page_setup.MARGINS_FIX,
    type_style.FACE_FIX,
    type_style.SIZE_FIX,
    type_style.WEIGHT_FIX,
    type_style.SLOPE_FIX,
    type_style.COLOUR_FIX,
    paragraph_form.ALIGNMENT_FIX,
    paragraph_form.FIRST_LINE_FIX,
    paragraph_form.LINE_SPACING_FIX,
    paragraph_form.PARAGRAPH_GAP_FIX,
    ruled_lines.MOTTO_RULE_FIX,
    ruled_lines.ISSUER_RULE_FIX,
    ruled_lines.SUBJECT_RULE_FIX,
)
"""Changes of the layout, in the order they are made."""


_MARK_OF_TRACKING: Final = "lint-tracked"


@dataclass(frozen=True, slots=True)
class FixedCopy:
    """The mended copy as .docx, a remark for each change, and the reports on letter and copy.

    ``docx`` is the letter itself, byte by byte, where nothing was changed.
    """

    docx: bytes
    fixes: tuple[Finding, ...]
    before: LintReport
    after: LintReport


def fixable_codes(*, text: bool = False) -> frozenset[str]:
    """The codes of findings that are mended; with ``text`` also those that take a change of words."""
    codes = [fix.mends for fix in FIXES] + [each.mends for each in _rewordings(text=text)]
    return frozenset().union(*codes)


def fix_letter(
    source: bytes, name: str = "docx", *, text: bool = False, tracked: bool = False, leave: Collection[str] = ()
) -> FixedCopy:
    """A copy of the .docx ``source`` in which what can be mended is mended; the source stays as it is.

    Words are only changed with ``text``; with ``tracked`` every change is one that Word shows and can take back.
    ``leave`` are codes of findings that are not mended. The copy is read and linted again before it is given back.

    Raises:
        FixError: for a letter that is signed, protected or no .docx; or when a word changed that was not to change, or
            the copy has a fault the letter has not, which is a mistake in congvan: then there is no copy.
        UnreadableFileError: when it is damaged.
        TemplateError: when a .docx is refused for what it holds: macros, a password, traps.
    """
    copy = open_copy(source, name)
    before = lint_facts(copy.facts, name)
    changes = Changes(copy, tracked=tracked)
    made = tuple(_apply(copy, changes, {one.code for one in before} - set(leave), text=text))
    if not made:
        return FixedCopy(source, (), before, before)
    read = read_facts(copy.marked(), name)
    after = lint_facts(read, name)
    _verify(copy, changes, read, before, after)
    return FixedCopy(copy.saved(), (*copy.cleaned, *made), before, after)


def _verify(copy: WordCopy, changes: Changes, read: DocumentFacts, before: LintReport, after: LintReport) -> None:
    """See that the copy says what the letter says and has no fault of its own."""
    known = {one.code for one in before} | ({_MARK_OF_TRACKING} if changes.tracked else set())
    added = [finding("fix-new-fault", one.place, why=Sentence(one)) for one in after if one.code not in known]
    Report.of([*_words_changed(copy, changes, read), *added]).raise_errors(FixError)


def _apply(copy: WordCopy, changes: Changes, codes: Collection[str], *, text: bool) -> Iterator[Finding]:
    """Layout first: text is found by what it said when the letter was read."""
    asked = frozenset(codes)
    for fix in FIXES:
        if fix.mends & asked:
            yield from fix.apply(copy, changes)
    yield from reword(copy, changes, [each for each in _rewordings(text=text) if each.mends & asked])


def _rewordings(*, text: bool) -> list[Rewording]:
    return [each for each in REWORDINGS if text or not each.is_text]


def _words_changed(copy: WordCopy, changes: Changes, after: DocumentFacts) -> Iterator[Finding]:
    """What the copy says, or in what order, otherwise than the letter and the changes of its text; as errors."""
    expected = _by_paragraph(copy.facts, changes.rewritten)
    says = _by_paragraph(after, {})
    for identity in dict.fromkeys([*expected, *says]):
        wanted, shown = expected.get(identity, ""), says.get(identity, "")
        if wanted != shown:
            place = Place(file=copy.name, near=shown or wanted)
            yield finding("fix-word-changed", place, before=wanted, after=shown)
    if list(expected) != list(says):
        yield finding("fix-order-changed", Place(file=copy.name))


def _by_paragraph(facts: DocumentFacts, rewritten: Mapping[int, str]) -> dict[str, str]:
    """What each paragraph says, by its identity, in order; without regard to capitals that type alone makes."""
    texts: dict[str, str] = {}
    for line in facts.lines:
        said = rewritten.get(id(line), line.text)
        texts[line.paragraph_id] = f"{texts.get(line.paragraph_id, '')} {folded(nfc(said)).casefold()}".strip()
    return texts
