"""A letter is read the same whatever way its writer put it on paper."""

import re
import unicodedata

import letters_by_hand as by_hand
import pytest

import congvan

IN_WORDS = {
    "quoc_hieu": by_hand.QUOC_HIEU,
    "tieu_ngu": by_hand.TIEU_NGU,
    "chu_quan": by_hand.CHU_QUAN,
    "co_quan": by_hand.CO_QUAN,
    "dia_danh_ngay": by_hand.NGAY,
    "noi_nhan_tieu_de": "Nơi nhận:",
    "noi_nhan": " ".join(by_hand.NOI_NHAN),
    "quyen_han": " ".join(by_hand.QUYEN_HAN),
    "ho_ten": by_hand.HO_TEN,
}
CONG_VAN = {"so_ky_hieu": by_hand.SO, "trich_yeu_cong_van": by_hand.VE_VIEC, "kinh_gui": by_hand.KINH_GUI}
THONG_BAO = {"so_ky_hieu": by_hand.SO_THONG_BAO, "ten_loai": by_hand.TEN_LOAI, "trich_yeu": by_hand.TRICH_YEU}


def as_words(text):
    """A text without white space, dashes of lists as one sign."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).replace("•", "-").replace("–", "-")


@pytest.mark.parametrize("letter", by_hand.LETTERS, ids=lambda letter: letter.name)
def test_every_part_of_a_letter_is_found_however_it_is_set(letter):
    if letter.needs_libreoffice and not by_hand.HAS_LIBREOFFICE:
        pytest.skip("LibreOffice wrote it, and is not installed here")
    facts = congvan.facts(letter.file(), "thu")
    parts = congvan.components(facts)
    expected = IN_WORDS | (THONG_BAO if letter.thong_bao else CONG_VAN)

    assert {name: as_words(part.text) for name, part in parts.found.items() if name in expected} == {
        name: as_words(text) for name, text in expected.items()
    }
    assert as_words(parts["noi_dung"].text) == as_words(by_hand.BODY_TEXT)
    assert "khac" not in parts


@pytest.mark.parametrize(
    "hidden", [(), ("CONG HOA XA HOI CHU NGHIA VIET NAM", "So: 12/SCT")], ids=["a picture", "with text"]
)
def test_paper_that_was_scanned_says_so(hidden):
    facts = congvan.facts(by_hand.scanned(*hidden), "thu.pdf")

    assert facts.scanned
    assert [line.text for line in facts.lines] == list(hidden)


def test_there_are_forty_of_them():
    assert len({letter.name for letter in by_hand.LETTERS}) >= 40
