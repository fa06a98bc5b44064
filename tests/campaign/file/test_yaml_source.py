"""YAML as plain values with lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.campaign.file.yaml_source import parse_source, read_source
from congvan.errors import UnreadableFileError


def codes(text):
    return [(one.code, one.place.line) for one in parse_source(text, "dot.yaml")[1]]


def value(text):
    source, found = parse_source(f"x: {text}", "dot.yaml")
    assert not found
    return source.values["x"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("chữ thường", "chữ thường"),
        ("465", 465),
        ("-3", -3),
        ("0912345678", "0912345678"),
        ("0912 345 678", "0912 345 678"),
        ("1.500", "1.500"),
        ("1_500", "1_500"),
        ("0x1F", "0x1F"),
        ("12:30", "12:30"),
        ("2021-04-05", "2021-04-05"),
        ("9" * 5000, "9" * 5000),
        ("yes", "yes"),
        ("true", True),
        ("null", None),
        ("", None),
        ('"465"', "465"),
        ("'null'", "null"),
    ],
)
def test_a_value_reads_as_it_is_typed(typed, read):
    assert value(typed) == read
    assert type(value(typed)) is type(read)


def test_every_key_knows_its_line():
    source, _ = parse_source("ma: a\ncap:\n  - cap: tinh\n    ky: {chuc_vu: A,\n      ho_ten: B}\n", "dot.yaml")

    assert source.place("cap", 0, "ky", "ho_ten").text("en") == "dot.yaml, line 5, key cap[1].ky.ho_ten"
    assert source.place("cap", 0).line == 3
    assert source.place("cap", 0, "loai").line == 3


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("ma: [1,", "campaign-yaml", 1),
        ("ma: a\nten: b: c", "campaign-yaml", 2),
        ("\tma: a", "campaign-yaml", 1),
        ("ma: a\x07", "campaign-yaml", None),
        ("ma: a\nten: 'b", "campaign-yaml", 2),
        ("ma: a\nten: b\nma: c", "campaign-yaml-key-twice", 3),
        ("ma: &x a\nten: b", "campaign-yaml-anchor", 1),
        ("ma: a\nten: *x", "campaign-yaml-anchor", 2),
        ("ma: !!python/object/apply:os.system [ls]", "campaign-yaml-tag", 1),
        ("ma: !date 2021", "campaign-yaml-tag", 1),
        ("{{ ma }}: a", "campaign-yaml-key", 1),
        ("trich_yeu: {{ huyen }}", "campaign-yaml-key", 1),
        ("ma: a\n---\nma: b", "campaign-yaml-documents", 2),
        ("ma: " + "[" * 30 + "]" * 30, "campaign-yaml-deep", 1),
        ("ma: " + "{a: " * 40_000, "campaign-yaml-deep", 1),
    ],
)
def test_yaml_that_can_hurt_or_mislead_is_a_finding(text, code, line):
    assert codes(text) == [(code, line)]


def test_references_never_multiply_a_text():
    bomb = "a: &a [x, x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(20))

    source, found = parse_source(bomb, "dot.yaml")

    assert {one.code for one in found} == {"campaign-yaml-anchor"}
    assert source.values["b19"] == [None, None, None]


def test_a_file_that_is_missing_or_no_text_cannot_be_read(tmp_path):
    (tmp_path / "anh.yaml").write_bytes(b"ma: \xff\xfe")

    with pytest.raises(UnreadableFileError, match="anh"):
        read_source(tmp_path / "anh.yaml")
    with pytest.raises(UnreadableFileError, match="khong-co"):
        read_source(tmp_path / "khong-co.yaml")
    with pytest.raises(UnreadableFileError):
        read_source(tmp_path)


def test_the_mark_a_windows_editor_puts_before_a_text_does_not_count(tmp_path):
    (tmp_path / "dot.yaml").write_text("\ufeffma: a\r\nten: b\r\n", encoding="utf-8")

    assert read_source(tmp_path / "dot.yaml")[0].values == {"ma": "a", "ten": "b"}


@settings(deadline=None)
@given(st.text(alphabet="ab:- \n[]{}&*!'\"#|>?%@,\t0.", max_size=40))
def test_any_text_gives_values_or_findings(text):
    source, found = parse_source(text, "dot.yaml")

    assert found or source.values is None or isinstance(source.values, str | int | bool | list | dict)


printable = st.text(st.characters(min_codepoint=32, max_codepoint=0x1EF9, exclude_characters="\x7f"), min_size=1)


@settings(deadline=None)
@given(printable)
def test_a_quoted_text_is_read_back_whole(text):
    kept = "".join(sign for sign in text if sign.isprintable())

    assert value("'" + kept.replace("'", "''") + "'") == kept


@pytest.mark.parametrize(
    ("before", "indent"), [("", ""), ("a:\n", "  "), ("a:\n  - ma: x\n", "    "), ("a: {b: 1}\nc:\n", " ")]
)
def test_a_mapping_of_thousands_of_keys_is_not_read_to_its_end(before, indent):
    keys = "".join(f"{indent}k{number}: 1\n" for number in range(5000))
    source, found = parse_source(before + keys, "dot.yaml")

    assert source.values is None
    assert [one.code for one in found] == ["campaign-yaml-keys"]


def test_a_mapping_as_long_as_people_write_is_read():
    source, found = parse_source("".join(f"k{number}: {number}\n" for number in range(500)), "dot.yaml")

    assert not found
    assert len(source.values) == 500
