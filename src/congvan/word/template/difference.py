"""What is other in a new form of a template: fields added and dropped, and texts changed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from congvan.support.ooxml import W
from congvan.word.template.template import WordTemplate


@dataclass(frozen=True, slots=True)
class TextChange:
    """Paragraphs that were, and those that stand in their place; one side is empty where text was added or dropped."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateDifference:
    """The fields only the new template needs, those only the old one needed, and the changes of text in order."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    changes: tuple[TextChange, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.changes)


def template_difference(old: WordTemplate, new: WordTemplate) -> TemplateDifference:
    """Compare two templates by their fields and by the text of their paragraphs, tags among it; not by their layout."""
    return TemplateDifference(
        added=tuple(sorted(new.fields - old.fields)),
        dropped=tuple(sorted(old.fields - new.fields)),
        changes=tuple(_changes(_texts(old.docx), _texts(new.docx))),
    )


def _changes(before: list[str], after: list[str]) -> Iterator[TextChange]:
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield TextChange(tuple(before[start:end]), tuple(after[first:last]))


def _texts(docx: bytes) -> list[str]:
    """The paragraphs that say something: headers, the body with its tables and boxes, footers."""
    import docx as python_docx

    document = python_docx.Document(io.BytesIO(docx))
    parts = [relation.target_part for relation in document.part.rels.values() if not relation.is_external]
    stories = [part.element for kind in ("header", "footer") for part in parts if f".{kind}+" in part.content_type]
    paragraphs = (each for story in [document.element.body, *stories] for each in story.iter(f"{W}p"))
    texts = ("".join(text.text or "" for text in each.iter(f"{W}t")) for each in paragraphs)
    return [" ".join(text.split()) for text in texts if text.strip()]
