"""Lists that are no files: an office system hands its own rows over."""

from dataclasses import dataclass

import pytest

from congvan.errors import DirectoryError, UnreadableFileError
from congvan.findings import Place
from congvan.recipients import (
    ListFile,
    OpenDirectory,
    RecipientSource,
    Sheet,
    SheetRow,
    check_list,
    convert_list,
    is_address,
    read_directory,
    recipient_source,
    write_marked_copy,
)

HAMLETS = [
    ("Xã", "Thôn", "Họ và tên", "Điện thoại"),
    ("Đa Lộc", "Thôn 1", "Trịnh Văn Mẫu", "950000001"),
    ("Đa Lộc", "Thôn 2", "", ""),
]


@dataclass
class StaffSystem:
    """What an office system would write to plug in."""

    rows: list
    name: str = "hệ thống nhân sự"
    read: int = 0

    def sheets(self):
        return [Sheet(Place(file=self.name), self._rows(), has_titles=True)]

    def _rows(self):
        for number, cells in enumerate(self.rows):
            self.read += 1
            yield SheetRow(Place(file=self.name, row=number), cells)


def test_a_source_of_ones_own_is_read_like_a_file(text_file, units_of_2021):
    source = StaffSystem(HAMLETS)
    path = text_file("thon.csv", "\n".join(",".join(row) for row in HAMLETS))

    theirs = read_directory(source, "thon", units=units_of_2021, ma_tinh="38")

    assert isinstance(source, RecipientSource)
    assert theirs.recipients == read_directory(path, "thon", units=units_of_2021, ma_tinh="38").recipients
    assert [(found.code, found.place.text("en")) for found in theirs.report] == [
        ("recipients-zero-restored", "hệ thống nhân sự, row 1, column Điện thoại"),
        ("recipients-value-missing", "hệ thống nhân sự, row 2, column Họ và tên"),
    ]


def test_its_columns_are_taken_at_their_word_even_where_congvan_knows_none():
    told = check_list(StaffSystem([("a", "b"), ("1", "2")])).report

    assert [found.code for found in told] == ["recipients-tier-unclear"]


def test_a_list_of_any_length_is_read_row_by_row():
    source = StaffSystem([("Tên",), *((f"Sở {number}",) for number in range(1000))])
    recipients = iter(OpenDirectory(source, "tinh"))

    assert next(recipients).ten == "Sở 0"
    assert source.read < 50


def test_the_columns_say_of_which_tier_a_list_is(text_file):
    tiers = {
        "xa,thon,ho_ten": "thon",
        "Mã xã,Thôn,Họ tên": "thon",
        "huyen,xa,ten": "xa",
        "Mã huyện,Tên cơ quan": "huyen",
        "STT,Nơi nhận": "tinh",
    }

    assert {titles: check_list(text_file("ds.csv", f"{titles}\n1,2,3\n"), scope=()).cap for titles in tiers} == tiers


def test_a_source_can_be_marked_and_converted_too(tmp_path):
    report = check_list(StaffSystem(HAMLETS), "thon").report
    write_marked_copy(StaffSystem(HAMLETS), report, tmp_path / "danh-dau.xlsx")
    count, _ = convert_list(StaffSystem(HAMLETS), tmp_path / "ds.csv")

    assert (tmp_path / "danh-dau.xlsx").stat().st_size > 0
    assert count == 2


def test_what_is_an_address_and_what_a_file():
    assert is_address("postgresql://may/ds?query=SELECT 1")
    assert is_address("sqlite:///ds.db")
    assert not is_address("C:\\danh sách\\thôn.xlsx")
    assert not is_address("../ds.csv")
    assert recipient_source("ds.xlsx", sheet="Thôn").name == "ds.xlsx"


@pytest.mark.parametrize("choice", [{"sheet": "Thôn"}, {"encoding": "vni"}])
def test_a_sheet_or_an_encoding_is_a_choice_of_files_only(choice):
    for listed in (StaffSystem(HAMLETS), "sqlite:///ds.db?query=SELECT 1"):
        with pytest.raises(DirectoryError) as refused:
            recipient_source(listed, **choice)
        assert [found.code for found in refused.value.report] == ["recipients-choice-of-files"]


def test_a_sheet_of_a_file_without_sheets_is_refused_instead_of_being_overlooked(text_file):
    with pytest.raises(UnreadableFileError, match="Thôn"):
        ListFile(text_file("ds.csv", "ten\nBáo\n"), sheet="Thôn").sheets()
