import sys

from hypothesis import given
from hypothesis import strategies as st

from congvan.recipients.table.row_values import row_values


@given(st.lists(st.dictionaries(st.text(max_size=8), st.text(max_size=3)), max_size=5))
def test_a_row_keeps_its_values_in_their_order_whatever_other_rows_have(rows):
    kept = [row_values(values) for values in rows]

    assert [list(values.items()) for values in kept] == [list(values.items()) for values in rows]


def test_columns_may_have_any_name():
    values = {"__class__": "9A", "__dict__": "có", "ma tram": "T1"}

    assert row_values(values) == values


def test_what_is_changed_afterwards_does_not_change_the_row():
    values = {"xa": "xã Hà Bắc"}
    kept = row_values(values)
    values["xa"] = "xã khác"

    assert kept["xa"] == "xã Hà Bắc"


def test_rows_of_the_same_columns_take_less_room_than_dicts():
    values = {f"cot_{number}": "giá trị" for number in range(12)}
    rows = [row_values(values) for _ in range(100)]

    assert sys.getsizeof(rows[-1].copy()) < 0.7 * sys.getsizeof(values)
