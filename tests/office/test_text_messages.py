"""Text messages: without marks, counted as networks count, one a telephone."""

import csv
import io

import pytest

from congvan.errors import TemplateError
from congvan.office.text_messages import TextMessage, gateway_file, phones_in, text_messages


def test_each_telephone_gets_a_message_without_marks(consignment):
    messages = list(text_messages(consignment))

    assert [one.phone for one in messages] == ["0912345678", "0912345679", "02373852852"]
    assert messages[0].text == (
        "Dien luc Hau Loc: Cong van so 18/DLHL ngay 21/6/2021 gui Ong Dinh Cong Ngan, Thon Y Ngo. Moi nhan tai UBND xa Dai Loc."
    )


@pytest.mark.parametrize(
    ("text", "characters", "parts"),
    [
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("[" * 81, 162, 2),
        ("ấ" * 70, 70, 1),
        ("ấ" * 71, 71, 2),
    ],
)
def test_the_length_is_counted_as_networks_do(text, characters, parts):
    message = TextMessage("0912345678", text, None, None)
    assert (message.characters, message.parts) == (characters, parts)


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("0912 345 678", ("0912345678",)),
        ("0912.345.678; 02373.852.852", ("0912345678", "02373852852")),
        ("+84 912 345 678", ("0912345678",)),
        ("không có", ()),
        ("12", ()),
    ],
)
def test_the_telephones_of_a_cell(cell, phones):
    assert phones_in(cell) == phones


def test_a_text_of_the_office_may_use_any_column(consignment):
    first = next(text_messages(consignment, "{{ ong_ba }} {{ ho_ten }}, {{ trich_yeu }}"))
    assert first.text == "Ong Dinh Cong Ngan, thong bao ke hoach"


def test_a_field_there_is_none_of_is_named(consignment):
    with pytest.raises(TemplateError):
        list(text_messages(consignment, "{{ luong }}"))


def test_the_file_for_the_gateway_runs_no_formula(consignment):
    messages = list(text_messages(consignment, '=HYPERLINK("x")'))
    rows = list(csv.reader(io.StringIO(gateway_file(messages).decode("utf-8-sig"))))
    assert rows[1] == ["0912345678", '\'=HYPERLINK("x")']
