"""One letter as a Word document, by the built-in template of its kind or by one of the user's own."""

from __future__ import annotations

from dataclasses import dataclass

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.letter import Letter
from congvan.text.width import covered
from congvan.word.built_in import TEMPLATES, built_in_template
from congvan.word.context import OPTIONAL_PARTS, letter_values
from congvan.word.properties import PART, core_properties
from congvan.word.template import WordTemplate, _with_body


@dataclass(frozen=True, slots=True)
class LetterDocument:
    """A rendered letter: the whole ``docx``, and its ``content`` for a bundle (None if it must stand alone)."""

    docx: bytes
    content: str | None


def template_for(letter: Letter, mau: bytes | None = None, name: str | None = None) -> WordTemplate:
    """The template of ``letter`` with its body in place, compiled once for all letters that share both.

    Raises:
        TemplateError: for a kind without a built-in template, or a body the template cannot take.
    """
    source = built_in_template(letter.loai) if mau is None else mau
    label = name or (TEMPLATES[letter.loai] if mau is None else "mau.docx")
    if mau is not None and not WordTemplate(mau, name=label).has_body_place:
        return WordTemplate(mau, name=label)
    return _with_body(source, label, letter.noi_dung, letter.ket_thuc)


def render_letter(letter: Letter, template: WordTemplate | None = None) -> LetterDocument:
    """``letter`` laid out by ``template``, or by the built-in one of its kind.

    Raises:
        TemplateError: when a field of the body has no value, the template does not print a part the
            letter has, or the pinned font lacks one of its characters.
    """
    chosen = template or template_for(letter)
    _check_parts(letter, chosen)
    values = letter_values(letter)
    properties = {PART: core_properties(letter)}
    if not chosen.covered:
        return LetterDocument(chosen.render(values), None)
    content = chosen.content(values)
    _check_letters(content, chosen.name)
    return LetterDocument(chosen.pack(content, properties), content)


def render_docx(letter: Letter) -> bytes:
    """One letter as .docx, by the built-in template of its kind.

    Raises:
        TemplateError: as :func:`render_letter`.
    """
    return render_letter(letter).docx


def _check_parts(letter: Letter, template: WordTemplate) -> None:
    missing = [part for part in ("kinh_gui", *OPTIONAL_PARTS) if getattr(letter, part) and part not in template.fields]
    place = Place(file=template.name)
    Report.of(finding("word-part-not-printed", place, part=part) for part in missing).raise_errors(TemplateError)


def _check_letters(content: str, name: str) -> None:
    missing = sorted(sign for sign in set(content) if not covered(sign))
    if missing:
        signs = " ".join(missing)
        raise TemplateError(Report((finding("word-letters-missing-in-font", Place(file=name), signs=signs),)))
