"""The list of receipts, filled in by spreadsheet programs and read back."""

import io
import shutil
import subprocess
from datetime import date

import openpyxl
import pytest

from congvan.office.receipts import COLUMNS, read_receipts, receipt_list

TODAY = date(2021, 7, 1)
DAY, SIGNER, KEY = (
    next(at for at, one in enumerate(COLUMNS, start=1) if one.head == name)
    for name in ("Ngày nhận", "Người ký nhận", "Khóa")
)


@pytest.fixture
def filled(consignment, tmp_path):
    """Fills lines of the list as a clerk does: ``filled({2: (day, signer)})`` gives the path."""

    def fill(lines, name="ky-nhan.xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(receipt_list(consignment, duplex=True)))
        for row, (day, signer) in lines.items():
            book.active.cell(row, DAY).value = day
            book.active.cell(row, SIGNER).value = signer
        path = tmp_path / name
        book.save(path)
        return path

    return fill


def test_the_list_has_a_line_for_each_recipient_with_the_key_of_its_letter(consignment):
    sheet = openpyxl.load_workbook(io.BytesIO(receipt_list(consignment, duplex=True))).active
    rows = list(sheet.iter_rows(values_only=True))

    assert len(rows) == 1 + len(consignment.copies)
    assert rows[1] == (
        1,
        "xã Đại Lộc",
        "Thôn Y Ngô",
        "Ông Đinh Công Ngạn",
        "18/ĐLHL",
        1,
        None,
        None,
        None,
        "dot/thon/18",
    )


def test_days_and_signers_come_back_by_letter(filled):
    path = filled({2: (date(2021, 6, 22), "Đinh Công Ngạn"), 4: ("23/6/2021", "Lò Ón")})
    receipts, findings = read_receipts(path, TODAY)

    assert findings == []
    assert {khoa: (one.ngay, one.nguoi_ky) for khoa, one in receipts.items()} == {
        "dot/thon/18": (date(2021, 6, 22), "Đinh Công Ngạn"),
        "dot/thon/20": (date(2021, 6, 23), "Lò Ón"),
    }


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_list_saved_by_libreoffice_comes_back(filled, tmp_path):
    path = filled({2: (date(2021, 6, 22), "Đinh Công Ngạn")})
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    if not (tmp_path / "ky-nhan.ods").exists():
        pytest.skip("LibreOffice has no Calc here")
    receipts, findings = read_receipts(tmp_path / "ky-nhan.ods", TODAY)

    assert findings == []
    assert [(one.ngay, one.nguoi_ky) for one in receipts.values()] == [(date(2021, 6, 22), "Đinh Công Ngạn")]


@pytest.mark.parametrize(
    ("day", "signer", "code"),
    [
        (None, "Đinh Công Ngạn", "delivery-without-day"),
        ("hôm qua", "Đinh Công Ngạn", "delivery-day-unreadable"),
        (date(2031, 6, 22), "Đinh Công Ngạn", "delivery-day-in-future"),
    ],
)
def test_a_line_that_cannot_be_right_is_named(filled, day, signer, code):
    receipts, findings = read_receipts(filled({2: (day, signer)}), TODAY)

    assert receipts == {}
    assert [(one.code, one.place.row) for one in findings] == [(code, 2)]


def test_a_list_without_keys_says_so(consignment, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(receipt_list(consignment, duplex=True)))
    book.active.delete_cols(KEY)
    book.save(tmp_path / "x.xlsx")

    assert [one.code for one in read_receipts(tmp_path / "x.xlsx", TODAY)[1]] == ["delivery-list-without-keys"]
