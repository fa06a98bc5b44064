"""Letters in the register: sealed, taken back, replaced, delivered, and every change accounted for."""

import hashlib
import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from congvan.register import Register, State
from congvan.register.letter_book import SealedLetter
from congvan.register.letter_record import LetterRecord, LetterState, Relation, first_key, following_key

DATA = '{"trich_yeu": "thử"}'.encode()


def sealed(khoa, *, khoa_so=None, data=DATA, **parts):
    record = LetterRecord(
        khoa,
        khoa.split("/")[0],
        LetterState.NUMBERED,
        khoa if khoa_so is None else khoa_so,
        ngay=date(2021, 4, 5),
        thu_muc="out/dot",
        docx=f"{khoa}.docx",
        docx_sha256="0" * 64,
        du_lieu_sha256=hashlib.sha256(data).hexdigest(),
        **parts,
    )
    return SealedLetter(record, data)


@pytest.fixture
def book(register, letter):
    register.reserve([letter("dot/thon/1"), letter("dot/thon/2"), letter("dot/chung")])
    return register


def issued(book, *keys):
    book.letters.seal([sealed(khoa) for khoa in keys])


def following(khoa, quan_he):
    return LetterRecord(
        following_key(khoa), "dot", LetterState.NUMBERED, following_key(khoa), lien_quan=khoa, quan_he=quan_he
    )


def states(book):
    return {khoa: record.trang_thai for khoa, record in book.letters.of_campaign("dot").items()}


def test_an_issued_letter_is_kept_with_its_number_and_its_words(book):
    issued(book, "dot/thon/1")
    assert states(book) == {"dot/thon/1": LetterState.ISSUED}
    assert book.letters.data("dot/thon/1") == DATA
    assert {line.khoa: line.trang_thai for line in book.entries()} == {
        "dot/thon/1": State.ISSUED,
        "dot/thon/2": State.RESERVED,
        "dot/chung": State.RESERVED,
    }
    assert book.verify().ok


def test_a_letter_is_sealed_once(book, refused):
    issued(book, "dot/thon/1")
    assert refused(issued, book, "dot/thon/2", "dot/thon/1") == ["register-letter-sealed"]
    assert states(book) == {"dot/thon/1": LetterState.ISSUED}, "all or none"


def test_a_letter_without_a_number_can_be_sealed(book):
    book.letters.seal([sealed("dot/thon/9", khoa_so="")])
    assert states(book) == {"dot/thon/9": LetterState.ISSUED}


def test_a_number_that_was_never_given_cannot_be_issued(book, refused):
    assert refused(issued, book, "dot/thon/9") == ["register-key-unknown"]


def test_a_mistaken_issue_is_taken_back(book):
    issued(book, "dot/thon/1", "dot/thon/2")
    book.letters.unseal(["dot/thon/1"], "ký nhầm")
    assert states(book) == {"dot/thon/1": LetterState.NUMBERED, "dot/thon/2": LetterState.ISSUED}
    assert {line.khoa for line in book.entries() if line.trang_thai is State.ISSUED} == {"dot/thon/2"}
    issued(book, "dot/thon/1")
    assert states(book)["dot/thon/1"] is LetterState.ISSUED
    assert book.verify().ok


def test_a_shared_number_stays_issued_while_one_of_its_letters_is(book):
    book.letters.seal([sealed("dot/thon/1", khoa_so="dot/chung"), sealed("dot/thon/2", khoa_so="dot/chung")])
    book.letters.unseal(["dot/thon/1"], "ký nhầm")
    assert {line.khoa for line in book.entries() if line.trang_thai is State.ISSUED} == {"dot/chung"}
    book.letters.unseal(["dot/thon/2"], "ký nhầm")
    assert not [line for line in book.entries() if line.trang_thai is State.ISSUED]


def test_a_delivered_letter_is_not_taken_back(book, refused):
    issued(book, "dot/thon/1")
    book.letters.deliver(["dot/thon/1"])
    assert refused(book.letters.unseal, ["dot/thon/1"], "ký nhầm") == ["register-letter-delivered"]


def test_taking_back_needs_a_reason_and_an_issued_letter(book, refused):
    assert refused(book.letters.unseal, ["dot/thon/1"], " ") == [
        "register-undo-reason-missing",
        "register-letter-not-issued",
    ]


def test_only_issued_letters_are_delivered(book, refused):
    assert refused(book.letters.deliver, ["dot/thon/1"]) == ["register-letter-not-issued"]


@pytest.mark.parametrize(
    ("relation", "state"),
    [
        (Relation.REPLACE, LetterState.REPLACED),
        (Relation.RECALL, LetterState.RECALLED),
        (Relation.CORRECT, LetterState.CORRECTED),
    ],
)
def test_a_letter_is_followed_by_another(book, letter, relation, state):
    issued(book, "dot/thon/1")
    book.reserve([letter("dot/thon/1~2")])
    moved = {} if relation is Relation.CORRECT else {"docx": "thay-the/1.docx"}
    for _ in range(2):  # a command cut short is given again
        book.letters.follow("dot/thon/1", following("dot/thon/1", relation), moved)
    old, new = book.letters.of_campaign("dot").values()
    assert (old.trang_thai, old.docx) == (state, moved.get("docx", "dot/thon/1.docx"))
    assert (new.trang_thai, new.lien_quan, new.first_key) == (LetterState.NUMBERED, "dot/thon/1", "dot/thon/1")
    issued(book, "dot/thon/1~2")
    assert states(book)["dot/thon/1~2"] is LetterState.ISSUED
    assert book.verify().ok


def test_a_letter_corrected_twice_leaves_the_book_sound(book, letter):
    issued(book, "dot/thon/1")
    first = following("dot/thon/1", Relation.CORRECT)
    second = replace(first, khoa=following_key(first.khoa), khoa_so=following_key(first.khoa))
    book.reserve([letter(first.khoa), letter(second.khoa)])
    for one in (first, second):
        book.letters.follow("dot/thon/1", one, {})
    assert states(book)["dot/thon/1"] is LetterState.CORRECTED
    assert book.verify().ok


def test_only_the_latest_letter_is_followed(book, letter, refused):
    issued(book, "dot/thon/1")
    book.reserve([letter("dot/thon/1~2")])
    book.letters.follow("dot/thon/1", following("dot/thon/1", Relation.REPLACE), {})
    other = following("dot/thon/1~2", Relation.RECALL)
    assert refused(book.letters.follow, "dot/thon/1", other, {}) == ["register-letter-followed"]
    assert refused(book.letters.follow, "dot/thon/1~2", other, {}) == ["register-letter-not-issued"]


def test_a_recipient_under_another_code_is_the_same(book, refused):
    book.letters.note_same("dot/thon/01", "dot/thon/1")
    book.letters.note_same("dot/thon/01", "dot/thon/1")
    assert book.letters.same("dot") == {"dot/thon/01": "dot/thon/1"}
    assert book.letters.same("d") == {}
    assert refused(book.letters.note_same, "dot/thon/02", "dot/thon/9") == ["register-key-unknown"]
    assert refused(book.letters.note_same, "dot/thon/2", "dot/thon/1") == ["register-same-has-number"]
    assert book.verify().ok


def test_a_wrong_pair_of_recipients_is_taken_back_and_both_steps_are_in_the_trail(book, refused):
    book.letters.note_same("dot/thon/01", "dot/thon/1")
    book.letters.undo_same("dot/thon/01", "dot/thon/1")
    assert book.letters.all_same() == {}
    assert [row.read_change() for row in book.trail()[-2:]] == [
        {"khoa_cu": (None, "dot/thon/1")},
        {"khoa_cu": ("dot/thon/1", None)},
    ]
    assert book.verify().findings == ()
    assert refused(book.letters.undo_same, "dot/thon/01", "dot/thon/1") == ["register-same-unknown"]
    book.letters.note_same("dot/thon/01", "dot/thon/2")
    assert refused(book.letters.undo_same, "dot/thon/01", "dot/thon/1") == ["register-same-unknown"]
    assert book.letters.all_same() == {"dot/thon/01": "dot/thon/2"}
    assert book.verify().findings == ()


def test_a_pair_taken_back_since_the_backup_stays_taken_back(book, tmp_path):
    book.letters.note_same("dot/thon/01", "dot/thon/1")
    book.backup(tmp_path / "sao.sqlite3")
    book.letters.undo_same("dot/thon/01", "dot/thon/1")
    book.restore(tmp_path / "sao.sqlite3")
    assert book.letters.all_same() == {}
    assert book.verify().ok


def test_a_book_is_taken_over_with_its_letters_and_pairs(book, letter, tmp_path):
    issued(book, "dot/thon/1")
    book.letters.note_same("dot/thon/02", "dot/thon/2")
    folder = tmp_path / "co-quan"
    folder.mkdir()
    with Register.open(folder / "so.sqlite3") as office:
        count = office.take_over_book(book)
        assert count == len(list(book.entries()))
        assert office.take_over_book(book) == 0, "given again, it changes nothing"
        (mine,) = [one for one in office.letters.all() if one.khoa == "dot/thon/1"]
        before = book.letters.known(["dot/thon/1"])["dot/thon/1"]
        assert (mine.trang_thai, mine.docx_sha256, mine.issued_at) == (
            before.trang_thai,
            before.docx_sha256,
            before.issued_at,
        )
        assert (folder / mine.thu_muc).resolve() == (book.folder / before.thu_muc).resolve()
        assert office.letters.data("dot/thon/1") == book.letters.data("dot/thon/1")
        assert office.letters.all_same() == {"dot/thon/02": "dot/thon/2"}
        assert office.verify().ok


def test_what_old_letters_say_is_removed_and_their_numbers_stay(book, refused, where):
    issued(book, "dot/thon/1")
    words = book.letters.data("dot/thon/1")
    assert refused(book.letters.forget, date(2030, 1, 1), " ") == ["register-forget-reason-missing"]
    assert book.letters.forget(date(2000, 1, 1), "hết hạn") == ()
    assert book.letters.forget(date(2030, 1, 1), "hết hạn") == ("dot/thon/1",)

    record = book.letters.known(["dot/thon/1"])["dot/thon/1"]
    assert book.letters.data("dot/thon/1") is None
    assert zlib.compress(words) not in where.read_bytes()
    assert (record.trang_thai, record.du_lieu_sha256, record.ly_do) == (LetterState.ISSUED, "", "hết hạn")
    assert book.trail()[-1].act == "forget"
    assert book.verify().findings == ()
    assert book.letters.forget(date(2030, 1, 1), "hết hạn") == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE register_letter SET docx_sha256 = 'f'", "register-letter-differs"),
        ("UPDATE register_letter SET du_lieu = x'789c'", "register-letter-damaged"),
        ("DELETE FROM register_letter", "register-letter-lost"),
        ("UPDATE register_same SET khoa_cu = 'dot/thon/2'", "register-same-differs"),
    ],
)
def test_what_is_changed_by_other_means_is_found(book, where, change, code):
    issued(book, "dot/thon/1")
    book.letters.note_same("dot/thon/01", "dot/thon/1")
    with closing(sqlite3.connect(where)) as connection, connection:
        connection.execute(change)
    assert code in [found.code for found in book.verify()]


def test_an_empty_book_has_no_letters(tmp_path):
    letters = Register.open(tmp_path / "so.sqlite3").letters
    assert (letters.of_campaign("dot"), letters.all(), letters.data("x"), letters.same("dot")) == ({}, (), None, {})
    assert not (tmp_path / "so.sqlite3").exists()


@pytest.mark.parametrize(("khoa", "first"), [("a/b/1", "a/b/1"), ("a/b/1~2", "a/b/1"), ("a~x/b", "a~x/b")])
def test_generations_of_a_key(khoa, first):
    assert first_key(khoa) == first
    assert following_key(following_key(khoa)).startswith(f"{first}~")


def test_recipients_are_noted_together_or_not_at_all(book, refused):
    same = {"dot/thon/01": "dot/thon/1", "dot/thon/09": "dot/thon/9"}
    assert refused(book.letters.note_all_same, same) == ["register-key-unknown"]
    assert book.letters.same("dot") == {}
    book.letters.note_all_same({"dot/thon/01": "dot/thon/1", "dot/thon/02": "dot/thon/2"})
    assert book.letters.same("dot") == {"dot/thon/01": "dot/thon/1", "dot/thon/02": "dot/thon/2"}
    assert book.verify().ok


def test_a_recipient_is_the_same_as_one_alone_in_one_campaign_and_tier(book, refused):
    book.letters.note_same("dot/thon/01", "dot/thon/1")
    assert refused(book.letters.note_same, "dot/thon/01", "dot/thon/2") == ["register-same-already"]
    assert refused(book.letters.note_same, "dot/xa/1", "dot/thon/1") == ["register-same-of-another-tier"]
    assert refused(book.letters.note_same, "khac/thon/1", "dot/thon/1") == ["register-same-of-another-tier"]


def test_a_letter_corrected_twice_is_corrected_and_its_trail_sound(book):
    issued(book, "dot/thon/1")
    first = following("dot/thon/1", Relation.CORRECT)
    book.letters.follow("dot/thon/1", first, {})
    second = replace(first, khoa=following_key(first.khoa), khoa_so=following_key(first.khoa))
    book.letters.follow("dot/thon/1", second, {})
    assert states(book)["dot/thon/1"] is LetterState.CORRECTED
    assert book.verify().findings == ()
