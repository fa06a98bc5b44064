import copy
import inspect
import json
import pickle
import unicodedata

import pytest

from congvan.errors import LetterError
from congvan.letter import Letter


def codes(error):
    return [found.code for found in error.value.report]


def test_a_valid_letter_keeps_its_parts(letter):
    made = letter()

    assert made.so_ky_hieu == "465/PCTH-KD"
    assert made.ky.ho_ten == "Lê Văn Mẫu"
    assert made.kind.ten == "công văn"


def test_a_number_below_ten_has_a_leading_zero(letter):
    assert letter(so=5).so_ky_hieu == "05/PCTH-KD"


def test_an_open_number_leaves_room_to_write(letter):
    blank, _, symbol = letter(so=None).so_ky_hieu.partition("/")

    assert symbol == "PCTH-KD"
    assert len(blank) >= 6
    assert not blank.strip()


def test_one_addressee_may_be_given_as_a_plain_text(letter):
    assert letter(kinh_gui="UBND tỉnh Thanh Hóa").kinh_gui == ("UBND tỉnh Thanh Hóa",)


def test_text_is_kept_in_composed_form_and_otherwise_as_typed(letter):
    typed = unicodedata.normalize("NFD", "Hoà Ðức")

    assert letter(dia_danh=typed).dia_danh == "Hoà Ðức"


def test_a_letter_cannot_be_changed_after_it_is_made(letter):
    made = letter()

    with pytest.raises(Exception, match="frozen"):
        made.so = 466


def test_a_changed_copy_is_checked_like_a_new_letter(letter):
    made = letter()

    assert made.with_parts(so=466).so == 466
    with pytest.raises(LetterError):
        made.with_parts(so=0)


def test_a_letter_travels_between_processes(letter):
    made = letter(truong={"ho_ten": "Trần Thị Mẫu"})

    assert pickle.loads(pickle.dumps(made)) == made


def test_a_letter_can_be_written_as_json_and_read_again(letter):
    signers = [{"chuc_vu": "THƯ KÝ", "ho_ten": "Trần Thị Mẫu"}, {"chuc_vu": "CHỦ TỌA", "ho_ten": "Lê Văn Mẫu"}]
    made = letter(loai="ban-ghi-nho", kinh_gui=[], ky=signers, ngay=(2021, 4), truong={"bang": [{"ten": "Một"}]})

    assert Letter.from_json(made.to_json()) == made
    assert Letter.model_validate_json(made.model_dump_json()) == made
    assert Letter(**made.model_dump()) == made


@pytest.mark.parametrize("text", ["[]", "5", "{"])
def test_what_is_no_json_object_is_no_letter(text):
    with pytest.raises(ValueError, match=r"JSON|Expecting"):
        Letter.from_json(text)


def test_a_letter_in_json_is_refused_with_its_findings(letter):
    with pytest.raises(LetterError) as error:
        Letter.from_json(letter().to_json().replace("465", "0"))

    assert codes(error) == ["letter-number-impossible"]


def test_a_letter_can_be_deep_copied_and_hashed(letter):
    made = letter(truong={"bang": [1, 2]})
    copied = copy.deepcopy(made)

    assert copied == made
    assert copied.truong["bang"] is not made.truong["bang"]
    assert made.model_copy(deep=True) == made
    assert hash(copied) == hash(made)


def test_the_signature_names_the_parts_of_a_letter_and_their_defaults():
    parts = inspect.signature(Letter).parameters

    assert list(parts) == list(Letter.model_fields)
    for name, field in Letter.model_fields.items():
        default = inspect.Parameter.empty if field.is_required() else field.get_default(call_default_factory=True)
        assert parts[name].default == default, name


def test_every_missing_part_is_named_at_once():
    with pytest.raises(LetterError) as error:
        Letter(co_quan="SỞ CÔNG THƯƠNG")

    parts = {found.place.key for found in error.value.report}
    assert {"trich_yeu", "noi_dung"} <= parts


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"loai": "cong-vanh"}, "letter-kind-unknown"),
        ({"trich_yeu": "  "}, "letter-part-empty"),
        ({"noi_dung": "\n"}, "letter-part-empty"),
        ({"dia_danh": "None"}, "letter-part-not-text"),
        ({"kinh_gui": ["nan"]}, "letter-part-not-text"),
        ({"trich_yeu": "một\nhai"}, "letter-part-control-characters"),
        ({"trich_yeu": "a" * 501}, "letter-part-too-long"),
        ({"kinh_gui": ["- UBND tỉnh"]}, "letter-list-marks"),
        ({"noi_nhan": ["Như trên;"]}, "letter-list-marks"),
        ({"noi_nhan": ["Lưu: VT."]}, "letter-list-marks"),
        ({"noi_nhan": [" "]}, "letter-part-empty"),
        ({"so": 0}, "letter-number-impossible"),
        ({"ky_hieu": "PCTH KD"}, "letter-symbol-impossible"),
        ({"ky_hieu": "1/PCTH"}, "letter-symbol-impossible"),
        ({"loai": "thong-bao"}, "letter-addressee-unforeseen"),
        ({"ky": {"quyen_han": ["GIÁM ĐỐC"], "chuc_vu": "X", "ho_ten": "Y"}}, "letter-authority-unknown"),
        ({"do_khan": "GẤP"}, "letter-mark-unknown"),
        ({"do_mat": "KÍN"}, "letter-mark-unknown"),
        ({"so": "bốn"}, "letter-part-type"),
        ({"ngay": "2021-02-30"}, "letter-part-type"),
        ({"nguoi_gui": "X"}, "letter-part-unknown"),
    ],
)
def test_nonsense_is_refused_with_a_clear_code(letter, parts, code):
    with pytest.raises(LetterError) as error:
        letter(**parts)

    assert code in codes(error)


@pytest.mark.parametrize(
    ("parts", "place", "words"),
    [
        ({"kinh_gui": [{"nhom": "Các sở", "gom": ["A"], "ten": "x"}]}, "kinh_gui[0].ten", "nhom, gom"),
        ({"kinh_gui": ["Sở A", {"nhom": "Các sở"}]}, "kinh_gui[1].gom", "kinh_gui[1].gom"),
        ({"ky": {"chuc": "X", "ho_ten": "Lê Mẫu"}}, "ky.chuc", "chuc_vu"),
        ({"phu_luc": [{"tieu_de": "A", "noi_dung": "B", "ten": "C"}]}, "phu_luc[0].ten", "tieu_de"),
        ({"noi_nhan": ["Như trên", 5]}, "noi_nhan[1]", "5"),
    ],
)
def test_a_wrong_part_within_a_part_is_named_as_it_is_written(letter, parts, place, words):
    with pytest.raises(LetterError) as error:
        letter(**parts)

    (found,) = error.value.report
    assert found.place.key == place
    assert words in f"{found.message} {found.hint}"


def test_every_refusal_says_what_to_do_in_both_languages(letter):
    from congvan.findings import set_language

    with pytest.raises(LetterError) as error:
        letter(kinh_gui=["Sở A;"], so=0)

    vietnamese = [(found.message, found.hint) for found in error.value.report]
    set_language("en")
    try:
        english = [(found.message, found.hint) for found in error.value.report]
    finally:
        set_language("vi")
    assert len(vietnamese) == 2
    assert all(message and hint for message, hint in vietnamese + english)
    assert not set(vietnamese) & set(english)


def test_a_refused_letter_is_a_value_error_too(letter):
    with pytest.raises(ValueError, match="letter-number-impossible"):
        letter(so=-1)


def test_two_signatures_stand_left_and_right(letter):
    signers = [{"chuc_vu": "THƯ KÝ", "ho_ten": "Trần Thị Mẫu"}, {"chuc_vu": "CHỦ TỌA", "ho_ten": "Lê Văn Mẫu"}]
    made = letter(loai="ban-ghi-nho", kinh_gui=[], ky=signers)

    assert (made.ky_trai.ho_ten, made.ky.ho_ten) == ("Trần Thị Mẫu", "Lê Văn Mẫu")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"tham_quyen": "GIÁM ĐỐC"}, "letter-kind-part-unforeseen"),
        ({"van_ban_kem_theo": {"loai": "la", "trich_yeu": "x", "noi_dung": "y"}}, "letter-kind-unknown"),
        ({"kinh_gui": [{"nhom": "Các sở", "gom": []}]}, "letter-part-type"),
        ({"kinh_gui": [{"nhom": "Các sở", "gom": ["- A"]}]}, "letter-list-marks"),
        ({"kinh_gui": [{"nhom": " ", "gom": ["A"]}]}, "letter-part-empty"),
    ],
)
def test_a_part_that_does_not_belong_or_is_not_sound_is_refused(letter, parts, code):
    with pytest.raises(LetterError) as error:
        letter(**parts)

    assert code in [found.code for found in error.value.report]


def test_everybody_a_letter_goes_to_is_known_one_by_one(letter):
    made = letter(kinh_gui=[{"nhom": "Các sở", "gom": ["Sở A", "Sở B"]}, "UBND tỉnh"])

    assert made.nguoi_nhan == ("Sở A", "Sở B", "UBND tỉnh")


@pytest.mark.parametrize(
    "style",
    [{"le_trai": 29}, {"le_phai": 21}, {"co_chu": 12}, {"thut_dong": 11}, {"gian_dong": 1.6}, {"cach_doan": 3}],
)
def test_an_offices_style_stays_inside_the_decree(letter, style):
    with pytest.raises(LetterError) as error:
        letter(trinh_bay=style)

    assert [found.code for found in error.value.report] == ["letter-style-out-of-range"]
    assert error.value.report.findings[0].place.key == f"trinh_bay.{next(iter(style))}"


@pytest.mark.parametrize(
    "validate", [Letter.model_validate, lambda parts: Letter.model_validate_json(json.dumps(parts))]
)
@pytest.mark.parametrize(
    ("part", "value", "code"), [("so", 0, "letter-number-impossible"), ("so", "x", "letter-part-type")]
)
def test_parts_from_elsewhere_are_refused_as_by_the_constructor(letter, validate, part, value, code):
    parts = json.loads(letter().to_json())
    with pytest.raises(LetterError) as error:
        validate({**parts, part: value})

    assert [found.code for found in error.value.report] == [code]
