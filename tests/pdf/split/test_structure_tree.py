import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.pdf.paragraphs import CellPosition
from congvan.pdf.split.structure_tree import structure_objects

FIRST, PAGE_ONE, PAGE_TWO = 50, 7, 9
REFERENCE = re.compile(rb"(\d+) 0 R")


class Tree:
    """The objects of a structure tree, read as a reader of PDF does."""

    def __init__(self, blocks, *pages):
        self.pages = list(zip((PAGE_ONE, PAGE_TWO, 11, 13), pages, strict=False))
        self.objects = structure_objects(FIRST, blocks, self.pages)

    def kind(self, number):
        return re.search(rb"/S/(\w+)", self.objects[number])[1].decode()

    def parent(self, number):
        return int(re.search(rb"/P (\d+) 0 R", self.objects[number])[1])

    def kids(self, number):
        """The elements below an element."""
        listed = re.search(rb"/K(?:\[([^\]]*)\]| (\d+ 0 R))", self.objects[number])
        found = listed[1] if listed[1] is not None else listed[2]
        return [] if b"/Pg" in self.objects[number] else [int(kid) for kid in REFERENCE.findall(found)]

    def marks(self, number):
        """Page object and number of every mark of an element."""
        home = re.search(rb"/Pg (\d+) 0 R/K\[(.*)\]>>$", self.objects[number])
        if home is None:
            return []
        found = re.finditer(rb"<</Type/MCR/Pg (\d+) 0 R/MCID (\d+)>>|(\d+)", home[2])
        return [(int(mark[1] or home[1]), int(mark[2] or mark[3])) for mark in found]

    def rows_of_parents(self):
        """The elements of each page's marks, as the page's /StructParents finds them."""
        rows = re.search(rb"/ParentTree<</Nums\[(.*)\]>>/ParentTreeNextKey", self.objects[FIRST])[1]
        return {
            int(row[1]): [int(n) for n in REFERENCE.findall(row[2])] for row in re.finditer(rb"(\d+)\[([^\]]*)\]", rows)
        }

    def shape(self, number=FIRST + 1):
        """An element as its kind and what is below it."""
        return (self.kind(number), [self.shape(kid) for kid in self.kids(number)])


def text(kind="P"):
    return (kind, None)


def cell(row, column, *, table=0, head=False):
    return ("P", CellPosition(table, row, column, head))


def row_of(name, count):
    return ("TR", [(name, [("P", [])])] * count)


def test_paragraphs_and_headings_stand_below_the_document():
    assert Tree([text("H1"), text(), text("H2")], [0, 1, 2]).shape() == (
        "Document",
        [("H1", []), ("P", []), ("H2", [])],
    )


def test_a_table_has_rows_of_heads_and_cells():
    blocks = [text(), cell(0, 0, head=True), cell(0, 1, head=True), cell(1, 0), cell(1, 1), text()]

    assert Tree(blocks, range(6)).shape() == (
        *("Document", [("P", []), ("Table", [row_of("TH", 2), row_of("TD", 2)]), ("P", [])]),
    )


def test_a_head_stands_above_a_column():
    tree = Tree([cell(0, 0, head=True), cell(1, 0)], [0, 1])
    scopes = {tree.kind(number) for number, body in tree.objects.items() if b"/Scope/Column" in body}

    assert scopes == {"TH"}


def test_two_paragraphs_of_a_cell_stand_in_one():
    assert Tree([cell(0, 0), cell(0, 0)], [0, 1]).shape() == (
        *("Document", [("Table", [("TR", [("TD", [("P", []), ("P", [])])])])]),
    )


def test_an_empty_cell_keeps_its_place_in_the_row():
    blocks = [cell(0, 0), cell(0, 1), cell(0, 2)]

    assert Tree(blocks, [0, 2]).shape() == (
        *("Document", [("Table", [("TR", [("TD", [("P", [])]), ("TD", []), ("TD", [("P", [])])])])]),
    )


def test_a_paragraph_that_is_not_drawn_has_no_element():
    assert Tree([text(), text("H1"), text()], [0, 2]).shape() == ("Document", [("P", []), ("P", [])])


def test_a_paragraph_over_two_pages_is_one_with_marks_on_both():
    tree = Tree([text(), text()], [0, 1], [1])
    (_, last) = tree.kids(FIRST + 1)

    assert tree.marks(last) == [(PAGE_ONE, 1), (PAGE_TWO, 0)]


def test_a_table_over_two_pages_is_one():
    blocks = [cell(0, 0, head=True), cell(1, 0), cell(2, 0)]

    assert Tree(blocks, [0, 1], [2]).shape() == ("Document", [("Table", [row_of("TH", 1), *[row_of("TD", 1)] * 2])])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["H1", "H2", "H2", "H3"], ["H1", "H2", "H2", "H3"]),
        (["H5", "H5", "P", "H5"], ["H1", "H1", "P", "H1"]),
        (["H2", "H5", "H2", "H6", "H5"], ["H1", "H2", "H1", "H2", "H2"]),
        (["H5", "H2"], ["H1", "H1"]),
    ],
)
def test_headings_begin_at_the_first_level_and_leave_none_out(written, read):
    _, below = Tree([text(kind) for kind in written], range(len(written))).shape()

    assert [kind for kind, _ in below] == read


BLOCKS = st.lists(
    st.one_of(
        st.sampled_from(["P", "H1", "H2", "H5"]).map(text),
        st.builds(cell, st.integers(0, 2), st.integers(0, 2), table=st.integers(0, 1), head=st.booleans()),
    ),
    min_size=1,
    max_size=12,
)


@given(BLOCKS, st.data())
def test_every_mark_is_reached_from_the_root_and_knows_the_way_back(blocks, data):
    places = st.lists(st.integers(0, len(blocks) - 1), max_size=6)
    tree = Tree(blocks, *data.draw(st.lists(places, min_size=1, max_size=4)))
    reached = [FIRST + 1]
    for number in reached:
        below = tree.kids(number)
        assert all(tree.parent(kid) == number for kid in below)
        reached += below

    assert sorted(reached) == sorted(set(tree.objects) - {FIRST})
    assert tree.parent(FIRST + 1) == FIRST
    rows = tree.rows_of_parents()
    wanted = {(page, number) for page, marks in tree.pages for number in range(len(marks))}
    assert {mark for number in reached for mark in tree.marks(number)} == wanted
    assert sum(len(tree.marks(number)) for number in reached) == len(wanted)
    for place, (page, marks) in enumerate(tree.pages):
        assert [(page, number) in tree.marks(leaf) for number, leaf in enumerate(rows[place])] == [True] * len(marks)


@given(BLOCKS, st.integers(100, 200))
def test_a_tree_is_the_same_wherever_it_stands_in_the_file(blocks, other):
    pages = [(PAGE_ONE, range(len(blocks)))]
    copied = structure_objects(other, blocks, pages)

    def lowered(body):
        return REFERENCE.sub(
            lambda found: found[0] if int(found[1]) < FIRST else b"%d 0 R" % (int(found[1]) - other + FIRST), body
        )

    assert {number - other + FIRST: lowered(body) for number, body in copied.items()} == structure_objects(
        FIRST, blocks, pages
    )
