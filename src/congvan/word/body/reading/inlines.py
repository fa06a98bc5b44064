"""Reads the signs inside a paragraph: bold, italic, underline, raised, links, notes, pictures, line ends.

What is no way of writing congvan knows is a finding with its line and column, never printed as typed.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from congvan.findings import Finding, finding
from congvan.text.width import text_width
from congvan.word.body.reading.attributes import read_attributes
from congvan.word.body.reading.emphasis import Delimiter, emphases
from congvan.word.body.reading.model import Format, Inline, LineBreak, NoteMark, Picture, Run
from congvan.word.body.reading.source_text import PICTURE, TAG, Passage, SourceText

WIDEST_WORD: Final = 1350
"""The width of a word at most, in parts of its type size: some 40 lines. One longer than a page cannot be printed."""

MOST_FINDINGS: Final = 200
"""Findings of one text that are reported."""

_SIGN: Final = re.compile(
    r"\{_[{%]|[}%]_\}|\\|`+|<|&|!\[|\[\^|\[|\]|\*+|_+|~+|\^|\+\+|==|\$|[{}]| *\n|\b(?:https?://|www\.)[^\s<>|]*[^\s<>|.,;:!?)\]'\"”»*_]"
)
_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_HTML: Final = re.compile(r"<(/?)([A-Za-z][\w:-]*)((?:\s[^<>]*)?)/?>")
_AUTOLINK: Final = re.compile(r"<((?:https?://|mailto:|tel:)[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_NOTE: Final = re.compile(r"\[\^([^\]\s]+)\]")
_PICTURE: Final = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]\(\s*<?([^()<>\n]*?)>?\s*\)(\{[^{}\n]*\})?", re.DOTALL)
_TARGET: Final = re.compile(r"\(\s*<?([^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)>?\s*\)(\{[^{}\n]*\})?")
_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s]+")
_MATH: Final = re.compile(r"\$\$|\$(?=[^\s$])[^$\n]*[^\s$]\$(?!\d)")
_MARKED: Final = re.compile(r"==(?=\S)[^=\n]*\S==")
_STRUCK: Final = re.compile(r"~~(?=\S)[^~]*[^\s~]~~")
_CODE: Final = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_LONG_WORD: Final = re.compile(rf"\S{{{WIDEST_WORD},}}")
_ESCAPED_BRACES: Final = frozenset({"{_{", "{_%", "}_}", "%_}"})
"""How braces are written in Word templates that are to be printed."""

_PAIRED: Final = {"^": "superscript", "~": "subscript", "++": "underline"}
_HTML_FORMS: Final = {
    "sup": "superscript",
    "sub": "subscript",
    "u": "underline",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
}


@dataclass(slots=True)
class _Token:
    """Text, or something that is no text; the forms that begin and end before it."""

    text: str = ""
    inline: Inline | None = None
    changes: list[tuple[str, int]] = field(default_factory=list)


class InlineReader:
    """Reads passages of ``source``; ``notes`` are its footnotes by name, ``findings`` collects what is wrong.

    With ``prints_addresses`` the address of a link is printed behind it.
    """

    def __init__(
        self,
        source: SourceText,
        notes: Mapping[str, Passage],
        findings: list[Finding],
        *,
        prints_addresses: bool = False,
    ) -> None:
        self.used_notes: set[str] = set()
        self._source = source
        self._notes = notes
        self._findings = findings
        self._prints_addresses = prints_addresses
        self._is_in_note = False

    def read(self, passage: Passage) -> list[Inline]:
        """The runs, line ends, notes and pictures of ``passage``."""
        return _PassageReader(self, passage).read()

    def note(self, code: str, offset: int, **values: object) -> None:
        """Add a finding at an offset of the shortened text; after many the text is no text of a letter."""
        if len(self._findings) < MOST_FINDINGS:
            self._findings.append(finding(code, self._source.place(offset), **values))

    def footnote(self, name: str, offset: int) -> NoteMark | None:
        """The footnote called ``name``; None, with a finding, where there is none or it stands in a note itself."""
        self.used_notes.add(name)
        if name not in self._notes or self._is_in_note:
            self.note("word-note-inside-note" if self._is_in_note else "word-note-missing", offset, name=name)
            return None
        self._is_in_note = True
        text = self.read(self._notes[name])
        self._is_in_note = False
        return NoteMark(tuple(text))

    def picture(self, caption: str, target: str, attributes: str, offset: int) -> Picture | None:
        """The picture embedded under ``target``; None, with a finding, where it is none."""
        size = read_attributes(attributes.strip("{}"), {"rong", "cao"}, partial(self.note, offset=offset))
        named = PICTURE.fullmatch(target)
        if named is None or int(named[1]) >= len(self._source.pictures):
            self.note("word-picture-not-embedded", offset, name=target or "?")
            return None
        try:
            content = base64.b64decode(self._source.pictures[int(named[1])].partition(",")[2], validate=True)
        except binascii.Error:
            self.note("word-picture-unreadable", offset, why="base64")
            return None
        return Picture(content, caption, size.millimetres("rong"), size.millimetres("cao"), offset)

    def is_address(self, target: str, offset: int) -> bool:
        """Whether a link may lead to ``target``; else a finding says why not."""
        if TAG.search(target):
            self.note("word-link-field", offset)
        elif not _LINK.fullmatch(target):
            self.note("word-link-address", offset, address=target or "?")
        else:
            return True
        return False

    def printed_address(self, target: str, shown: str, attributes: str, offset: int) -> str:
        """What is printed behind a link: its address, if that was asked for and is not what the link shows."""
        wished = read_attributes(attributes.strip("{}"), {"in-dia-chi"}, partial(self.note, offset=offset))
        is_printed = self._prints_addresses or "in-dia-chi" in wished.names
        bare = target.removeprefix("mailto:").removeprefix("tel:")
        return f" ({bare})" if is_printed and bare not in shown else ""


class _PassageReader:
    """Reads one passage from left to right."""

    def __init__(self, owner: InlineReader, passage: Passage) -> None:
        self._owner = owner
        self._passage = passage
        self._text = passage.text
        self._tokens: list[_Token] = [_Token()]
        self._delimiters: list[Delimiter] = []
        self._delimiter_places: dict[int, int] = {}
        self._open_pairs: dict[str, tuple[int, int]] = {}  # token and index by sign
        self._open_tags: list[tuple[str, int, int]] = []
        self._brackets: list[tuple[int, int]] = []
        self._links: list[str] = []
        self._readers: Mapping[str, Callable[[int], int]] = {
            "\\": self._escape,
            "<": self._angle,
            "&": self._entity,
            "![": self._picture,
            "[^": self._footnote,
            "[": self._bracket,
            "]": self._link,
            "$": self._math,
            "==": self._highlight,
            "{": self._brace,
            "}": self._brace,
            "^": self._raised,
            "~": self._lowered,
            "++": self._underlined,
        }

    def read(self) -> list[Inline]:
        at = 0
        while found := _SIGN.search(self._text, at):
            self._add(self._text[at : found.start()])
            at = self._sign(found)
        self._add(self._text[at:])
        self._tokens.append(_Token())
        self._close_all()
        inlines = self._runs()
        self._refuse_long_words(inlines)
        return inlines

    # --- signs ------------------------------------------------------------------------------------------

    def _sign(self, found: re.Match[str]) -> int:
        """Read what begins with the sign ``found``; the index after it."""
        sign, at = found.group(), found.start()
        if reader := self._readers.get(sign):
            return reader(at)
        if sign in _ESCAPED_BRACES:
            self._add(sign.replace("_", ""))
        elif sign[0] in "*_":
            self._delimiter(sign, at)
        elif sign[0] == "`":
            return self._code(at, len(sign))
        elif sign[0] == "~":
            return self._struck(at, len(sign))
        elif sign.endswith("\n"):
            self._line_end(sign)
        else:
            self._add(sign)  # an address: no sign in it counts
        return found.end()

    def _escape(self, at: int) -> int:
        following = self._text[at + 1 : at + 2]
        if following == "\n":
            self._put(LineBreak())
        elif following in _PUNCTUATION:
            self._add(following)
        elif following.isalnum():
            self._note("word-escape-unknown", at, what=_shown(self._text[at : at + 12].split()[0]))
        else:
            self._add(f"\\{following}")
        return at + 1 + len(following)

    def _code(self, at: int, width: int) -> int:
        found = _CODE.match(self._text, at)
        if found is None or len(found[1]) != width:
            self._add("`" * width)
            return at + width
        self._add(found[2].replace("\n", " "))
        return found.end()

    def _angle(self, at: int) -> int:
        if link := _AUTOLINK.match(self._text, at):
            target = link[1] if ":" in link[1] else f"mailto:{link[1]}"
            self._linked(len(self._tokens), target)
            self._add(link[1].removeprefix("mailto:").removeprefix("tel:"))
            self._change(f"link:{len(self._links) - 1}", -1)
            return link.end()
        tag = _HTML.match(self._text, at)
        if tag is None:
            if self._text.startswith("<!--", at):
                self._note("word-comment-open", at)
            self._add("<")
            return at + 1
        self._html(tag[2].lower(), at, is_end=bool(tag[1]), has_more=bool(tag[3].strip(" /")), written=tag.group())
        return tag.end()

    def _html(self, name: str, at: int, *, is_end: bool, has_more: bool, written: str) -> None:
        if name == "br" and not is_end and not has_more:
            self._put(LineBreak())
        elif name not in _HTML_FORMS or has_more:
            self._note("word-html", at, what=_shown(written))
        elif not is_end:
            self._open_tags.append((name, self._begin(_HTML_FORMS[name]), at))
        elif self._open_tags and self._open_tags[-1][0] == name:
            self._open_tags.pop()
            self._change(_HTML_FORMS[name], -1)
        else:
            self._note("word-mark-unclosed", at, what=written)

    def _entity(self, at: int) -> int:
        found = _ENTITY.match(self._text, at)
        meant = html.unescape(found.group()) if found else "&"
        self._add(meant)
        return found.end() if found else at + 1

    def _picture(self, at: int) -> int:
        found = _PICTURE.match(self._text, at)
        if found is None:
            self._add("!")
            return at + 1
        caption = re.sub(r"\\(.)", r"\1", found[1])
        picture = self._owner.picture(caption, found[2].strip(), found[3] or "", self._passage.offset(at))
        if picture:
            self._put(picture)
        return found.end()

    def _footnote(self, at: int) -> int:
        found = _NOTE.match(self._text, at)
        if found is None:
            self._add("[^")
            return at + 2
        if note := self._owner.footnote(found[1], self._passage.offset(at)):
            self._put(note)
        return found.end()

    def _bracket(self, at: int) -> int:
        self._brackets.append((len(self._tokens), at))
        self._tokens.append(_Token("["))
        self._tokens.append(_Token())
        return at + 1

    def _link(self, at: int) -> int:
        """The end of ``[…]``: a link, if an address in brackets follows."""
        if not self._brackets:
            self._add("]")
            return at + 1
        opening, start = self._brackets.pop()
        if not self._text.startswith("(", at + 1):
            self._add("]")
            return at + 1
        offset = self._passage.offset(start)
        found = _TARGET.match(self._text, at + 1)
        if found is None:
            self._owner.note("word-link-address", offset, address=_shown(self._text[at + 1 : at + 40]))
            return at + 1
        if self._owner.is_address(found[1], offset):
            self._tokens[opening].text = ""
            shown = "".join(token.text for token in self._tokens[opening:])
            self._linked(opening, found[1])
            self._add(self._owner.printed_address(found[1], shown, found[2] or "", offset))
            self._change(f"link:{len(self._links) - 1}", -1)
        return found.end()

    def _linked(self, token: int, target: str) -> None:
        """A link to ``target`` begins before the token at this index."""
        self._links.append(target)
        if token == len(self._tokens):
            self._begin(f"link:{len(self._links) - 1}")
        else:
            self._tokens[token].changes.append((f"link:{len(self._links) - 1}", 1))

    def _math(self, at: int) -> int:
        found = _MATH.match(self._text, at)
        if found is None:
            self._add("$")
            return at + 1
        self._note("word-markup", at, what=_shown(found.group()))
        return found.end()

    def _highlight(self, at: int) -> int:
        if found := _MARKED.match(self._text, at):
            self._note("word-markup", at, what=_shown(found.group()))
            return found.end()
        self._add("==")
        return at + 2

    def _struck(self, at: int, width: int) -> int:
        if found := _STRUCK.match(self._text, at):
            self._note("word-markup", at, what=_shown(found.group()))
            return found.end()
        self._add("~" * width)
        return at + width

    def _brace(self, at: int) -> int:
        self._note("word-brace-alone", at, what=_shown(self._text[at : at + 20].split("\n")[0]))
        rest = re.compile(r"[{}]+[%#]?").match(self._text, at)
        return rest.end() if rest else at + 1

    def _raised(self, at: int) -> int:
        if not self._pair("^", at):
            self._note("word-mark-unclosed", at, what=_shown(self._text[at : at + 12].split()[0]))
        return at + 1

    def _lowered(self, at: int) -> int:
        if not self._pair("~", at):
            self._add("~")
        return at + 1

    def _underlined(self, at: int) -> int:
        if not self._pair("++", at):
            self._add("++")
        return at + 2

    def _pair(self, sign: str, at: int) -> bool:
        """A sign that begins a form, or ends it; False for one that stands alone."""
        if sign in self._open_pairs:
            del self._open_pairs[sign]
            self._change(_PAIRED[sign], -1)
            return True
        inner = r"[^\s+](?:[^+]*[^\s+])?" if sign == "++" else r"[^\s" + re.escape(sign) + "]+"
        if not re.compile(f"{re.escape(sign)}{inner}{re.escape(sign)}", re.DOTALL).match(self._text, at):
            return False
        self._open_pairs[sign] = (self._begin(_PAIRED[sign]), at)
        return True

    def _delimiter(self, signs: str, at: int) -> None:
        before, after = self._text[at - 1 : at] if at else "", self._text[at + len(signs) : at + len(signs) + 1]
        self._delimiters.append(Delimiter.between(len(self._tokens), signs, before, after))
        self._tokens.append(_Token(signs))
        self._tokens.append(_Token())
        self._delimiter_places[len(self._tokens) - 2] = at

    def _line_end(self, sign: str) -> None:
        if len(sign) > len("  "):
            self._put(LineBreak())
        else:
            self._add(" ")

    # --- the tokens and their forms ---------------------------------------------------------------------

    def _add(self, text: str) -> None:
        self._tokens[-1].text += text

    def _put(self, inline: Inline) -> None:
        self._tokens += (_Token(inline=inline), _Token())

    def _begin(self, form: str) -> int:
        self._change(form, 1)
        return len(self._tokens) - 1

    def _change(self, form: str, step: int) -> None:
        self._tokens.append(_Token(changes=[(form, step)]))

    def _note(self, code: str, at: int, **values: object) -> None:
        self._owner.note(code, self._passage.offset(at), **values)

    def _close_all(self) -> None:
        for found in emphases(self._delimiters):
            form = "bold" if found.is_bold else "italic"
            self._tokens[found.first + 1].changes.append((form, 1))
            self._tokens[found.last].changes.append((form, -1))
        for delimiter in self._delimiters:
            at = self._delimiter_places[delimiter.index]
            self._tokens[delimiter.index].text = delimiter.sign * delimiter.count
            if delimiter.sign == "*" and delimiter.count > 1 and self._touches_a_word(at, delimiter.first_count):
                self._note("word-mark-unclosed", at, what=_shown(self._text[at : at + 20].split("\n")[0]))
        for name, _, at in self._open_tags:
            self._note("word-mark-unclosed", at, what=f"<{name}>")

    def _touches_a_word(self, at: int, width: int) -> bool:
        around = self._text[at - 1 : at] if at else "", self._text[at + width : at + width + 1]
        return any(letter.isalnum() or TAG.match(letter) for letter in around if letter)

    def _runs(self) -> list[Inline]:
        counts: Counter[str] = Counter()
        inlines: list[Inline] = []
        for token in self._tokens:
            for form, step in token.changes:
                counts[form] += step
            if token.inline is not None:
                inlines.append(token.inline)
            elif token.text:
                _append(inlines, Run(token.text, _form(counts), self._target(counts)))
        return inlines

    def _target(self, counts: Mapping[str, int]) -> str:
        return next((self._links[int(form[5:])] for form, open_ in counts.items() if open_ and form[:5] == "link:"), "")

    def _refuse_long_words(self, inlines: Sequence[Inline]) -> None:
        text = "".join(one.text if isinstance(one, Run) else " " for one in inlines)
        for found in _LONG_WORD.finditer(text):
            if text_width(found.group(), 1) > WIDEST_WORD:
                self._note("word-word-too-long", 0, what=f"{found.group()[:20]}…", length=len(found.group()))


def _form(counts: Mapping[str, int]) -> Format:
    raised = next((form for form in ("superscript", "subscript") if counts.get(form)), "")
    return Format(bool(counts.get("bold")), bool(counts.get("italic")), bool(counts.get("underline")), raised)


def _append(inlines: list[Inline], run: Run) -> None:
    """Add ``run``, or lengthen the last one of the same form."""
    last = inlines[-1] if inlines else None
    if isinstance(last, Run) and (last.form, last.link) == (run.form, run.link):
        inlines[-1] = Run(last.text + run.text, run.form, run.link)
    else:
        inlines.append(run)


def _shown(written: str) -> str:
    """What a finding quotes."""
    bare = TAG.sub("…", " ".join(written.split()))
    return bare if len(bare) <= 40 else f"{bare[:39]}…"  # noqa: PLR2004
