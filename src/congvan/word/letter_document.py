"""One letter as a Word document, by the built-in template of its kind or by one of the user's."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Final

from congvan.errors import LetterWarning, TemplateError
from congvan.findings import Place, Report, finding
from congvan.letter import Letter
from congvan.letter.frozen_fields import plain_fields
from congvan.letter.part_values import part_values
from congvan.letter.rules import missing_parts
from congvan.support.processes.warm_processes import TIME_LIMIT, call_within
from congvan.text.fields.pattern import Values
from congvan.text.width import missing_characters
from congvan.word.body.enumeration import roman
from congvan.word.body.symbols import BOXES, without_boxes
from congvan.word.builtin.templates import TEMPLATES, built_in_template
from congvan.word.draft_mark import marked_docx
from congvan.word.intake.admission import admit
from congvan.word.kept_words import lost_parts
from congvan.word.package import PROPERTIES, Package
from congvan.word.template.binding import UNBOUND, TemplateBinding
from congvan.word.template.compiled_template import (
    CACHED_TEMPLATES,
    CompiledTemplate,
    bind_template,
    compile_template,
)

OPTIONAL_PARTS: Final = (
    *("do_mat", "do_khan", "luu_hanh", "nguoi_soan", "so_ban", "lien_he", "phu_luc", "can_cu", "tham_quyen"),
    *("ky_trai", "ky_giua", "giay_moi", "giay_gioi_thieu", "bien_ban", "giay_nghi_phep", "van_ban_kem_theo", "ban_sao"),
)
"""Parts a template may leave out, as long as no letter brings them."""

_REQUIRED_IF_GIVEN: Final = ("kinh_gui", *OPTIONAL_PARTS)
"""Parts of a letter that a template has to print if there are any."""


_PROPERTIES_START: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties "
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


@dataclass(frozen=True, slots=True)
class LetterDocument:
    """A rendered letter: the whole ``docx``, by this ``template``."""

    docx: bytes
    template: CompiledTemplate

    @property
    def content(self) -> str | None:
        """Its blocks for a bundle; None if it cannot be bundled."""
        return self.template.read_content(self.docx) if self.template.can_be_bundled else None


def template_for(letter: Letter, mau: bytes | None = None, name: str | None = None, mark: str = "") -> CompiledTemplate:
    """The template of ``letter`` with its body in place, compiled once for all letters that share both.

    ``mau`` is a template of the user's; one without a place for the body is used as it is. ``mark`` is to stand behind
    the text of every page.

    Raises:
        TemplateError: when the letter lacks a part the built-in layout of its kind prints, or the template cannot
            take its body.
    """
    binding = TemplateBinding.of(letter)
    if mau is None:
        if missing := tuple(missing_parts(letter)):
            raise TemplateError(Report(missing))
        docx = built_in_template(letter.loai, binding.measures)
        return _compile_built_in(marked_docx(docx, mark) if mark else docx, TEMPLATES[letter.loai], binding)
    label = name or "mau.docx"
    mau = marked_docx(mau, mark) if mark else mau
    unbound = compile_template(mau, label, UNBOUND)
    return compile_template(mau, label, binding) if "noi_dung" in unbound.fields else unbound


@lru_cache(maxsize=CACHED_TEMPLATES)
def _compile_built_in(docx: bytes, name: str, binding: TemplateBinding) -> CompiledTemplate:
    """A built-in template has no slips to look for, which takes twice the time of compiling it."""
    return bind_template(admit(docx, name).docx, name, binding)


def render_letter(letter: Letter, template: CompiledTemplate | None = None) -> LetterDocument:
    """Lay ``letter`` out by ``template``, or by the built-in one of its kind.

    Its document properties are those of the letter, unless the template has fields in them.

    Raises:
        TemplateError: when a field has no value, the template does not print a part the letter has, what it prints does
            not show one, or the pinned font lacks one of its characters.
    """
    chosen = template or template_for(letter)
    values = letter_values(letter)
    content, parts = _fill(letter, values, chosen)
    if chosen.uses_fast_path:
        return LetterDocument(chosen.pack(content, {PROPERTIES: core_properties(letter), **parts}), chosen)
    docx = chosen.render(values)
    return LetterDocument(docx if PROPERTIES in parts else _with_properties(docx, letter), chosen)


def _with_properties(docx: bytes, letter: Letter) -> bytes:
    """``docx``, which docxtpl wrote, with the letter's properties in place of its template's."""
    package = Package(docx)
    if PROPERTIES not in package.names:
        return docx
    return package.with_parts({PROPERTIES: core_properties(letter)})


def render_docx(letter: Letter, *, time_limit: float | None = TIME_LIMIT) -> bytes:
    """Render one letter as .docx, by the built-in template of its kind.

    A worker process does it, kept warm for the next call, and is ended after ``time_limit`` seconds. With None, and for
    a letter of a class of the caller's own, the work is done in this process and cannot be ended.

    What is likely a slip (:attr:`~congvan.Letter.cautions`) is said as a :class:`~congvan.errors.LetterWarning`.

    Raises:
        TemplateError: as :func:`render_letter`.
        WorkerLostError: when it takes too long or too much memory.
    """
    for found in letter.cautions:
        warnings.warn(str(found), LetterWarning, stacklevel=2)
    return call_within(time_limit if type(letter) is Letter else None, _render_docx, letter, modules=(__name__,))


def _render_docx(letter: Letter) -> bytes:
    return render_letter(letter).docx


def _fill(letter: Letter, values: Mapping[str, Any], template: CompiledTemplate) -> tuple[bytes, dict[str, bytes]]:
    """The body filled, as UTF-8, and the other parts of the template; both are checked."""
    unprinted = [part for part in _REQUIRED_IF_GIVEN if part not in template.fields and getattr(letter, part)]
    if any(signer.chuc_danh_khac for signer in letter.nguoi_ky) and not template.names("chuc_danh_khac"):
        unprinted.append("ky.chuc_danh_khac")
    if unprinted:
        raise _template_error("word-part-not-printed", template, ({"part": part} for part in unprinted))
    # Half a character is reported with those the font lacks.
    content = template.fill_content(values).encode("utf-8", "surrogatepass")
    parts = template.fill_other_parts(values)
    missing = missing_characters(b"".join((content, *parts.values())))
    if any(sign in BOXES for sign in missing):  # those a body sets have a font of their own
        written = b"".join((content, *parts.values())).decode("utf-8", "surrogatepass")
        missing = missing_characters(without_boxes(written).encode("utf-8", "surrogatepass"))
    if missing:
        raise _template_error("word-letters-missing-in-font", template, [{"signs": " ".join(missing)}])
    is_built_in = template.name == TEMPLATES.get(letter.loai)
    markup = (part.decode() for part in (content, *parts.values()))
    if lost := lost_parts(letter, markup, template.fields, whole=is_built_in):
        raise _template_error("word-part-not-shown", template, ({"part": part} for part in lost))
    return content, parts


def _template_error(code: str, template: CompiledTemplate, values: Iterable[dict[str, str]]) -> TemplateError:
    place = Place(file=template.name)
    return TemplateError(Report.of(finding(code, place, **each) for each in values))


def letter_values(letter: Letter) -> dict[str, Any]:
    """The values a template fills in; the decree's parts win over the letter's own fields."""
    fields = {"thay_the": "", **plain_fields(letter.truong)}  # most letters replace none
    return {**fields, **part_values(letter), "phu_luc": _annexes(letter)}


def _annexes(letter: Letter) -> list[Values]:
    """Annexes are numbered when there are several (Decree 30/2020, Annex I); their titles are in capitals."""
    several = len(letter.phu_luc) > 1
    return [
        Values("phan", {"so": roman(number) if several else "", "tieu_de": annex.tieu_de.upper()})
        for number, annex in enumerate(letter.phu_luc, start=1)
    ]


def core_properties(letter: Letter) -> bytes:
    """Title (subject of the letter), subject (kind, number and symbol), issuer and language as XML.

    The only date is the letter's own, so that the same letter is the same bytes.
    """
    issuer = letter.co_quan.replace("\n", " ")
    subject = f"{letter.kind.ten} {letter.so_ky_hieu}"
    day = letter.ngay.day
    created = f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>' if day else ""
    return (
        f"{_PROPERTIES_START}<dc:title>{_escaped(letter.trich_yeu)}</dc:title>"
        f"<dc:subject>{_escaped(subject)}</dc:subject><dc:creator>{_escaped(issuer)}</dc:creator>"
        f"<dc:language>vi-VN</dc:language>{created}</cp:coreProperties>"
    ).encode()


def _escaped(text: str) -> str:
    return escape(text, quote=False)
