from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.register import Entry, Series, State
from congvan.register.numbering import Snapshot, assign

BODIES = st.sampled_from(["pcth", "dl-1", "dl-2"])
EMPTY = Snapshot()


def entry(request, so, **more):
    """The line the register holds for ``request`` once it has number ``so``."""
    values = {name: getattr(request, name) for name in Entry.__dataclass_fields__ if hasattr(request, name)}
    line = Entry(**values, so=so, trang_thai=State.RESERVED, reserved_at=datetime(2021, 4, 1, tzinfo=UTC))
    return replace(line, **more)


def book(*entries):
    dates = {}
    for line in entries:
        dates.setdefault(line.series, {})[line.so] = line.ngay
    return Snapshot({line.khoa: line for line in entries}, dates)


def test_an_empty_series_starts_at_one(letter):
    assert assign([letter("a"), letter("b")], EMPTY).numbers == {"a": 1, "b": 2}


def test_an_office_that_has_issued_letters_already_starts_where_it_stands(letter):
    numbering = assign([letter("a", bat_dau=465), letter("b", bat_dau=465)], EMPTY)
    assert numbering.numbers == {"a": 465, "b": 466}
    assert numbering.opened == {Series("pcth", 2021): 465}


def test_the_first_number_counts_only_while_the_series_is_empty(letter):
    numbering = assign([letter("b", bat_dau=465)], book(entry(letter("a"), 7)))
    assert numbering.numbers == {"b": 8}
    assert numbering.opened == {}


def test_numbers_run_on_from_the_highest_even_when_lower_ones_are_missing(letter):
    assert assign([letter("c")], book(entry(letter("a"), 3), entry(letter("b"), 12))).numbers == {"c": 13}


def test_each_body_year_and_kind_has_numbers_of_its_own(letter):
    run = [letter("a"), letter("b", don_vi="dl-1"), letter("c", nam=2022), letter("d", chuoi="mat"), letter("e")]
    assert assign(run, EMPTY).numbers == {"a": 1, "b": 1, "c": 1, "d": 1, "e": 2}


def test_a_known_letter_keeps_its_number_wherever_it_stands_in_the_run(letter):
    known = entry(letter("b"), 1)
    assert assign([letter("a"), letter("b"), letter("c")], book(known)).numbers == {"a": 2, "b": 1, "c": 3}


def test_letters_the_register_holds_as_they_are_need_no_writing(letter):
    assert assign([letter("a")], book(entry(letter("a"), 1))).is_recorded


def test_what_the_book_says_beside_a_number_follows_the_letter(letter):
    before = book(entry(letter("a"), 1), entry(letter("b"), 2))
    after = letter("b", trich_yeu="khác", ngay=date(2021, 4, 6))
    numbering = assign([letter("a"), after], before)
    assert numbering.changed == (after,)
    assert numbering.new == ()


@given(st.lists(st.tuples(st.integers(0, 20), BODIES), unique_by=lambda wanted: wanted[0]), st.integers(0, 20))
@settings(deadline=None)
def test_a_run_done_in_two_halves_gives_the_numbers_of_the_whole(letter, wanted, cut):
    run = [letter(f"thu/{number}", don_vi=body) for number, body in wanted]
    whole = assign(run, EMPTY).numbers
    first = assign(run[:cut], EMPTY).numbers
    between = book(*(entry(request, first[request.khoa]) for request in run[:cut]))
    assert assign(run, between).numbers == whole


@given(st.lists(BODIES), st.integers(1, 1000))
@settings(deadline=None)
def test_numbers_of_a_body_are_consecutive_in_the_order_given(letter, bodies, start):
    run = [letter(f"thu/{place}", don_vi=body, bat_dau=start) for place, body in enumerate(bodies)]
    numbers = assign(run, EMPTY).numbers
    for body in set(bodies):
        own = [numbers[request.khoa] for request in run if request.don_vi == body]
        assert own == list(range(start, start + len(own)))


def test_a_plain_first_number_counts_for_the_first_year_of_the_body_alone(letter):
    first = letter("a", bat_dau=12, bat_dau_nam_dau=True)
    later = letter("b", bat_dau=12, bat_dau_nam_dau=True, nam=2022)

    assert assign([first], EMPTY).numbers == {"a": 12}
    assert assign([later], Snapshot(first_years={"pcth": 2021})).numbers == {"b": 1}
    assert assign([first, later], EMPTY).opened == {Series("pcth", 2021): 12, Series("pcth", 2022): 1}


def test_a_first_number_of_a_year_counts_in_that_year_whatever_came_before(letter):
    assert assign([letter("b", bat_dau=12)], Snapshot(first_years={"pcth": 2020})).numbers == {"b": 12}
