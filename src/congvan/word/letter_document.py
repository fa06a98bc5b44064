"""One letter as a Word document, by the built-in template of its kind or by one of the user's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.letter import Letter
from congvan.letter.rules import missing_parts
from congvan.text.width import missing_characters
from congvan.word.builtin.templates import TEMPLATES, built_in_template
from congvan.word.letter_values import OPTIONAL_PARTS, core_properties, letter_values
from congvan.word.package import PROPERTIES
from congvan.word.template.binding import UNBOUND, TemplateBinding
from congvan.word.template.compiled_template import CompiledTemplate, compile_template

_REQUIRED_IF_GIVEN: Final = ("kinh_gui", *OPTIONAL_PARTS)
"""Parts of a letter that a template has to print if there are any."""


@dataclass(frozen=True, slots=True)
class LetterDocument:
    """A rendered letter: the whole ``docx``, by this ``template``."""

    docx: bytes
    template: CompiledTemplate

    @property
    def content(self) -> str | None:
        """Its blocks for a bundle; None if it cannot be bundled."""
        return self.template.read_content(self.docx) if self.template.can_be_bundled else None


def template_for(letter: Letter, mau: bytes | None = None, name: str | None = None) -> CompiledTemplate:
    """The template of ``letter`` with its body in place, compiled once for all letters that share both.

    ``mau`` is a template of the user's; one without a place for the body is used as it is.

    Raises:
        TemplateError: when the letter lacks a part the built-in layout of its kind prints, or the template cannot
            take its body.
    """
    binding = TemplateBinding.of(letter)
    if mau is None:
        if missing := tuple(missing_parts(letter)):
            raise TemplateError(Report(missing))
        return compile_template(built_in_template(letter.loai, binding.measures), TEMPLATES[letter.loai], binding)
    label = name or "mau.docx"
    unbound = compile_template(mau, label, UNBOUND)
    return compile_template(mau, label, binding) if "noi_dung" in unbound.fields else unbound


def render_letter(letter: Letter, template: CompiledTemplate | None = None) -> LetterDocument:
    """Lay ``letter`` out by ``template``, or by the built-in one of its kind.

    Its document properties are those of the letter, unless the template has fields in them.

    Raises:
        TemplateError: when a field has no value, the template does not print a part the letter has, or the
            pinned font lacks one of its characters.
    """
    chosen = template or template_for(letter)
    values = letter_values(letter)
    content, parts = _fill(letter, values, chosen)
    if chosen.uses_fast_path:
        return LetterDocument(chosen.pack(content, {PROPERTIES: core_properties(letter), **parts}), chosen)
    return LetterDocument(chosen.render(values), chosen)


def render_docx(letter: Letter) -> bytes:
    """Render one letter as .docx, by the built-in template of its kind.

    Raises:
        TemplateError: as :func:`render_letter`.
    """
    return render_letter(letter).docx


def _fill(letter: Letter, values: Mapping[str, Any], template: CompiledTemplate) -> tuple[bytes, dict[str, bytes]]:
    """The body filled, as UTF-8, and the other parts of the template; both are checked."""
    if unprinted := [part for part in _REQUIRED_IF_GIVEN if part not in template.fields and getattr(letter, part)]:
        raise _template_error("word-part-not-printed", template, ({"part": part} for part in unprinted))
    # Half a character is reported with those the font lacks.
    content = template.fill_content(values).encode("utf-8", "surrogatepass")
    parts = template.fill_other_parts(values)
    if missing := missing_characters(b"".join((content, *parts.values()))):
        raise _template_error("word-letters-missing-in-font", template, [{"signs": " ".join(missing)}])
    return content, parts


def _template_error(code: str, template: CompiledTemplate, values: Iterable[dict[str, str]]) -> TemplateError:
    place = Place(file=template.name)
    return TemplateError(Report.of(finding(code, place, **each) for each in values))
