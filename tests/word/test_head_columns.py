"""The head of a letter: place and date on one line under quốc hiệu, whatever the unit, the month and the margins."""

import csv
import io
import shutil
from itertools import product

import pytest
from pypdf import PdfReader

from congvan.decree.measures import COMPONENTS, QUOC_HIEU_TEXT
from congvan.errors import LetterError
from congvan.letter import TrinhBay
from congvan.letter.office_style import measures_of
from congvan.pdf import to_pdf
from congvan.recipients.units.unit_list import ERAS
from congvan.run.documents import to_pdfs
from congvan.text.dates import long_date
from congvan.text.width import text_width
from congvan.word import render_docx
from congvan.word.builtin.style_sheet import RIGHT_COLUMN
from congvan.word.header import head_columns

DATES = [long_date(2026, month, 28) for month in range(1, 13)]
"""Every month with a day of two digits; all digits are equally wide."""

SIZE = COMPONENTS["dia_danh_ngay"].size


def names() -> list[str]:
    """Every province, district and commune of the three eras, with its kind word, as a letter may name its place."""
    rows = (row for era in ERAS for row in csv.DictReader(era.units_file.read_text(encoding="utf-8-sig").splitlines()))
    return sorted({row[level] for row in rows for level in ("province", "district", "commune") if level in row})


@pytest.mark.parametrize(
    "style", [TrinhBay(), TrinhBay(le_trai=35), TrinhBay(le_phai=15)], ids=["30-20", "35-20", "30-15"]
)
def test_every_unit_and_month_fits_on_one_line_beside_an_ordinary_number(style: TrinhBay) -> None:
    whole = measures_of(style).page.text_width.pt
    number = text_width("Số: 123/UBND", COMPONENTS["so_ky_hieu"].size)
    every = names()

    assert len(every) > 10_000
    for name, day in product(every, DATES):
        text = f"{name}, {day}"
        columns = head_columns(text, whole, RIGHT_COLUMN.pt, SIZE)
        assert text_width(text, SIZE, italic=True) < columns.right_pt, name
        assert number < columns.left_pt, name


def test_the_column_is_as_wide_as_usual_for_short_names() -> None:
    assert head_columns(f"Thanh Hóa, {DATES[10]}", 453.5, RIGHT_COLUMN.pt, SIZE).right_pt == RIGHT_COLUMN.pt


def widest(count: int) -> list[str]:
    return sorted(names(), key=lambda name: text_width(name, SIZE, italic=True), reverse=True)[:count]


def text_of(pdf: bytes) -> str:
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\u00a0", " ")


def test_the_200_widest_names_are_printed_on_one_line(letter) -> None:
    places = widest(200)
    letters = [
        letter(dia_danh=name, ngay="28/11/2026", ky_hieu="UBND", co_quan=f"UBND {name.upper()}") for name in places
    ]

    for name, pdf in zip(places, to_pdfs((render_docx(one) for one in letters), jobs=1), strict=True):
        lines = text_of(pdf).splitlines()
        assert any(f"{name}, ngày 28 tháng 11 năm 2026" in line for line in lines), name
        assert any(QUOC_HIEU_TEXT in line for line in lines), name


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
@pytest.mark.parametrize(
    "name", ["Thành phố Hồ Chí Minh", "Phường Nguyễn Thị Minh Khai", "Thành phố Phan Rang - Tháp Chàm"]
)
def test_libreoffice_prints_them_on_one_line_too(letter, name: str) -> None:
    made = letter(dia_danh=name, ngay="28/11/2026", ky_hieu="UBND")

    assert f"{name}, ngày 28 tháng 11 năm 2026" in text_of(to_pdf(render_docx(made), "libreoffice"))


def test_a_copy_has_a_head_of_its_own_width(letter) -> None:
    copy = {
        "hinh_thuc": "sao-y",
        "co_quan": "UBND PHƯỜNG NGUYỄN THỊ MINH KHAI",
        "ky_hieu": "SY-UBND",
        "dia_danh": "Phường Nguyễn Thị Minh Khai",
        "ngay": "28/11/2026",
        "noi_nhan": ["Như trên"],
        "ky": {"chuc_vu": "CHỦ TỊCH", "ho_ten": "Lê Văn Mẫu"},
    }

    assert "Phường Nguyễn Thị Minh Khai, ngày 28 tháng 11 năm 2026" in text_of(
        to_pdf(render_docx(letter(ban_sao=copy)))
    )


def test_what_cannot_stand_on_one_line_is_refused_with_both_texts(letter) -> None:
    with pytest.raises(LetterError, match="letter-head-too-wide"):
        letter(dia_danh="Thị trấn Nông trường Việt Trung", ngay="28/12/2026", ky_hieu="UBND-KTHTĐT-QLDA-NNMT")
    with pytest.raises(LetterError, match="letter-head-too-wide"):
        letter(dia_danh="Ủy ban nhân dân phường Văn Miếu - Quốc Tử Giám, thành phố Hà Nội")
