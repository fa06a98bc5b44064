"""What a draft may lack, and what only a letter with a number may not."""

from typing import Any

import pytest

from congvan.errors import LetterError
from congvan.letter import IssueDate, Letter
from congvan.letter.part_values import part_values
from congvan.letter.rules import blank_parts

BLANKS: dict[str, Any] = {
    "so": None,
    "ky_hieu": None,
    "dia_danh": None,
    "ngay": None,
    "trich_yeu": None,
    "kinh_gui": [],
    "noi_dung": None,
    "noi_nhan": [],
    "ky": None,
}


def open_parts(letter: Letter) -> set[str | None]:
    return {found.place.key for found in blank_parts(letter)}


@pytest.mark.parametrize("part", BLANKS)
def test_any_part_of_a_draft_may_be_open(letter, part: str) -> None:
    assert letter(**{part: BLANKS[part]}).co_quan


def test_all_parts_of_a_draft_may_be_open_at_once(letter) -> None:
    made = letter(**BLANKS)

    assert open_parts(made) == {
        *("ky_hieu", "dia_danh", "ngay", "trich_yeu", "noi_dung", "noi_nhan", "kinh_gui"),
        *("ky.ho_ten", "ky.chuc_vu"),
    }
    assert Letter.from_json(made.to_json()) == made


def test_a_whole_letter_lacks_nothing(letter) -> None:
    assert open_parts(letter(so=None)) == set()


def test_a_part_that_is_left_out_is_open() -> None:
    made = Letter(co_quan="UBND XÃ A", trich_yeu="họp", noi_dung="Một.", loai="thong-bao")

    assert open_parts(made) == {"dia_danh", "ngay", "ky_hieu", "noi_nhan", "ky.ho_ten", "ky.chuc_vu"}


def test_a_name_still_open_leaves_the_title(letter) -> None:
    made = letter(ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": ""})

    assert open_parts(made) == {"ky.ho_ten"}


def test_every_signer_is_asked_for(letter) -> None:
    made = letter(ky=[{"chuc_vu": "THƯ KÝ"}, {"ho_ten": "Lê Văn Mẫu"}, None])

    assert open_parts(made) == {"ky_trai.ho_ten", "ky_giua[0].chuc_vu", "ky.ho_ten", "ky.chuc_vu"}


def test_an_open_date_leaves_room_for_day_month_and_year(letter) -> None:
    words = letter(ngay=None).ngay.dai.split("\u00a0" * 6)

    assert [word.strip() for word in words] == ["ngày", "tháng", "năm", ""]


@pytest.mark.parametrize("text", ["05/3/2026", "5-3-2026", "5.3.2026", "2026-03-05", "ngày 05 tháng 3 năm 2026"])
def test_a_date_is_read_as_people_write_it(letter, text: str) -> None:
    assert letter(ngay=text).ngay == IssueDate(2026, 3, 5)


@pytest.mark.parametrize("value", ["31/6/2021", "hôm qua", 3.5, True])
def test_a_wrong_date_is_refused_in_one_language(letter, value: object) -> None:
    with pytest.raises(LetterError) as error:
        letter(ngay=value)

    assert not {"not", "Value", "error", "date"} & set(str(error.value).replace(":", " ").split())


@pytest.mark.parametrize("wrong", [{"so": "bốn"}, {"noi_nhan": 5}, {"ky": 7}, {"phu_luc": "x"}, {"trinh_bay": 3}])
def test_a_value_of_the_wrong_type_is_refused_in_one_language(letter, wrong: dict[str, Any]) -> None:
    with pytest.raises(LetterError) as error:
        letter(**wrong)

    assert "Input" not in str(error.value)
    assert "valid" not in str(error.value)


def test_room_is_left_for_words_that_are_open(letter) -> None:
    values = part_values(letter(**BLANKS))

    for part in ("dia_danh", "trich_yeu"):
        assert set(values[part]) == {"…"}
    assert set(values["kinh_gui"][0]) == set(values["noi_nhan"][0]) == {"…"}


def test_a_month_needs_its_year() -> None:
    with pytest.raises(ValueError, match="year"):
        IssueDate(None, 3)
