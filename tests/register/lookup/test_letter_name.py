"""Letters named as on paper."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.errors import RegisterError
from congvan.register import IssuedNumber, Register, State
from congvan.register.letter_book import SealedLetter
from congvan.register.letter_record import LetterRecord, LetterState
from congvan.register.lookup.letter_name import LetterName


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("18/ĐLHL", LetterName(18, "", "ĐLHL")),
        (" Số: 018/ĐLHL ", LetterName(18, "", "ĐLHL")),
        ("02a/QĐ-ĐLHL", LetterName(2, "a", "QĐ-ĐLHL")),
        ("05(2)/ĐLHL", LetterName(5, "(2)", "ĐLHL")),
        ("18/ĐLHL@2026", LetterName(18, "", "ĐLHL", 2026)),
        ("18/ĐLHL#dot/thon/17~2", LetterName(18, "", "ĐLHL", None, "dot/thon/17~2")),
        ("18/ĐLHL@2026#17", LetterName(18, "", "ĐLHL", 2026, "17")),
        ("dot/thon/17", None),
        ("18", None),
        ("0/ĐLHL", None),
        ("18/", None),
    ],
)
def test_a_name_is_read_as_on_paper(text, name):
    assert LetterName.parse(text) == name


SYMBOLS = st.text(st.sampled_from("ABĐƯQT-&.0123456789"), min_size=1, max_size=12)
KEYS = st.text(st.sampled_from("abđ/-~0123456789"), max_size=12)


@given(
    st.builds(
        LetterName,
        st.integers(1, 999_999_999),
        st.sampled_from(["", "a", "bis", "(2)", "a(3)"]),
        SYMBOLS,
        st.none() | st.integers(1000, 9999),
        KEYS,
    )
)
def test_a_name_is_printed_and_read_back(name):
    assert LetterName.parse(str(name)) == name


def seal(book, khoa, khoa_so=None, **parts):
    data = b"{}"
    hashed = hashlib.sha256(data).hexdigest()
    record = LetterRecord(khoa, "dot", LetterState.NUMBERED, khoa_so or khoa, du_lieu_sha256=hashed, **parts)
    book.letters.seal([SealedLetter(record, data)])


@pytest.fixture
def book(register, letter):
    register.reserve([letter("dot/thon/1"), letter("dot/thon/2"), letter("dot/chung/pcth")])
    for number in (1, 2):
        seal(register, f"dot/chung/{number}", "dot/chung/pcth")
    return register


def test_a_number_means_its_line_and_once_issued_all_its_letters(book):
    assert book.named("1/pcth-kd") == ("dot/thon/1",)
    assert book.named("03/PCTH-KD@2021") == ("dot/chung/1", "dot/chung/2")
    assert book.named("3/PCTH-KD#2") == book.named("3/PCTH-KD#dot/chung/2") == ("dot/chung/2",)
    assert book.named("dot/chung/2") == ("dot/chung/2",)
    assert book.named("dot/chung/pcth") == ("dot/chung/1", "dot/chung/2")


@pytest.mark.parametrize("name", ["4/PCTH-KD", "1/PCTH-VP", "1/PCTH-KD@2022", "1/PCTH-KD#9", "dot/thon/9", "1", ""])
def test_a_name_that_means_nothing_is_said(book, refused, name):
    assert refused(book.named, name) == ["register-name-unknown"]


def test_of_several_bodies_years_and_series_the_book_asks(book, letter):
    book.reserve([letter("x/1", nam=2022, ngay=None), letter("y/1", don_vi="khac"), letter("z/1", chuoi="mat")])
    with pytest.raises(RegisterError) as caught:
        book.named("01/PCTH-KD")
    (found,) = caught.value.report
    assert found.code == "register-name-several"
    names = [name.partition(" ")[0] for name in found.values["known"].split("; ")]
    assert [book.named(name) for name in names] == [("y/1",), ("dot/thon/1",), ("z/1",), ("x/1",)]
    assert book.named("1/PCTH-KD@2022") == ("x/1",)


def test_a_number_with_a_letter_behind_it_is_another(register, letter):
    place = letter("x").place
    register.enter_issued([IssuedNumber(2, letter("cũ/2"), place), IssuedNumber(2, letter("cũ/2a"), place, "a")])
    assert (register.named("02/PCTH-KD"), register.named("02A/PCTH-KD")) == (("cũ/2",), ("cũ/2a",))


def test_nothing_is_named_where_there_is_no_book(tmp_path, refused):
    assert refused(Register.open(tmp_path / "so.sqlite3").named, "1/X") == ["register-missing"]


# Numbers made void by name


def test_numbers_are_made_void_by_name_all_or_none(book, refused):
    assert refused(book.void_named, ["1/PCTH-KD", "3/PCTH-KD"], "in sai") == ["register-void-issued"]
    assert [line.number for line in book.void_named(["2/PCTH-KD", "dot/thon/1"], "in sai")] == ["02", "01"]
    assert [line.trang_thai for line in book.entries()] == [State.VOID, State.VOID, State.ISSUED]
    assert refused(book.void_named, ["1/PCTH-KD"], "in sai") == ["register-void"]
    assert book.verify().ok


def test_one_of_several_letters_of_a_number_does_not_take_the_others_with_it(book, refused):
    assert refused(book.void_named, ["3/PCTH-KD#1"], "in sai") == ["register-number-shared"]


def test_the_number_of_an_issued_letter_is_not_made_void_by_its_key_either(book, refused):
    assert refused(book.void, "dot/chung/pcth", "in sai") == ["register-void-issued"]


def test_a_letter_whose_number_became_void_takes_the_next_one_under_its_following_key(book, letter):
    seal(book, "dot/thon/1")
    book.letters.unseal(["dot/thon/1"], "ký nhầm")
    book.void_named(["1/PCTH-KD"], "in sai")
    assert book.letters.known(["dot/thon/1"])["dot/thon/1"].trang_thai is LetterState.VOID
    again = letter("dot/thon/1~2")
    assert not book.check([again])
    assert book.reserve([again]) == {"dot/thon/1~2": 4}
    seal(book, "dot/thon/1~2")
    assert book.verify().findings == ()
