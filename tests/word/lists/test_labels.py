"""The labels Word gives to the paragraphs of lists; LibreOffice prints the same where it knows the feature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from congvan.support.ooxml import NAMESPACES, W
from congvan.word.lists.labels import ListLabels
from congvan.word.lists.number_forms import in_form, padded_width
from congvan.word.lists.numbering import Numbering

SPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def level(number, text=None, form="decimal", *, start=1, more=""):
    label = text if text is not None else f"%{number + 1}."
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{label}"/></w:lvl>'
    )


def definition(number, *levels, more=""):
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def word_list(number, of, overrides=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def restart(at, number):
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{number}"/></w:lvlOverride>'


def style(name, properties, based_on=None):
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}">{parent}<w:pPr>{properties}</w:pPr></w:style>'


def listed(number=None, at=None):
    parts = f'<w:ilvl w:val="{at}"/>' if at is not None else ""
    return f"<w:numPr>{parts}" + (f'<w:numId w:val="{number}"/>' if number is not None else "") + "</w:numPr>"


def item(number=None, at=0, named=None, more=""):
    own = f'<w:pStyle w:val="{named}"/>' if named else ""
    own += listed(number, at) if number is not None else ""
    return f"<w:p><w:pPr>{own}{more}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>"


def labels(items, numbering, styles=""):
    """The labels of paragraphs, None for those in no list."""
    root = etree.fromstring(f"<w:styles {SPACES}>{styles}</w:styles>")
    known = {each.get(f"{W}styleId"): each for each in root}
    counted = ListLabels(Numbering(etree.fromstring(f"<w:numbering {SPACES}>{numbering}</w:numbering>"), known))
    body = etree.fromstring(f"<w:body {SPACES}>{items}</w:body>")
    found = [counted.next_label(paragraph) for paragraph in body.iter(f"{W}p")]
    return [None if label is None else label.text for label in found]


MULTI = definition(0, level(0), level(1, "%1.%2."), level(2, "%1.%2.%3."))
ONE = definition(0, level(0), level(1, "%2)", "lowerLetter"))
FAMILY = {
    "restarted": (item(1) * 2 + item(2) * 2, ONE + word_list(1, 0) + word_list(2, 0, restart(0, 1)), "1. 2. 1. 2."),
    "restarted at 4, others go on": (
        item(1) + item(2) * 2 + item(1),
        ONE + word_list(1, 0) + word_list(2, 0, restart(0, 4)),
        "1. 4. 5. 6.",
    ),
    "restarted on a deeper level": (
        item(1) + item(1, 1) * 2 + item(2, 1) * 2 + item(1) + item(1, 1),
        MULTI + word_list(1, 0) + word_list(2, 0, restart(1, 1)),
        "1. 1.1. 1.2. 1.1. 1.2. 2. 2.1.",
    ),
    "restarted on all levels": (
        item(1) + item(1, 1) + item(2) + item(2, 1) * 2 + item(2) + item(2, 1),
        MULTI + word_list(1, 0) + word_list(2, 0, restart(0, 1) + restart(1, 1)),
        "1. 1.1. 1. 1.1. 1.2. 2. 2.1.",
    ),
    "two lists of one definition go on": (
        item(1) * 2 + item(2),
        ONE + word_list(1, 0) + word_list(2, 0),
        "1. 2. 3.",
    ),
    "two definitions in turn": (
        item(1) + item(2) + item(1) + item(2),
        ONE + definition(1, level(0, form="lowerLetter")) + word_list(1, 0) + word_list(2, 1),
        "1. a. 2. b.",
    ),
    "another form for one list": (
        item(1) + item(2) * 2,
        ONE
        + word_list(1, 0)
        + word_list(2, 0, f'<w:lvlOverride w:ilvl="0">{level(0, form="upperRoman")}</w:lvlOverride>'),
        "1. II. III.",
    ),
    "a level passed over counts": (item(1, 1) + item(1) + item(1, 1), MULTI + word_list(1, 0), "1.1. 2. 2.1."),
    "a level in between": (
        item(1) + item(1, 2) + item(1, 1) + item(1, 2),
        MULTI + word_list(1, 0),
        "1. 1.1.1. 1.2. 1.2.1.",
    ),
    "never begins again": (
        item(1) + item(1, 1) + item(1) + item(1, 1),
        definition(0, level(0), level(1, "%2)", more='<w:lvlRestart w:val="0"/>')) + word_list(1, 0),
        "1. 1) 2. 2)",
    ),
    "begins again after level 1 alone": (
        item(1) + item(1, 1) + item(1, 2) + item(1, 1) + item(1, 2) + item(1) + item(1, 2),
        definition(0, level(0), level(1), level(2, "%3)", more='<w:lvlRestart w:val="1"/>')) + word_list(1, 0),
        "1. 1. 1) 2. 2) 2. 1)",
    ),
    "legal form": (
        item(1) + item(1, 1),
        definition(0, level(0, form="upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")) + word_list(1, 0),
        "I. 1.1",
    ),
    "begins at 5 and c": (
        item(1) * 2 + item(1, 1) * 2,
        definition(0, level(0, start=5), level(1, "%2)", "lowerLetter", start=3)) + word_list(1, 0),
        "5. 6. c) d)",
    ),
    "begins at 0": (item(1) * 2, definition(0, level(0, start=0)) + word_list(1, 0), "0. 1."),
    "two digits": (item(1) * 2, definition(0, level(0, form="decimalZero")) + word_list(1, 0), "01. 02."),
    "no number, words": (item(1) * 2, definition(0, level(0, "Điều", "none")) + word_list(1, 0), "Điều Điều"),
    "the user's own form": (
        item(1) * 2,
        definition(
            0,
            '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14">'
            '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
            '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>',
        )
        + word_list(1, 0),
        "001. 002.",
    ),
    "a bullet of a symbol font": (
        item(1),
        definition(
            0,
            '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0a7"/>'
            '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>',
        )
        + word_list(1, 0),
        "▪",
    ),
    "out of the list": (item(1) + item(0) + item(1), ONE + word_list(1, 0), "1. - 2."),
    "no such list": (item(1) + item(7), ONE + word_list(1, 0), "1. -"),
    "a deleted paragraph": (
        item(1)
        + f"<w:p><w:pPr>{listed(1, 0)}<w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:del><w:r><w:t>x</w:t></w:r></w:del></w:p>"
        + item(1),
        ONE + word_list(1, 0),
        "1. - 2.",
    ),
}


@pytest.mark.parametrize(("items", "numbering", "expected"), FAMILY.values(), ids=FAMILY)
def test_paragraphs_get_the_numbers_word_gives(items, numbering, expected):
    assert " ".join(label or "-" for label in labels(items, numbering)) == expected


STYLED = {
    "a list by style, restarted by hand": (
        item(named="L1") * 2 + item(2, named="L1") + item(named="L1"),
        definition(0, level(0, more='<w:pStyle w:val="L1"/>')) + word_list(1, 0) + word_list(2, 0, restart(0, 1)),
        style("L1", listed(1)),
        "1. 2. 1. 2.",
    ),
    "a level by a style based on another": (
        item(named="L1") + item(named="L2") + item(named="L1"),
        ONE + word_list(1, 0),
        style("L1", listed(1)) + style("L2", listed(at=1), "L1"),
        "1. a) 2.",
    ),
    "a level that keeps a style": (
        item(named="L1") + item(named="L2") * 2,
        definition(0, level(0), level(1, "%2)", "lowerLetter", more='<w:pStyle w:val="L2"/>')) + word_list(1, 0),
        style("L1", listed(1)) + style("L2", listed(1)),
        "1. a) b)",
    ),
    "a style out of the list of its parent": (
        item(named="L1") + item(named="L2") + item(named="L1"),
        ONE + word_list(1, 0),
        style("L1", listed(1)) + style("L2", listed(0), "L1"),
        "1. - 2.",
    ),
    "a list style": (
        item(1) + item(1, 1) + item(1),
        definition(0, more='<w:numStyleLink w:val="LS"/>')
        + definition(1, level(0), level(1, "%2)", "lowerLetter"), more='<w:styleLink w:val="LS"/>')
        + word_list(1, 0)
        + word_list(2, 1),
        style("LS", listed(2)),
        "1. a) 2.",
    ),
    "two lists of one list style go on": (
        item(1) + item(2) + item(1),
        definition(0, more='<w:numStyleLink w:val="LS"/>')
        + definition(1, level(0), more='<w:styleLink w:val="LS"/>')
        + word_list(1, 0)
        + word_list(2, 1),
        style("LS", listed(2)),
        "1. 2. 3.",
    ),
    "a list style that leads to itself": (
        item(1),
        definition(0, more='<w:numStyleLink w:val="LS"/>') + word_list(1, 0),
        style("LS", listed(1)),
        "-",
    ),
    "the default style": (
        item() * 2,
        ONE + word_list(1, 0),
        style("N", listed(1)).replace("<w:style ", '<w:style w:default="1" '),
        "1. 2.",
    ),
}


@pytest.mark.parametrize(("items", "numbering", "styles", "expected"), STYLED.values(), ids=STYLED)
def test_styles_give_lists_and_levels(items, numbering, styles, expected):
    assert " ".join(label or "-" for label in labels(items, numbering, styles)) == expected


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (26, "lowerLetter", "z"),
        (27, "upperLetter", "AA"),
        (53, "lowerLetter", "aaa"),
        (3, "numberInDash", "- 3 -"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (255, "hex", "FF"),
        (5, "chicago", "**"),
        (0, "lowerLetter", ""),
        (7, "thaiCounting", "7"),
    ],
)
def test_numbers_in_their_forms(count, form, text):
    assert in_form(count, form) == text


@given(st.integers(-5, 2**31), st.sampled_from(["lowerRoman", "upperLetter", "chicago", "decimalZero", "hex"]))
def test_no_number_is_longer_than_a_line(count, form):
    assert len(in_form(count, form)) <= 40


@pytest.mark.parametrize(("example", "width"), [("01, 02, 03, ...", 2), ("0001", 4), ("1, 2, 3", 1), ("A, B", None)])
def test_how_many_digits_a_form_has(example, width):
    assert padded_width(example) == width


@given(st.lists(st.tuples(st.sampled_from("12"), st.integers(0, 2)), max_size=30))
def test_the_first_number_of_a_label_never_falls_without_a_restart(places):
    found = labels("".join(item(*place) for place in places), MULTI + word_list(1, 0) + word_list(2, 0))
    firsts = [int(label.split(".")[0]) for label in found]

    assert firsts == sorted(firsts)
