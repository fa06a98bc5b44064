"""What a run says in the register beside its numbers."""

import itertools
from dataclasses import replace
from datetime import date

import pytest

import congvan
from congvan.errors import CampaignError, RegisterError
from congvan.findings import Report
from congvan.register import Register, State
from congvan.register.book.printed_book import printed_book


@pytest.fixture
def book(project):
    def entries():
        with Register.open(project.register) as register:
            assert register.verify().ok
            return {line.khoa.removeprefix("thu-nghiem-2021/"): line for line in register.entries()}

    return entries


def test_the_book_says_who_signed_who_receives_it_who_keeps_it_and_how_many_copies_go_out(project, book):
    project.change("dot.yaml", 'noi_nhan: [Như trên, "Lưu: VT, KD"]', 'noi_nhan: [Như trên, Các phòng, "Lưu: VT, KD"]')
    project.render()
    (company,) = [line for key, line in book().items() if key.startswith("tinh/")]
    hamlet = book()["thon/16015-02"]

    assert company.nguoi_ky == "Lê Văn Mẫu"
    assert company.noi_nhan == "Ủy ban nhân dân tỉnh Thanh Hóa; Sở Công Thương tỉnh Thanh Hóa; Các phòng"
    assert (company.don_vi_luu, company.so_ban) == ("VT, KD", 3)
    assert (hamlet.nguoi_ky, hamlet.noi_nhan) == (
        "Cao Thị Thử",
        "Bà Trịnh Thị Quế, Trưởng thôn Đại Hữu, xã Đại Lộc, huyện Hậu Lộc",
    )
    assert (hamlet.don_vi_luu, hamlet.so_ban) == ("VT", 1)


def test_letters_of_one_number_stand_in_one_line_with_all_who_receive_them(project, book):
    project.change("dot.yaml", "noi_dung: thon.md", "noi_dung: thon.md\n    danh_so: mot_so")
    project.render()
    line = book()["thon/dlhl"]

    assert line.so_ban == 3
    assert line.noi_nhan.count("; ") == 2


def test_of_very_many_who_receive_it_the_book_names_a_few(project, book):
    project.change("dot.yaml", "noi_dung: thon.md", "noi_dung: thon.md\n    danh_so: mot_so")
    rows = (
        f"16015-{number},400,huyện Hậu Lộc,16015,xã Đại Lộc,thôn {number},thôn,Lê Văn Mẫu {number},Ông\n"
        for number in range(10, 40)
    )
    with (project.folder / "thon.csv").open("a", encoding="utf-8") as file:
        file.writelines(rows)
    project.render(formats=["docx"])
    line = book()["thon/dlhl"]

    assert line.so_ban == 33
    assert line.noi_nhan.endswith("… (tất cả 33 nơi nhận)")
    assert line.noi_nhan.count("; ") == 2


COPIES = """\
    ban_sao:
      hinh_thuc: sao-y
      ngay: 2021-04-12
      noi_nhan: [Các phòng, "Lưu: VT"]
      ky: {quyen_han: [TL. GIÁM ĐỐC], chuc_vu: CHÁNH VĂN PHÒNG, ho_ten: Vũ Văn Mẫu}
"""


def test_copies_are_added_beside_letters_that_stay_as_they_are(project, book):
    project.render(formats=["docx"])
    originals, numbers = project.files(project.folder / "out"), book()
    project.change("dot.yaml", "    mot_van_ban_cho: cap\n", f"    mot_van_ban_cho: cap\n{COPIES}")
    run = project.render(formats=["docx"])
    entries, files = book(), project.files(project.folder / "out")
    copy = entries.pop("tinh/tinh/sao-y")

    assert entries == numbers
    assert (copy.chuoi, copy.so, copy.ky_hieu, copy.trang_thai) == ("sao", 1, "SY-PCTH", State.RESERVED)
    (printed,) = printed_book(copy.series, [copy]).lines
    assert printed[:6] == (
        "01/SY-PCTH", "12/4/2021", "Sao y công văn V/v phối hợp tuyên truyền", "Vũ Văn Mẫu", "Các phòng", "VT",
    )  # fmt: skip
    letters = {name: content for name, content in originals.items() if name.endswith(".docx")}
    assert {name for name in files if name.endswith(".docx")} - letters.keys() == {"1-tinh/ban-sao/001_01-SY-PCTH.docx"}
    assert letters.items() <= files.items()
    assert [(row.so, row.ky_hieu, row.ngay, row.loai, row.kinh_gui) for row in run.letters if row.loai == "sao-y"] == [
        (1, "SY-PCTH", "2021-04-12", "sao-y", ("Các phòng",))
    ]
    lines = congvan.facts(project.folder / "out" / "1-tinh" / "ban-sao" / "001_01-SY-PCTH.docx").lines
    assert {"Số: 465/PCTH-KD", "SAO Y", "Số: 01/SY-PCTH"} <= {line.text for line in lines}


def test_a_run_without_a_register_is_refused_where_letters_take_numbers(project):
    with pytest.raises(CampaignError) as error:
        project.render(register=None)

    assert [found.code for found in error.value.report.errors] == ["register-required"]
    assert not (project.folder / "out").exists()


class OfficeSystem:
    """An office system that gives numbers itself: here it counts, and moves on behind the run's back."""

    def __init__(self, moves=0):
        self.taken, self.issued, self._next, self._moves = {}, [], 1, moves

    def _numbers(self, requests):
        free = iter(range(self._next, self._next + len(requests)))
        return {one.khoa: self.taken.get(one.khoa) or next(free) for one in requests}

    def preview(self, requests):
        return Report(), self._numbers(requests)

    def numbers_of(self, keys):
        return {key: self.taken[key] for key in keys if key in self.taken}

    def reserve(self, requests, *, expected):
        if self._moves:
            self._moves, self._next = self._moves - 1, self._next + 10
        numbers = self._numbers(requests)
        if numbers == expected:
            self.taken |= numbers
        return numbers

    def issue(self, keys):
        self.issued += keys


def test_an_office_system_may_give_the_numbers(project):
    office = OfficeSystem()
    run = project.render(register=office)

    assert [row.so for row in run.letters] == list(range(1, 10))
    assert office.issued == []
    congvan.issue(run)
    assert office.issued == list(office.taken)


def test_letters_whose_numbers_another_run_took_meanwhile_are_staged_again_with_others(project, word_text):
    office = OfficeSystem(moves=1)
    run = project.render(register=office)

    assert [row.so for row in run.letters] == list(range(11, 20))
    texts = [word_text((project.folder / "out" / row.docx.path).read_bytes()) for row in run.letters]
    assert all(f"Số: {row.so}/{row.ky_hieu}" in text for row, text in zip(run.letters, texts, strict=True))
    assert any("Công văn số 12/ĐLHL" in line for line in texts[3])


def test_a_register_that_keeps_moving_and_cannot_be_held_is_a_finding_and_no_number_is_taken(project):
    office = OfficeSystem(moves=99)
    with pytest.raises(RegisterError) as error:
        project.render(register=office)

    assert [found.code for found in error.value.report] == ["register-moving"]
    assert office.taken == {}


def test_a_book_that_keeps_moving_is_held_while_letters_are_staged(project, book, monkeypatch):
    reserve = Register.reserve

    def quicker(self, requests, *, expected=None):
        """Another run takes a number of each series just before."""
        others = [replace(one, khoa=f"khac/{next(count)}", ngay=date(2021, 4, 5)) for one in requests]
        reserve(self, others)
        return reserve(self, requests, expected=expected)

    count = itertools.count()
    monkeypatch.setattr(Register, "reserve", quicker)
    run = project.render()

    numbers = {key: line.so for key, line in book().items()}
    assert run.report.ok
    assert [numbers[row.khoa.removeprefix("thu-nghiem-2021/")] for row in run.letters] == [
        row.so for row in run.letters
    ]
    assert min(row.so for row in run.letters) > 2
