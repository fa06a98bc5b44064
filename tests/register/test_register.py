import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from textwrap import dedent

import pytest

from congvan.errors import RegisterError
from congvan.findings import codes, set_language
from congvan.register import Register, State


def findings(register, *run):
    return [found.code for found in register.check(run)]


def book(register):
    return [(line.so, line.khoa, line.trang_thai.value) for line in register.entries()]


# Giving numbers


def test_a_run_takes_its_numbers_in_order(register, letter):
    assert register.reserve([letter("tinh"), letter("huyen/1"), letter("huyen/2")]) == {
        "tinh": 1,
        "huyen/1": 2,
        "huyen/2": 3,
    }


def test_a_second_run_gives_the_same_numbers_and_changes_no_byte(register, where, letter):
    run = [letter("a"), letter("b"), letter("c")]
    first, before = register.reserve(run), where.read_bytes()
    assert register.reserve(reversed(run)) == first
    assert where.read_bytes() == before


def test_the_register_is_found_again_when_it_is_opened_again(where, letter):
    with Register.open(where) as today:
        today.reserve([letter("a")])
    with Register.open(str(where)) as tomorrow:
        assert tomorrow.reserve([letter("b"), letter("a")]) == {"b": 2, "a": 1}


def test_looking_ahead_shows_the_numbers_and_makes_no_file(register, where, letter):
    run = [letter("a", bat_dau=465), letter("b", don_vi="dl-1")]
    assert register.preview(run)[1] == {"a": 465, "b": 1}
    assert list(where.parent.iterdir()) == []


def test_looking_ahead_agrees_with_what_is_then_given_and_takes_nothing(register, letter):
    register.reserve([letter("a")])
    run = [letter("b"), letter("a"), letter("c")]
    assert register.preview(run)[1] == register.preview(run)[1] == register.reserve(run) == {"b": 2, "a": 1, "c": 3}


def test_one_look_tells_what_stands_against_a_run_and_its_numbers(register, letter):
    register.reserve([letter("a"), letter("b", ghi_chu="gấp")])
    run = [letter("a", ky_hieu="PCTH-VP"), letter("b"), letter("c")]
    report, numbers = register.preview(run)
    assert report == register.check(run)
    assert ([found.code for found in report], numbers) == (["register-symbol-changed"], {"a": 1, "b": 2, "c": 3})


def meanwhile(register, monkeypatch, deed):
    """Let somebody else do ``deed`` when ``register`` has looked at a run and is about to write."""
    writing = register._database.writing

    def late(*given, **named):
        monkeypatch.undo()
        deed()
        return writing(*given, **named)

    monkeypatch.setattr(register._database, "writing", late)


def test_what_another_clerk_takes_between_the_look_and_the_writing_counts(register, where, letter, monkeypatch):
    other = Register.open(where)
    other.reserve([letter("a")])
    meanwhile(register, monkeypatch, lambda: other.reserve([letter("x"), letter("c")]))
    assert register.reserve([letter("a"), letter("b"), letter("c")]) == {"a": 1, "b": 4, "c": 3}
    assert book(register) == [(so, khoa, "reserved") for so, khoa in enumerate("axcb", start=1)]
    assert register.verify().ok


def test_what_another_clerk_makes_void_between_the_look_and_the_writing_is_refused(
    register, where, letter, monkeypatch, refused
):
    other = Register.open(where)
    other.reserve([letter("a")])
    meanwhile(register, monkeypatch, lambda: other.void("a", "in sai"))
    assert refused(register.reserve, [letter("a"), letter("b")]) == ["register-void"]
    assert book(register) == [(1, "a", "void")]


def test_an_empty_run_makes_no_file(register, where):
    assert register.reserve([]) == {}
    register.issue([])
    assert not where.exists()


def test_a_year_begins_again_at_one(register, letter):
    register.reserve([letter("cuoi-nam", ngay=date(2021, 12, 31))])
    assert register.reserve([letter("dau-nam", nam=2022, ngay=date(2022, 1, 4))]) == {"dau-nam": 1}


def test_a_run_that_breaks_off_takes_no_number(where, letter):
    def broken_clock():
        raise RuntimeError("mất điện")

    register = Register.open(where)
    register.reserve([letter("a")])
    with pytest.raises(RuntimeError, match="mất điện"):
        Register.open(where, clock=broken_clock).reserve([letter("b"), letter("c", trich_yeu="khác")])
    assert book(register) == [(1, "a", "reserved")]
    assert register.reserve([letter("c")]) == {"c": 2}


def test_a_run_with_one_impossible_letter_takes_no_number_and_makes_no_file(register, where, letter, refused):
    run = [letter("a"), letter("b", ngay=date(2020, 4, 5))]
    assert findings(register, *run) == ["register-year"]
    assert refused(register.reserve, run) == ["register-year"]
    assert not where.exists()


def test_a_letter_takes_over_what_is_new_beside_its_number(register, letter):
    register.reserve([letter("a", ngay=None)])
    register.reserve([letter("a", ky_hieu="PCTH-VP", trich_yeu='Nguyễn <Văn> & "Đào" \'; drop table')])
    (line,) = register.entries()
    assert (line.so, line.ngay, line.ky_hieu) == (1, date(2021, 4, 5), "PCTH-VP")
    assert line.trich_yeu == 'Nguyễn <Văn> & "Đào" \'; drop table'


def test_more_letters_than_a_database_takes_in_one_question(register, letter):
    run = [letter(f"thon/{place}", don_vi=f"dl-{place % 4000}") for place in range(12_000)]
    assert register.reserve(run) == register.reserve(run) == register.preview(run)[1]
    assert sum(1 for _ in register.entries()) == 12_000


# What becomes of a number


def test_a_reserved_number_is_issued_and_stays_issued(where, letter):
    hours = iter([datetime(2021, 4, 1, hour, tzinfo=UTC) for hour in (8, 9, 10)])
    register = Register.open(where, clock=lambda: next(hours))
    register.reserve([letter("a")])
    register.issue(["a"])
    register.issue(["a"])
    (line,) = register.entries()
    assert line.trang_thai is State.ISSUED
    assert (line.reserved_at.hour, line.issued_at.hour) == (8, 9)


@pytest.mark.parametrize("issued_before", [False, True])
def test_a_void_number_is_never_given_again(register, letter, issued_before):
    register.reserve([letter("a"), letter("b")])
    if issued_before:
        register.issue(["b"])
    register.void("b", "in sai người nhận")
    assert register.reserve([letter("c")]) == {"c": 3}
    assert book(register) == [(1, "a", "reserved"), (2, "b", "void"), (3, "c", "reserved")]
    assert [line.void_reason for line in register.entries()] == [None, "in sai người nhận", None]


def test_a_void_letter_gets_no_number_is_not_issued_and_is_voided_once(register, letter, refused):
    register.reserve([letter("a")])
    register.void("a", "in sai")
    assert findings(register, letter("a")) == ["register-void"]
    assert refused(register.reserve, [letter("a"), letter("b")]) == ["register-void"]
    assert refused(register.issue, ["a"]) == ["register-void"]
    assert refused(register.void, "a", "lần nữa") == ["register-void"]
    assert book(register) == [(1, "a", "void")]


def test_letters_are_issued_all_or_none(register, letter):
    register.reserve([letter("a"), letter("b")])
    register.void("b", "in sai")
    before = register.head()
    with pytest.raises(RegisterError) as caught:
        register.issue(["nhầm", "a", "b", "khác"])
    assert [(found.code, found.place.key) for found in caught.value.report] == [
        ("register-key-unknown", "nhầm"), ("register-void", "b"), ("register-key-unknown", "khác"),
    ]  # fmt: skip
    assert book(register) == [(1, "a", "reserved"), (2, "b", "void")]
    assert register.head() == before


def test_of_more_letters_than_fit_one_question_none_is_issued_if_the_last_cannot_be(
    register, letter, refused, monkeypatch
):
    monkeypatch.setattr("congvan.register.store.ledger._VALUES_A_QUERY", 10)
    keys = [f"thon/{place}" for place in range(25)]
    register.reserve([letter(key) for key in keys])
    before = register.head()
    assert refused(register.issue, [*keys, "nhầm"]) == ["register-key-unknown"]
    assert register.head() == before
    register.issue(keys)
    assert {line.trang_thai for line in register.entries()} == {State.ISSUED}


@pytest.mark.parametrize("column", ["ngay", "reserved_at"])
def test_a_line_that_is_damaged_is_not_passed_over_by_a_run(register, where, letter, refused, column):
    register.reserve([letter("a")])
    with closing(sqlite3.connect(where)) as connection, connection:
        connection.execute(f"UPDATE register_entry SET {column} = 'hôm qua'")
    for call, given in ((register.preview, [letter("a")]), (register.reserve, [letter("a")]), (register.issue, ["a"])):
        assert refused(call, given) == ["register-damaged"]


def test_a_number_is_not_voided_without_a_reason_or_without_a_letter(register, letter, refused):
    register.reserve([letter("a")])
    assert refused(register.void, "a", "  ") == ["register-reason-missing"]
    assert refused(register.void, "b", " ") == ["register-reason-missing", "register-key-unknown"]


def test_issuing_from_a_register_that_is_not_there_makes_none(register, where, refused):
    assert refused(register.issue, ["a"]) == ["register-missing"]
    assert refused(register.void, "a", "nhầm") == ["register-missing"]
    assert not where.exists()


# What the book says


def test_the_book_is_read_by_series_and_number(register, letter):
    register.reserve([letter("x", don_vi="pcth"), letter("y", don_vi="dl-2"), letter("z", chuoi="mat")])
    register.reserve([letter("w", nam=2022, ngay=None), *(letter(f"v{n}") for n in range(10))])
    lines = [(line.don_vi, line.nam, line.chuoi, line.so) for line in register.entries()]
    assert lines == sorted(lines)
    assert len(lines) == 14


def test_the_book_of_one_body_or_year_holds_no_other(register, letter):
    register.reserve([letter("a"), letter("b", don_vi="dl-1"), letter("c", nam=2022, ngay=None)])
    assert [line.khoa for line in register.entries(don_vi="pcth")] == ["a", "c"]
    assert [line.khoa for line in register.entries(nam=2021)] == ["b", "a"]
    assert [line.khoa for line in register.entries(don_vi="pcth", nam=2022)] == ["c"]


def test_the_book_of_a_register_that_is_not_there_is_empty(register, where):
    assert list(register.entries()) == []
    assert not where.exists()


def test_times_are_kept_in_utc_whatever_the_clock_of_the_office(where, letter):
    hanoi = timezone(timedelta(hours=7))
    register = Register.open(where, clock=lambda: datetime(2021, 4, 1, 8, 30, tzinfo=hanoi))
    register.reserve([letter("a")])
    (line,) = register.entries()
    assert line.reserved_at == datetime(2021, 4, 1, 1, 30, tzinfo=UTC)
    assert line.reserved_at.tzinfo is UTC


# What stands against a run


def test_nothing_stands_against_a_sound_run(register, letter):
    assert findings(register, letter("a"), letter("b", ngay=None), letter("c")) == []


def test_the_same_letter_twice_in_one_run_is_refused(register, letter, refused):
    run = [letter("a"), letter("b"), letter("a", don_vi="dl-1")]
    assert findings(register, *run) == ["register-key-twice"]
    assert refused(register.reserve, run) == ["register-key-twice"]


def test_a_new_letter_is_not_dated_before_the_latest_in_its_series(register, letter):
    register.reserve([letter("a", ngay=date(2021, 4, 5)), letter("b", ngay=None)])
    (found,) = register.check([letter("c", ngay=date(2021, 4, 4))])
    assert found.code == "register-date-early"
    assert found.values["allowed"] == "05/04/2021"
    assert found.values["other"] == "1"
    assert findings(register, letter("c"), letter("d", don_vi="dl-1", ngay=date(2021, 1, 4))) == []


def test_a_date_out_of_order_is_told_with_the_nearest_right_working_day(register, letter):
    # 30 April to 3 May 2021 are off: a holiday, a weekend with 1 May in it, and the Monday in lieu of that.
    register.reserve([letter("a", ngay=date(2021, 4, 2)), letter("b", ngay=None), letter("c", ngay=date(2021, 5, 1))])
    (early,) = register.check([letter("d", ngay=date(2021, 4, 5))])
    (late,) = register.check([letter("b", ngay=date(2021, 5, 10))])

    assert (early.code, early.values["allowed"], early.values["right"]) == (
        "register-date-early", "01/05/2021", "04/05/2021"
    )  # fmt: skip
    assert (late.code, late.values["allowed"], late.values["right"]) == (
        "register-date-late", "01/05/2021", "29/04/2021"
    )  # fmt: skip


def test_the_nearest_right_day_is_never_one_that_the_series_forbids(register, letter):
    # Both neighbours are of one Saturday, or the year ends: no working day is left between them.
    day, last = date(2021, 5, 8), date(2022, 12, 31)
    register.reserve([letter("a", ngay=day), letter("b", ngay=None), letter("c", ngay=day)])
    register.reserve([letter("z", nam=2022, ngay=last)])

    assert {found.values["right"] for found in register.check([letter("b", ngay=date(2021, 5, 3))])} == {"08/05/2021"}
    assert {found.values["right"] for found in register.check([letter("b", ngay=date(2021, 5, 12))])} == {"08/05/2021"}
    (early,) = register.check([letter("y", nam=2022, ngay=date(2022, 12, 1))])
    assert early.values["right"] == "31/12/2022"


def test_the_register_tells_the_dates_beside_its_numbers(register, letter):
    assert register.dates_of(["a"]) == {}
    register.reserve([letter("a"), letter("b", ngay=None), letter("c")])
    register.void("c", "in sai")

    assert register.dates_of(["a", "b", "c", "x"]) == {"a": date(2021, 4, 5)}


def test_dates_do_not_run_backwards_inside_a_run(register, letter):
    run = [letter("a"), letter("b", ngay=date(2021, 4, 4)), letter("c", ngay=None), letter("d", ngay=date(2021, 4, 5))]
    assert [(found.code, found.place.key) for found in register.check(run)] == [("register-date-early", "b")]


def test_a_void_number_holds_no_later_letter_to_its_date(register, letter):
    register.reserve([letter("a", ngay=date(2021, 12, 31))])
    register.void("a", "ghi nhầm ngày")
    assert findings(register, letter("b")) == []


def test_a_whole_run_may_move_to_another_date_and_keeps_its_numbers(register, letter):
    run = [letter("a"), letter("b"), letter("c")]
    first = register.reserve(run)
    moved = [replace(request, ngay=date(2021, 4, 10)) for request in run]
    assert findings(register, *moved) == ["register-date-changed"] * 3
    assert register.reserve(moved) == first
    assert [line.ngay for line in register.entries()] == [date(2021, 4, 10)] * 3


def test_a_known_letter_does_not_move_past_the_letters_after_it(register, letter, refused):
    register.reserve([letter("a"), letter("b", ngay=None), letter("c", ngay=date(2021, 4, 8))])
    assert "register-date-late" in findings(register, letter("a", ngay=date(2021, 4, 9)))
    assert refused(register.reserve, [letter("b", ngay=date(2021, 4, 9))]) == ["register-date-late"]
    assert refused(register.reserve, [letter("b", ngay=date(2021, 4, 4))]) == ["register-date-early"]
    assert register.reserve([letter("b", ngay=date(2021, 4, 6))]) == {"b": 2}


def test_a_date_in_another_year_than_the_series_is_refused_once(register, letter):
    register.reserve([letter("a")])
    assert findings(register, letter("b", ngay=date(2020, 4, 5))) == ["register-year"]


def test_a_number_does_not_move_to_another_body_or_year(register, letter, refused):
    register.reserve([letter("a"), letter("b")])
    run = [letter("a", don_vi="dl-1"), letter("b", nam=2022, ngay=date(2022, 1, 4))]
    assert refused(register.reserve, run) == ["register-series-changed", "register-series-changed"]


def test_a_changed_date_or_symbol_is_worth_a_warning(register, letter):
    register.reserve([letter("a")])
    report = register.check([letter("a", ngay=date(2021, 4, 6), ky_hieu="PCTH-VP")])
    assert [found.code for found in report] == ["register-date-changed", "register-symbol-changed"]
    assert report.ok


def test_filling_in_a_blank_date_is_no_change_but_emptying_it_is(register, letter):
    register.reserve([letter("a", ngay=None)])
    assert findings(register, letter("a")) == []
    register.reserve([letter("a")])
    assert findings(register, letter("a", ngay=None)) == ["register-date-changed"]


def test_a_first_number_that_comes_too_late_is_not_passed_over_in_silence(register, letter):
    register.reserve([letter("a")])
    run = [letter("b", bat_dau=465), letter("c", bat_dau=465)]
    assert findings(register, *run) == ["register-start-ignored"]
    assert register.reserve(run) == {"b": 2, "c": 3}


def test_everything_against_a_run_is_said_at_once(register, letter):
    register.reserve([letter("a"), letter("b")])
    register.void("a", "in sai")
    run = [letter("a"), letter("b", don_vi="x"), letter("c", ngay=date(2021, 1, 1)), letter("d", nam=2020), letter("d")]
    assert sorted(findings(register, *run)) == [
        "register-date-early",
        "register-key-twice",
        "register-series-changed",
        "register-void",
        "register-year",
    ]


# Around it


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_of_the_register_is_whole(register, letter, language):
    register.reserve([letter("a"), letter("b"), letter("c"), letter("v")])
    register.void("v", "in sai")
    report = register.check(
        [
            letter("a", ngay=date(2021, 4, 9)),
            letter("b", ky_hieu="KHAC"),
            letter("c", don_vi="x"),
            letter("v"),
            letter("n", ngay=date(2021, 1, 1), bat_dau=500),
            letter("m", nam=2020),
            letter("m"),
        ]
    )
    set_language(language)
    try:
        texts = [str(found) for found in report]
    finally:
        set_language("vi")
    assert {found.code for found in report} >= {code for code in codes() if code.startswith("register-date")}
    assert len(texts) == 9
    assert not [text for text in texts if "{" in text or "None" in text]


def test_asking_for_the_package_loads_no_database():
    script = "import json, sys, congvan.register; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout)
    assert "congvan.register.register" in loaded
    assert not {"sqlalchemy", "sqlite3", "psycopg"} & set(loaded)


def test_looking_at_a_register_that_is_not_there_loads_no_database():
    script = """
        import json, sys
        from congvan.register import Register
        with Register.open("so.sqlite3") as register:
            assert register.preview([])[1] == {}
        print(json.dumps(sorted(sys.modules)))
    """
    done = subprocess.run([sys.executable, "-c", dedent(script)], check=True, capture_output=True)
    assert not {"sqlalchemy", "sqlite3", "psycopg"} & set(json.loads(done.stdout))


def plain(letter, khoa, nam, **more):
    """A letter of a body whose first number is written without a year."""
    return letter(khoa, nam=nam, ngay=date(nam, 3, 1), bat_dau=465, bat_dau_nam_dau=True, **more)


def codes_of(report):
    return [found.code for found in report]


def test_a_body_that_started_at_465_starts_its_next_years_at_01(register, letter):
    assert register.reserve([plain(letter, "a", 2021)]) == {"a": 465}
    assert register.reserve([plain(letter, "b", 2022), plain(letter, "c", 2022)]) == {"b": 1, "c": 2}
    assert register.reserve([plain(letter, "d", 2023, don_vi="dlhl")]) == {"d": 465}


def test_the_first_number_of_another_year_is_said_once_when_the_series_begins(register, letter):
    register.reserve([plain(letter, "a", 2021)])
    beginning = register.check([plain(letter, "b", 2022)])
    register.reserve([plain(letter, "b", 2022)])

    assert codes_of(beginning) == ["register-start-of-first-year"]
    assert (beginning.errors, beginning.warnings) == ((), ())
    assert codes_of(register.check([plain(letter, "c", 2022)])) == []


def test_a_run_over_the_turn_of_the_year_uses_the_first_number_once(register, letter):
    run = [plain(letter, "a", 2021), plain(letter, "b", 2022)]

    assert register.reserve(run) == {"a": 465, "b": 1}
    assert register.reserve(run) == {"a": 465, "b": 1}


def of_campaign(letter, ma, nam, *names):
    return [letter(f"{ma}/tinh/{name}", nam=nam, ngay=date(nam, 3, 1)) for name in names]


def test_a_campaign_copied_from_last_year_with_its_code_is_refused_and_another_proposed(register, letter, refused):
    register.reserve(of_campaign(letter, "dot-2021", 2021, "a", "b"))
    register.reserve(of_campaign(letter, "dot", 2021, "a"))

    assert refused(register.reserve, of_campaign(letter, "dot-2021", 2022, "a", "b", "c")) == [
        "register-campaign-copied"
    ]
    proposed = [register.check(of_campaign(letter, ma, 2022, "a")).errors[0].values for ma in ("dot-2021", "dot")]
    assert [values["new"] for values in proposed] == ["dot-2022", "dot-2022"]
    assert (proposed[0]["nam"], proposed[0]["count"]) == ("2021", "1")


def test_one_letter_moved_to_the_next_year_is_no_copied_campaign(register, letter, refused):
    register.reserve(of_campaign(letter, "dot", 2021, "a", "b"))
    moved = [*of_campaign(letter, "dot", 2021, "a"), *of_campaign(letter, "dot", 2022, "b")]

    assert refused(register.reserve, moved) == ["register-series-changed"]


def moved_book(register, letter):
    """A book of three numbers: issued, reserved, void."""
    register.reserve([letter(khoa, ngay=date(2021, 4, 5)) for khoa in ("dot/tinh/a", "dot/tinh/b", "dot/tinh/c")])
    register.issue(["dot/tinh/a"])
    register.void("dot/tinh/c", "đánh nhầm")
    return tuple(register.entries())


def test_the_book_of_a_campaign_moves_into_another_with_keys_and_states(tmp_path, register, letter):
    entries = moved_book(register, letter)
    office = Register.open(tmp_path / "co-quan.sqlite3")

    assert office.take_over(entries) == 3
    assert tuple(office.entries()) == entries
    assert office.reserve([letter("dot/tinh/b"), letter("dot/tinh/d")]) == {"dot/tinh/b": 2, "dot/tinh/d": 4}
    assert office.verify().ok


def test_a_book_that_was_moved_before_moves_no_second_time(tmp_path, register, letter):
    entries = moved_book(register, letter)
    office = Register.open(tmp_path / "co-quan.sqlite3")
    office.take_over(entries[:2])

    assert office.take_over(entries) == 1
    assert office.take_over(entries) == 0
    assert tuple(office.entries()) == entries


def test_a_book_whose_numbers_are_taken_moves_not_at_all(tmp_path, register, letter, refused):
    entries = moved_book(register, letter)
    office = Register.open(tmp_path / "co-quan.sqlite3")
    office.reserve([letter("khac/tinh/x"), letter("dot/tinh/b")])
    before = tuple(office.entries())

    assert sorted(set(refused(office.take_over, entries))) == ["register-number-taken"]
    assert tuple(office.entries()) == before
    assert refused(Register.open(tmp_path / "moi.sqlite3").take_over, [entries[0], entries[0]]) == [
        "register-number-twice"
    ]
    assert not (tmp_path / "moi.sqlite3").exists()


def test_a_letter_that_has_another_number_in_the_other_book_is_told(tmp_path, register, letter, refused):
    entries = moved_book(register, letter)
    office = Register.open(tmp_path / "co-quan.sqlite3")
    office.reserve([letter("dot/tinh/b")])

    assert refused(office.take_over, entries[1:2]) == ["register-key-taken"]


def test_the_lines_of_a_campaign_are_those_whose_keys_begin_with_it(register, letter):
    assert register.entries_of("d") == ()
    keys = ["d/thon/2", "d/thon/1", "d-2/thon/1", "d0/x", "dd/thon/1", "D/thon/1", "d"]
    register.reserve([letter(khoa) for khoa in keys])

    assert [line.khoa for line in register.entries_of("d")] == ["d/thon/1", "d/thon/2"]
    assert [line.so for line in register.entries_of("d-2")] == [3]
    assert list(register.entries_of("không")) == []
    assert register.keys_of("d") == {"d/thon/1", "d/thon/2"}
    register.void("d/thon/1", "viết nhầm")
    assert register.keys_of("d") == {"d/thon/2"}
    assert (register.keys_of("d", ""), register.keys_of("d", "mat")) == ({"d/thon/2"}, frozenset())


def test_a_book_moved_into_another_is_moved_as_it_is_with_dates_out_of_order(tmp_path, register, letter):
    office = Register.open(tmp_path / "co-quan.sqlite3")
    office.reserve([letter(khoa, ngay=date(2021, 6, 1)) for khoa in ("khac/tinh/x", "khac/tinh/y")])
    register.reserve([letter("dot/tinh/b", ngay=date(2021, 4, 5), bat_dau=3)])
    entries = tuple(register.entries())

    assert [(one.code, one.severity.value) for one in office.check_entries(entries)] == [
        ("register-history-order", "warning")
    ]
    assert office.take_over(entries) == 1
    assert [line.khoa for line in office.entries()] == ["khac/tinh/x", "khac/tinh/y", "dot/tinh/b"]


def test_the_lines_of_a_campaign_are_found_by_the_index(register, letter, where):
    register.reserve([letter("d/thon/1")])
    query = "EXPLAIN QUERY PLAN SELECT khoa FROM register_entry WHERE khoa >= 'd/' AND khoa < 'd0' ORDER BY khoa"
    with closing(sqlite3.connect(where)) as connection:
        (*_, detail), *more = connection.execute(query).fetchall()

    assert detail.startswith("SEARCH")
    assert not more
