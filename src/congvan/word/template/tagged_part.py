"""One part of a template that holds tags: the body, a header or footer, notes, properties.

Its source is compiled once and filled for each letter. Whether every filling is well-formed XML is known beforehand, so
that nothing has to be parsed again letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from html import unescape
from typing import Any, Final

from jinja2 import Template, TemplateSyntaxError, meta, nodes

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.text.fields.pattern import FieldEnvironment, field_finding
from congvan.word.template.environment import NeedsDocxtplError
from congvan.word.template.tags import resolve_listings
from congvan.word.template.whole_blocks import may_lack_blocks, with_whole_blocks

_TAG: Final = re.compile(r"<(/?)([\w:.-]+)[^<>]*?(/?)>")
_MARKUP: Final = re.compile(r"<[^>]*>")
_CONTAINERS: Final = frozenset({"w:tc", "w:tr", "w:tbl", "w:txbxContent", "w:footnote", "w:endnote", "w:sdtContent"})
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
"""What a .docx cannot hold, and control characters and line ends that Word does not draw as such."""


class TaggedPart:
    """Jinja ``source`` of a part of the template called ``name``; ``locate`` finds the place of words in its file.

    Raises:
        TemplateError: when a tag is broken, or a block begins in one cell, row or text and ends in another.
    """

    def __init__(
        self, source: str, name: str, environment: FieldEnvironment, locate: Callable[[str], Place] | None = None
    ) -> None:
        self.source = source
        self._name = name
        self._environment = environment
        self._locate = locate
        try:
            self._tree = environment.parse(source)
            self._template: Template = environment.from_string(self._tree)
        except TemplateSyntaxError as error:
            raise TemplateError(Report((field_finding(error, self._broken_place()),))) from error
        if not self.always_wellformed:
            self._refuse_torn_blocks()

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names the part needs, without those every template knows."""
        return frozenset(meta.find_undeclared_variables(self._tree)) - self._environment.globals.keys()

    @cached_property
    def always_wellformed(self) -> bool:
        """True when no plain value, and no branch or loop, can break the XML.

        Every branch holds whole elements; the environment itself prints nothing without escaping it.
        """
        return all(_balanced(branch) for _, branch in _branches(self._tree))

    @cached_property
    def _may_lack_blocks(self) -> bool:
        return may_lack_blocks(self.source)

    def fill(self, values: Mapping[str, Any]) -> str:
        """Fill the fields of the part.

        Raises:
            NeedsDocxtplError: when a filter or global gave one of docxtpl's objects and the environment takes none.
            TemplateError: when a field has no value, or the template leaves the sandbox.
        """
        try:
            filled = resolve_listings(self._template.render(values))
            return with_whole_blocks(filled) if self._may_lack_blocks else filled
        except NeedsDocxtplError:
            raise
        except Exception as error:
            raise TemplateError(Report((field_finding(error, self._failed_place(values)),))) from error

    def _refuse_torn_blocks(self) -> None:
        """Refuse a condition or a loop that begins in one cell, row, table or text and ends in another.

        Whole paragraphs of one cell or text may stand between: without them the beginning joins the end.
        """
        tree = self._environment.parse(_one_paragraph_per_line(self.source))
        torn = [node for node, branch in _branches(tree) if not _joins(branch)]
        if torn:  # the whole comes first, its blocks behind it
            place = self._place(torn[-1].lineno)
            raise TemplateError(Report((finding("template-block-torn", place),)))

    def _place(self, line: int | None) -> Place:
        if line is None or self._locate is None:
            return Place(file=self._name)
        paragraphs = _one_paragraph_per_line(self.source).split("\n")[line - 1].split("</w:p>")
        texts = [unescape(_MARKUP.sub("", paragraph)) for paragraph in paragraphs]
        tagged = [text for text in texts if "{" in text]
        said = [text for text in texts if text.strip()]
        return self._locate((tagged or said or [""])[-1])

    def _broken_place(self) -> Place:
        line: int | None = None
        try:
            self._environment.parse(_one_paragraph_per_line(self.source))
        except TemplateSyntaxError as error:
            line = error.lineno
        return self._place(line)

    def _failed_place(self, values: Mapping[str, Any]) -> Place:
        """Fill once more, one paragraph a line, to find the paragraph that failed."""
        line: int | None = None
        try:
            self._environment.from_string(_one_paragraph_per_line(self.source)).render(values)
        except Exception as again:  # noqa: BLE001  # whatever failed before fails here
            line = _template_line(again)
        return self._place(line)


def refuse_control_characters(filled: str, name: str) -> None:
    """Refuse what a .docx cannot hold and Word would not open.

    Raises:
        TemplateError: naming the characters.
    """
    if found := sorted(set(_NO_XML.findall(filled))):
        signs = " ".join(f"U+{ord(character):04X}" for character in found)
        raise TemplateError(Report((finding("word-control-characters", Place(file=name), signs=signs),)))


def _branches(tree: nodes.Template) -> Iterator[tuple[nodes.Node, str]]:
    """The literal text of the whole and of each branch and loop, without that of inner branches, and their nodes."""
    for node in (tree, *tree.find_all(nodes.Node)):
        for part in (getattr(node, "body", None), getattr(node, "else_", None)):
            if isinstance(part, list):
                outputs = (output for output in part if isinstance(output, nodes.Output))
                datas = (data for output in outputs for data in output.nodes if isinstance(data, nodes.TemplateData))
                yield node, "".join(data.data for data in datas)


def _balanced(xml: str) -> bool:
    open_elements: list[str] = []
    for closing, name, empty in _TAG.findall(xml):
        if not closing and not empty:
            open_elements.append(name)
        elif closing and (not open_elements or open_elements.pop() != name):
            return False
    return not open_elements


def _joins(xml: str) -> bool:
    """True when what stands before a block and what stands behind it make whole elements without it.

    The block then closes what it opens again, from a run up to a paragraph: ``</w:p><w:p>``, never a cell.
    """
    closed: list[str] = []
    opened: list[str] = []
    for closing, name, empty in _TAG.findall(xml):
        if not closing and not empty:
            opened.append(name)
        elif closing and not opened:
            closed.append(name)
        elif closing and opened.pop() != name:
            return False
    return closed == opened[::-1] and not _CONTAINERS.intersection(closed)


def _one_paragraph_per_line(source: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def _template_line(error: BaseException) -> int | None:
    """The line of the template an error passed through last."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
