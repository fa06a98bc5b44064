"""Whatever conditions and loops leave, Word can open it: a paragraph in every place, a row in every table."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.word.open_xml import box, control, docx, note_mark, p, r, tbl, tc, tr

from congvan.word import WordTemplate
from congvan.word.template.whole_blocks import may_lack_blocks, with_whole_blocks

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENDING_IN_A_PARAGRAPH = ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent")
VALUES = {"co": True, "khong": False, "ds": ["một", "hai"], "rong": [], "ten": "An"}


def faults_of(made):
    """What Word would refuse in the stories of a .docx."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                root = etree.fromstring(archive.read(name))
                yield from (f"{name}: {fault}" for fault in faults_in(root))


def faults_in(root):
    for kind in ENDING_IN_A_PARAGRAPH:
        for element in [root] if root.tag == f"{W}{kind}" else root.iter(f"{W}{kind}"):
            last = [child for child in element if child.tag not in {f"{W}tcPr", f"{W}bookmarkEnd"}][-1:]
            if not last or last[0].tag not in {f"{W}p", f"{W}sdt"}:
                yield f"{kind} without a paragraph at its end"
    for table in root.iter(f"{W}tbl"):
        if table.find(f"{W}tr") is None and table.find(f"{W}sdt") is None:
            yield "table without a row"
    for row in root.iter(f"{W}tr"):
        if row.find(f"{W}tc") is None and row.find(f"{W}sdt") is None:
            yield "row without a cell"
    for content in root.iter(f"{W}sdtContent"):
        if len(content) == 0 and content.getparent().getparent().tag != f"{W}p":
            yield "content control without content"


CONDITION = p("{%p if khong %}") + p("có") + p("{%p endif %}")
LOOP = p("{%p for i in rong %}") + p("{{ i }}") + p("{%p endfor %}")
ROWS = (tr("{%tr for i in rong %}", ""), tr("{{ i }}", "x"), tr("{%tr endfor %}", ""))
EMPTIED = {
    "a condition alone in a cell": docx(tbl(2, tr("Ghi chú", tc(CONDITION)))),
    "a loop alone in a cell": docx(tbl(2, tr("DS", tc(LOOP)))),
    "a cell that ends in a table": docx(tbl(1, tr(tc(tbl(1, tr("trong")), CONDITION)))),
    "a nested table of one loop": docx(tbl(1, tr(tc(tbl(2, *ROWS), CONDITION)))),
    "a table of one loop": docx("trước", tbl(2, *ROWS), "sau"),
    "a row of one loop": docx(
        tbl(1, "<w:tr>" + tc("{%tc for i in rong %}") + tc("{{ i }}") + tc("{%tc endfor %}") + "</w:tr>")
    ),
    "a header": docx("x", header=CONDITION),
    "a footer": docx("x", footer=LOOP),
    "a header with a table alone": docx("x", header=tbl(2, *ROWS) + CONDITION),
    "a footnote": docx(p("x", note_mark()), footnotes=CONDITION),
    "a text box": docx(p("x", box(CONDITION))),
    "a content control": docx("x", control(CONDITION)),
    "a content control in a cell": docx(tbl(1, tr(tc(control(LOOP), p(""))))),
    "branches, one of them empty": docx(tbl(1, tr(tc(p("{%p if co %}"), p("{%p else %}"), p("x"), p("{%p endif %}"))))),
    "a condition in a row that stays": docx(
        tbl(2, tr("{%tr for i in ds %}", ""), tr("{{ i }}", tc(CONDITION)), tr("{%tr endfor %}", ""))
    ),
}


@pytest.mark.parametrize("place", EMPTIED)
def test_a_place_that_loses_its_words_keeps_what_word_needs(place, audited):
    made = WordTemplate(EMPTIED[place]).render(VALUES)

    assert list(faults_of(made)) == []
    assert audited(made) == []


def test_what_stood_around_stays(word_text):
    made = WordTemplate(EMPTIED["a table of one loop"]).render(VALUES)

    assert word_text(made) == ["trước", "sau"]


# --- Templates with conditions and loops in every place ---

TAGS = st.sampled_from(["if co", "if khong", "for i in ds", "for i in rong"])


def wrapped(kind, tag, blocks, otherwise):
    """Blocks under a condition or loop; ``kind`` is what the tag takes: p, tr or tc."""
    place = {"p": p, "tr": tr, "tc": tc}[kind]
    name = tag.split()[0]
    other = [place(f"{{%{kind} else %}}"), *otherwise] if otherwise else []
    return [place(f"{{%{kind} {tag} %}}"), *blocks, *other, place(f"{{%{kind} end{name} %}}")]


PARAGRAPHS = st.sampled_from([[p("chữ")], [p("{{ ten }}")], [p("")], [p(r("{% if co %}a{% endif %}"))]])


def grown(blocks):
    """Blocks with a condition around them, tables, controls and boxes made of them."""
    pairs = st.tuples(blocks, blocks)
    cells = st.lists(blocks.map(lambda each: tc(*each)), min_size=1, max_size=2)
    loops = st.tuples(TAGS, cells).map(lambda each: wrapped("tc", each[0], each[1], []))
    rows = st.lists(st.one_of(cells, loops).map(lambda each: f"<w:tr>{''.join(each)}</w:tr>"), min_size=1, max_size=2)
    looped = st.tuples(TAGS, rows).map(lambda each: wrapped("tr", each[0], each[1], []))
    return st.one_of(
        st.tuples(TAGS, blocks).map(lambda each: wrapped("p", each[0], each[1], [])),
        st.tuples(TAGS, pairs).map(lambda each: wrapped("p", each[0], *each[1])),
        pairs.map(lambda each: [*each[0], *each[1]]),
        st.one_of(rows, looped).map(lambda each: [tbl(1, *each)]),
        blocks.map(lambda each: [control(*each)]),
    )


BLOCKS = st.recursive(PARAGRAPHS, grown, max_leaves=6)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=BLOCKS, cell=BLOCKS, head=BLOCKS, note=BLOCKS, inside=BLOCKS)
def test_any_template_makes_a_file_that_word_opens(body, cell, head, note, inside):
    source = docx(
        *body,
        tbl(1, tr(tc(*cell, CONDITION))),
        p("x", note_mark(), box(*inside, CONDITION)),
        header="".join((*head, CONDITION)),
        footnotes="".join((*note, CONDITION)),
    )
    made = WordTemplate(source).render(VALUES)

    assert list(faults_of(made)) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(blocks=BLOCKS)
def test_a_source_that_may_lack_nothing_is_left_as_it_is(blocks):
    compiled = WordTemplate(docx(tbl(1, tr(tc(*blocks, p())))))._template.compiled
    (part,) = compiled._parts.values()
    if not may_lack_blocks(part.source):
        filled = part.fill(VALUES)
        assert with_whole_blocks(filled) == filled


def test_values_with_braces_and_brackets_are_no_blocks(word_text):
    made = WordTemplate(EMPTIED["a condition alone in a cell"]).render({**VALUES, "ten": "<w:tbl>"})

    assert word_text(made) == ["Ghi chú"]


@pytest.mark.parametrize("place", ["header", "footer", "footnotes", "body"])
def test_a_constant_in_a_tag_is_escaped_once(place, part):
    words = p("{{ dien_thoai|default('Phòng KD & CSKH <1>') }}", note_mark() if place == "footnotes" else "")
    where = {place: p("{{ dien_thoai|default('Phòng KD & CSKH <1>') }}")} if place != "body" else {}
    name = {"header": "header1", "footer": "footer1", "footnotes": "footnotes", "body": "document"}[place]
    made = WordTemplate(docx(words, **where)).render({})

    assert "Phòng KD &amp; CSKH &lt;1&gt;" in part(made, f"word/{name}.xml")
