"""One letter as a Word document, by the built-in template of its kind or by one of the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.letter import Letter
from congvan.letter.rules import missing_parts
from congvan.text.width import uncovered
from congvan.word.builtin.templates import TEMPLATES, built_in_template
from congvan.word.package.properties import PART, core_properties
from congvan.word.template.letter_fields import OPTIONAL_PARTS, letter_values
from congvan.word.template.shared_parts import Shared
from congvan.word.template.template import UNBOUND, WordTemplate, bound_template

_PARTS: Final = ("kinh_gui", *OPTIONAL_PARTS)
"""Parts of a letter that a template has to print if there are any."""


@dataclass(frozen=True, slots=True)
class LetterDocument:
    """A rendered letter: the whole ``docx``, by this ``template``."""

    docx: bytes
    template: WordTemplate

    @property
    def content(self) -> str | None:
        """Its blocks for a bundle; None if it must stand alone."""
        return self.template.content_of(self.docx) if self.template.shareable else None


def template_for(letter: Letter, mau: bytes | None = None, name: str | None = None) -> WordTemplate:
    """The template of ``letter`` with its body in place, compiled once for all letters that share both.

    ``mau`` is a template of the user's own; one without a place for the body is used as it is.

    Raises:
        TemplateError: when the letter lacks a part the built-in layout of its kind prints, or the template cannot
            take its body.
    """
    shared = Shared.of(letter)
    if mau is None:
        if missing := tuple(missing_parts(letter)):
            raise TemplateError(Report(missing))
        return bound_template(built_in_template(letter.loai, shared.measures), TEMPLATES[letter.loai], shared)
    label = name or "mau.docx"
    unbound = bound_template(mau, label, UNBOUND)
    return bound_template(mau, label, shared) if "noi_dung" in unbound.fields else unbound


def letter_content(letter: Letter, template: WordTemplate) -> str:
    """The body of ``letter`` as ``template`` lays it out; headers, notes and properties are tried as well.

    Raises:
        TemplateError: when a field has no value, the template does not print a part the letter has, or the
            pinned font lacks one of its characters.
    """
    return _laid_out(letter, template).content


class _LaidOut(NamedTuple):
    """The ``content`` of a letter and its other parts, filled and checked but not yet zipped; ``encoded`` as UTF-8."""

    content: str
    encoded: bytes
    parts: dict[str, bytes]


def _laid_out(letter: Letter, template: WordTemplate) -> _LaidOut:
    if unprinted := [part for part in _PARTS if part not in template.fields and getattr(letter, part)]:
        raise _refusal("word-part-not-printed", template, ({"part": part} for part in unprinted))
    values = letter_values(letter)
    content, parts = template.content(values), template.other_parts(values)
    encoded = content.encode("utf-8", "surrogatepass")  # halves of a character are told with those the font lacks
    if strange := uncovered(b"".join((encoded, *parts.values()))):
        raise _refusal("word-letters-missing-in-font", template, [{"signs": " ".join(strange)}])
    return _LaidOut(content, encoded, parts)


class FilledLetter(NamedTuple):
    """A letter filled and checked, not yet packed: its text as UTF-8 and the parts that are its own."""

    encoded: bytes
    parts: dict[str, bytes]

    def packed(self, template: WordTemplate) -> bytes:
        """The .docx, by the template that was filled."""
        return template.pack(self.encoded, self.parts)


def filled_letter(letter: Letter, template: WordTemplate) -> FilledLetter:
    """``letter`` filled into ``template``, which must be one of those filled without docxtpl.

    Raises:
        TemplateError: as :func:`letter_content`.
    """
    laid_out = _laid_out(letter, template)
    return FilledLetter(laid_out.encoded, {PART: core_properties(letter), **laid_out.parts})


def _refusal(code: str, template: WordTemplate, values: Iterable[dict[str, str]]) -> TemplateError:
    place = Place(file=template.name)
    return TemplateError(Report.of(finding(code, place, **each) for each in values))


def render_letter(letter: Letter, template: WordTemplate | None = None) -> LetterDocument:
    """``letter`` laid out by ``template``, or by the built-in one of its kind.

    Its properties are the letter's own, unless the template has fields in them.

    Raises:
        TemplateError: as :func:`letter_content`.
    """
    chosen = template or template_for(letter)
    if chosen.covered:
        return LetterDocument(filled_letter(letter, chosen).packed(chosen), chosen)
    letter_content(letter, chosen)
    return LetterDocument(chosen.render(letter_values(letter)), chosen)


def render_docx(letter: Letter) -> bytes:
    """One letter as .docx, by the built-in template of its kind.

    Raises:
        TemplateError: as :func:`letter_content`.
    """
    return render_letter(letter).docx
