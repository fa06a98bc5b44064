"""What a clerk has before the day begins: a messy list."""

import xlsxwriter

TITLES = ("STT", "Mã tỉnh", "Tỉnh", "Mã xã", "Xã", "Thôn", "Loại", "Họ và tên", "Ông/Bà")
ROWS = (
    ("1", "38", "tỉnh Thanh Hóa", "14812", "phường Bỉm Sơn", "khu phố 1", "khu phố", "PHÙNG KHẮC THỬ", "Ô"),
    ("2", "38", "tỉnh Thanh Hóa", "14812", "phường Bỉm Sơn", "khu phố 2", "khu phố", "Nghiêm Thị Mẫu", "Bà"),
    ("3", "38", "tỉnh Thanh Hóa", "16012", "xã Hậu Lộc", "thôn Trung Thắng", "thôn", "", "Ông"),
    ("4", "38", "tỉnh Thanh Hóa", "16012", "xã Hậu Lộc", "thôn Tân Hưng", "thôn", "trịnh thị giả", "Bà"),
)


def write_messy_list(path, rows=ROWS):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Danh sách")
        for at, row in enumerate((TITLES, *rows)):
            sheet.write_row(at, 0, row)
    return path


def rows_for(count):
    return [
        (str(at), "38", "tỉnh Thanh Hóa", "16012", "xã Hậu Lộc", f"thôn {at}", "thôn", f"Lê Văn {_name(at)}", "Ông")
        for at in range(1, count + 1)
    ]


def _name(number):
    letters = "ABCDEGHIKLMN"
    name = ""
    while number:
        number, at = divmod(number, len(letters))
        name += letters[at]
    return name.capitalize()
