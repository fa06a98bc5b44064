"""The format of a paragraph or a run of a .docx, with defaults, styles and direct formatting resolved.

The order is Word's (ECMA-376, part 1, 17.7.2): document defaults, table style, paragraph style with those it is
based on, character style, direct formatting. Bold, italic and capitals set by two styles cancel each other
(17.7.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from congvan.inspect.model import BLACK, Align, Font, ParagraphFormat
from congvan.support.lengths import Twips
from congvan.support.ooxml import A, W

MM_PER_TWIP: Final = float(Twips(1).mm)
_SINGLE: Final = 240  # w:line of one line
_WORDS_OWN_SIZE: Final = 10.0  # pt, when a document names none
_WORDS_OWN_FONT: Final = "Times New Roman"
_OFF: Final = {"0", "false", "off", "none"}
_TOGGLES: Final = ("b", "i", "caps")
_DEEPEST: Final = 20
_ALIGNS: Final[dict[str, Align]] = {
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "both",
    "distribute": "both",
}


def value(element: Any, name: str = "val") -> str | None:
    """The attribute ``w:name`` of an element, None without either."""
    found: str | None = None if element is None else element.get(W + name)
    return found


def number(element: Any, name: str = "val") -> float | None:
    """The attribute ``w:name`` as a number; None for one that is missing or no number."""
    try:
        return float(value(element, name) or "")
    except ValueError:
        return None


def switched_on(element: Any) -> bool | None:
    """A Word switch: on when it is there and not off, None when it is not there."""
    return None if element is None else (value(element) or "1") not in _OFF


@dataclass(frozen=True, slots=True)
class RunFont:
    """A run's font, with the second font Word takes for letters beyond ASCII, and what the text is set to."""

    font: Font
    other_family: str
    capitals: bool
    hidden: bool
    language: str


@dataclass(frozen=True, slots=True)
class Cascade:
    """The style sheet of one document: ``styles`` by id, the defaults, and the theme's two fonts."""

    defaults: Any
    styles: dict[str, Any]
    default_style: str | None
    theme: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, styles: Any, theme: Any = None) -> Cascade:
        """From ``w:styles`` and, where the document has one, ``a:theme``."""
        by_id = {value(style, "styleId") or "": style for style in styles.iterfind(f"{W}style")}
        usual = (
            name
            for name, style in by_id.items()
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true", "on"}
        )
        return cls(styles.find(f"{W}docDefaults"), by_id, next(usual, None), dict(_theme_fonts(theme)))

    def style_id(self, paragraph: Any) -> str | None:
        """The id of a paragraph's style, the default one where it names none the document has."""
        named = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        return named if named in self.styles else self.default_style

    def style_name(self, paragraph: Any) -> str:
        """The name of a paragraph's style as Word shows it."""
        style = self.styles.get(self.style_id(paragraph) or "")
        return (value(style.find(f"{W}name")) or "") if style is not None else ""

    def paragraph_layers(self, paragraph: Any) -> Iterator[Any]:
        """The properties of a paragraph, then of its style and of those it is based on: the topmost first."""
        direct = paragraph.find(f"{W}pPr")
        yield from () if direct is None else (direct,)
        yield from self.style_layers(self.style_id(paragraph), "pPr")

    def style_layers(self, name: str | None, inner: str) -> Iterator[Any]:
        """The properties ``inner`` (``pPr``, ``tblPr``) of a style and of those it is based on, the topmost first."""
        yield from self._of_style(name, inner)[::-1]

    def paragraph_format(self, paragraph: Any, table_style: str | None, numbered: Any = None) -> ParagraphFormat:
        """The format of ``paragraph``; ``numbered`` are the paragraph properties of its list level."""
        layers = [
            self._default("pPrDefault", "pPr"),
            *self._of_style(table_style, "pPr"),
            *self._of_style(self.style_id(paragraph), "pPr"),
            numbered,
            paragraph.find(f"{W}pPr"),
        ]
        return _setting(self.style_name(paragraph), [layer for layer in layers if layer is not None])

    def run_font(self, run: Any, paragraph: Any, table_style: str | None) -> RunFont:
        """The font of ``run`` in ``paragraph``."""
        direct = run.find(f"{W}rPr")
        character = value(direct.find(f"{W}rStyle")) if direct is not None else None
        by_style = [
            self._of_style(table_style, "rPr"),
            self._of_style(self.style_id(paragraph), "rPr"),
            self._of_style(character, "rPr"),
        ]
        default = self._default("rPrDefault", "rPr")
        layers = [default, *(layer for own in by_style for layer in own), direct]
        present = [layer for layer in layers if layer is not None]
        on = {name: _toggled(name, default, by_style, direct) for name in _TOGGLES}
        return self._run_font(present, on)

    def _run_font(self, layers: Sequence[Any], on: dict[str, bool]) -> RunFont:
        size = _last_number(layers, "sz")
        underline = _last(layers, "u")
        colour = (value(_last(layers, "color")) or "auto").upper()
        font = Font(
            family=self._family(layers, "ascii"),
            size=size / 2 if size else _WORDS_OWN_SIZE,
            bold=on["b"],
            italic=on["i"],
            underline=underline is not None and value(underline) not in _OFF,
            colour=BLACK if colour == "AUTO" else colour,
        )
        hidden, language = switched_on(_last(layers, "vanish")), value(_last(layers, "lang"))
        return RunFont(font, self._family(layers, "hAnsi"), on["caps"], bool(hidden), language or "")

    def _family(self, layers: Sequence[Any], slot: str) -> str:
        """The font of a slot; in one layer the theme's goes before a name."""
        for layer in reversed(layers):
            fonts = layer.find(f"{W}rFonts")
            if (theme := value(fonts, f"{slot}Theme")) and theme[:5] in self.theme:
                return self.theme[theme[:5]]
            if name := value(fonts, slot):
                return name
        return _WORDS_OWN_FONT

    def _default(self, kind: str, inner: str) -> Any:
        return None if self.defaults is None else self.defaults.find(f"{W}{kind}/{W}{inner}")

    def _of_style(self, name: str | None, inner: str) -> list[Any]:
        """The properties of a style and of those it is based on, the most basic first."""
        found = (style.find(f"{W}{inner}") for style in self._chain(name))
        return [layer for layer in found if layer is not None][::-1]

    def _chain(self, name: str | None) -> Iterator[Any]:
        for _ in range(_DEEPEST):
            if (style := self.styles.get(name or "")) is None:
                return
            yield style
            name = value(style.find(f"{W}basedOn"))


def _theme_fonts(theme: Any) -> Iterator[tuple[str, str]]:
    if theme is None:
        return
    for kind in ("major", "minor"):
        latin = theme.find(f".//{A}{kind}Font/{A}latin")
        if latin is not None and latin.get("typeface"):
            yield kind, latin.get("typeface")


def _last(layers: Sequence[Any], name: str) -> Any:
    """The property in the topmost layer that has it."""
    found = (layer.find(W + name) for layer in reversed(layers))
    return next((element for element in found if element is not None), None)


def _last_number(layers: Sequence[Any], name: str, attribute: str = "val") -> float | None:
    """Attributes of one element are inherited one by one, as Word does with w:spacing and w:ind."""
    found = (number(layer.find(W + name), attribute) for layer in reversed(layers))
    return next((amount for amount in found if amount is not None), None)


def _toggled(name: str, default: Any, by_style: Sequence[Sequence[Any]], direct: Any) -> bool:
    own = switched_on(direct.find(W + name)) if direct is not None else None
    if own is not None:
        return own
    said = [switched_on(_last(layers, name)) for layers in by_style]
    if any(each is not None for each in said):
        return sum(map(bool, said)) % 2 == 1
    return bool(default is not None and switched_on(default.find(W + name)))


def _setting(style: str, layers: Sequence[Any]) -> ParagraphFormat:
    line, rule = _last_number(layers, "spacing", "line"), _line_rule(layers)
    outline, multiple = _last_number(layers, "outlineLvl"), rule == "auto"
    return ParagraphFormat(
        style=style,
        align=_ALIGNS.get(value(_last(layers, "jc")) or "", "left"),
        left=_indent(layers, "left", "start"),
        right=_indent(layers, "right", "end"),
        first_line=_first_line(layers) * MM_PER_TWIP,
        before=(_last_number(layers, "spacing", "before") or 0) / 20,
        after=(_last_number(layers, "spacing", "after") or 0) / 20,
        spacing=(line or _SINGLE) / _SINGLE if multiple else None,
        exact=None if multiple else (line or 0) / 20,
        keep_next=bool(switched_on(_last(layers, "keepNext"))),
        outline=int(outline) + 1 if outline is not None and outline < 9 else None,  # noqa: PLR2004 - 9 is "body text"
    )


def _indent(layers: Sequence[Any], *names: str) -> float:
    found = (_last_number(layers, "ind", name) for name in names)
    return next((amount * MM_PER_TWIP for amount in found if amount is not None), 0)


def _first_line(layers: Sequence[Any]) -> float:
    """In twips; a hanging indent is a negative one, and goes before the other where both are given."""
    for layer in reversed(layers):
        indent = layer.find(f"{W}ind")
        if (hanging := number(indent, "hanging")) is not None:
            return -hanging
        if (first := number(indent, "firstLine")) is not None:
            return first
    return 0


def _line_rule(layers: Sequence[Any]) -> str:
    found = (value(layer.find(f"{W}spacing"), "lineRule") for layer in reversed(layers))
    return next((rule for rule in found if rule), "auto")
