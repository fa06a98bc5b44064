"""One letter as a Word document, by the built-in template of its kind or by one of the user's own."""

from __future__ import annotations

from dataclasses import dataclass

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.letter import Letter
from congvan.letter.soundness import missing_parts
from congvan.text.width import uncovered
from congvan.word.built_in import TEMPLATES, built_in_template
from congvan.word.context import OPTIONAL_PARTS, letter_values
from congvan.word.properties import PART, core_properties
from congvan.word.shared import Shared
from congvan.word.template import UNBOUND, WordTemplate, bound_template


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
        Report.of(missing_parts(letter)).raise_errors(TemplateError)
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
    content, _ = _laid_out(letter, template)
    return content


def _laid_out(letter: Letter, template: WordTemplate) -> tuple[str, dict[str, bytes]]:
    """Body and other parts of ``letter``, filled and checked but not yet zipped."""
    place = Place(file=template.name)
    given = (part for part in ("kinh_gui", *OPTIONAL_PARTS) if getattr(letter, part))
    unprinted = [part for part in given if part not in template.fields]
    Report.of(finding("word-part-not-printed", place, part=part) for part in unprinted).raise_errors(TemplateError)
    values = letter_values(letter)
    content, parts = template.content(values), template.other_parts(values)
    if strange := uncovered("".join([content, *(part.decode() for part in parts.values())])):
        raise TemplateError(Report((finding("word-letters-missing-in-font", place, signs=" ".join(strange)),)))
    return content, parts


def render_letter(letter: Letter, template: WordTemplate | None = None) -> LetterDocument:
    """``letter`` laid out by ``template``, or by the built-in one of its kind.

    Its properties are the letter's own, unless the template has fields in them.

    Raises:
        TemplateError: as :func:`letter_content`.
    """
    chosen = template or template_for(letter)
    content, parts = _laid_out(letter, chosen)
    if not chosen.covered:
        return LetterDocument(chosen.render(letter_values(letter)), chosen)
    return LetterDocument(chosen.pack(content, {PART: core_properties(letter), **parts}), chosen)


def render_docx(letter: Letter) -> bytes:
    """One letter as .docx, by the built-in template of its kind.

    Raises:
        TemplateError: as :func:`letter_content`.
    """
    return render_letter(letter).docx
