"""The places of letters in a folder: those that have one keep it, new ones take free places between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.run.output.kept_paths import KeptCounts, KeptPath


def kept(count):
    return KeptPath.of(f"3-thon/38-hau-loc/{count}_12-DLHL", {"3-thon"})


def places(letters):
    """The places of letters in their order; None is a new one."""
    counts = KeptCounts()
    for one in filter(None, letters):
        counts.add(kept(one))
    found = []
    for one in letters:
        if one:
            counts.pass_by(kept(one))
        found.append(one or counts.take_next(3))
    return found


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ([None, None], ["001", "002"]),
        (["001", "002", None], ["001", "002", "003"]),
        (["001", None, "002"], ["001", "001a", "002"]),
        (["001", None, None, "002"], ["001", "001a", "001b", "002"]),
        (["001", "001a", None, "001b", "002"], ["001", "001a", "001aa", "001b", "002"]),
        (["001", None, "001a", "002"], ["001", "001b", "001a", "002"]),
        ([None, "001"], ["000a", "001"]),
        (["001", None, "003"], ["001", "002", "003"]),
        (["002", "001", None], ["002", "001", "003"]),
    ],
)
def test_a_letter_that_a_list_gained_takes_a_free_place(letters, found):
    assert places(letters) == found


def gain(letters, gained):
    """The letters with new ones before those where ``gained`` says so."""
    return [
        one
        for letter, is_new in zip(letters, [*gained, *[False] * len(letters)], strict=False)
        for one in ((None, letter) if is_new else (letter,))
    ]


@given(st.integers(0, 60), st.lists(st.booleans(), max_size=60), st.lists(st.booleans(), max_size=90))
def test_a_list_that_gains_letters_twice_gives_each_a_place_of_its_own(count, first, second):
    at_first = places([None] * count)
    once = places(gain(at_first, first))
    twice = places(gain(once, second))

    assert [f"{one}_" for one in once] == sorted(f"{one}_" for one in once)
    assert [one for one in once if one in at_first] == at_first
    assert [one for one in twice if one in once] == once
    assert len({*twice}) == len(twice)


def test_a_path_of_another_folder_is_no_place():
    folders = {"1-tinh", "1-tinh/ban-sao"}
    assert KeptPath.of("thay-the/1-tinh/001_12-DLHL", folders) is None
    assert KeptPath.of("1-tinh/ghi-chu", folders) is None
    assert KeptPath.of("1-tinh/ban-sao/001_12-DLHL", folders).of_folder == "1-tinh/ban-sao"
    assert KeptPath.of("1-tinh/400-hau-loc/015b_12-DLHL", folders).place == (15, "b")
