"""``ngay: hom-nay``: a run dates what it numbers today, and leaves what was numbered before on its day."""

from datetime import date

import pytest

import congvan
from congvan.errors import CampaignError, RegisterError
from congvan.findings import Report
from congvan.register import Register
from congvan.run import preview_numbers

MONDAY, TUESDAY, NEXT_YEAR = date(2021, 6, 21), date(2021, 6, 22), date(2022, 1, 4)


@pytest.fixture
def office(project):
    """The campaign, its hamlet letters dated when they are numbered; ``render(day, …)`` and ``dates()`` of the book."""
    project.change("dot.yaml", "ngay: 2021-06-21", "ngay: hom-nay")

    def planned(day):
        return congvan.plan(congvan.load_campaign(project.campaign, today=day))

    def render(day, **given):
        options = {"out": project.folder / "out", "register": project.register, "formats": ["docx"], **given}
        return congvan.render(planned(day), **options)

    def dates():
        with Register.open(project.register) as register:
            return {line.khoa.rpartition("/")[2]: line.ngay for line in register.entries() if "/thon/" in line.khoa}

    project.plan, project.render, project.dates = planned, render, dates
    return project


def hamlets(run):
    return {row.ma: (row.so, row.ngay) for row in run.letters if row.cap == "thon"}


def test_a_run_on_a_later_day_changes_neither_number_nor_date_nor_file(office, here):
    first = office.render(MONDAY, executor=here)
    before = office.files(office.folder / "out")

    second = office.render(TUESDAY, executor=here)

    assert hamlets(second) == hamlets(first)
    assert {day for _, day in hamlets(first).values()} == {"2021-06-21"}
    assert office.files(office.folder / "out") == before
    assert set(office.dates().values()) == {MONDAY}


def test_a_recipient_who_is_added_later_gets_the_day_of_his_number(office, here):
    office.render(MONDAY, executor=here)
    with (office.folder / "thon.csv").open("a", encoding="utf-8") as file:
        file.write("14812-04,381,thị xã Bỉm Sơn,14812,phường Bắc Sơn,khu phố 4,khu phố,Lê Văn Mẫu,Ông\n")

    run = office.render(TUESDAY, executor=here)

    assert office.dates()["14812-04"] == TUESDAY
    assert {day for key, day in office.dates().items() if key != "14812-04"} == {MONDAY}
    path = next(row for row in run.letters if row.ma == "14812-04").docx.path
    lines = [line.text for line in congvan.facts(office.folder / "out" / path).lines]
    assert [line for line in lines if "ngày 22 tháng 6 năm 2021" in line]


def test_numbers_taken_before_a_run_was_cut_short_keep_their_day(office, here):
    with Register.open(office.register) as register:
        register.reserve(office.plan(MONDAY).number_requests())

    office.render(TUESDAY, executor=here)

    assert set(office.dates().values()) == {MONDAY}


def test_the_year_of_a_number_stays_over_the_turn_of_the_year(office, here):
    office.change("dot.yaml", "thang_thuc_hien: 2021-09", "thang_thuc_hien: 2022-03")
    first = office.render(date(2021, 12, 31), executor=here)

    assert hamlets(office.render(NEXT_YEAR, executor=here)) == hamlets(first)


def test_a_draft_has_the_day_of_the_day_and_touches_no_register(office, here):
    run = office.render(TUESDAY, executor=here, draft=True, register=None)

    assert {day for _, day in hamlets(run).values()} == {"2021-06-22"}
    assert not office.register.exists()


def test_the_plan_shows_the_days_that_the_register_keeps(office, here):
    assert {item.letter.ngay.day for item in preview_numbers(office.plan(TUESDAY), office.register).items[3:]} == {
        TUESDAY
    }
    assert not office.register.exists()
    office.render(MONDAY, executor=here)

    shown = preview_numbers(office.plan(TUESDAY), office.register)

    assert {item.letter.ngay.day for item in shown.items if item.cap == "thon"} == {MONDAY}


def test_a_day_before_the_letters_above_is_found_before_anything_is_numbered(office, here):
    early = date(2021, 6, 4)

    assert [one.code for one in congvan.check(office.plan(early), office.register).errors] == [
        "campaign-date-backwards"
    ]
    with pytest.raises(CampaignError, match="campaign-date-backwards"):
        office.render(early, executor=here)
    assert not office.register.exists()


class OfficeSystem:
    """An office system that gives numbers itself and tells no dates."""

    def __init__(self):
        self.taken = {}

    def preview(self, requests):
        return Report(), {one.khoa: number for number, one in enumerate(requests, start=1)}

    def numbers_of(self, keys):
        return {key: self.taken[key] for key in keys if key in self.taken}

    def reserve(self, _requests, *, expected):
        self.taken |= expected
        return expected

    def issue(self, keys):
        pass


def test_a_register_that_tells_no_dates_numbers_once_and_then_says_so(office, here):
    system = OfficeSystem()
    assert {day for _, day in hamlets(office.render(MONDAY, executor=here, register=system)).values()} == {"2021-06-21"}

    with pytest.raises(RegisterError) as refused:
        office.render(TUESDAY, executor=here, register=system)

    assert [(one.code, one.values["count"]) for one in refused.value.report] == [("register-day-untold", "6")]
