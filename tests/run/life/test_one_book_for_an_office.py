"""One book for an office: two campaigns at once in two processes, and the end of a year."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime
from textwrap import dedent

import pytest

import congvan
from congvan.register import Register, State

BODIES = (
    "ma,co_quan,ten_thuong,ky_hieu,dia_danh,so_bat_dau\ndlhl,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc,{first}\n"
)
CAMPAIGN = """\
ma: {ma}
ten: Thử nghiệm
he_thong_cap: [xa]
don_vi: don-vi.csv
cap:
  - cap: xa
    don_vi: dlhl
    loai: cong-van
    ngay: {ngay}
    trich_yeu: phối hợp
    nguoi_nhan: xa.csv
    mot_van_ban_cho: nguoi_nhan
    noi_dung: xa.md
    noi_nhan: [Như trên, "Lưu: VT"]
    ky: {{chuc_vu: GIÁM ĐỐC, ho_ten: Cao Thị Thử}}
"""
AFTER = datetime(2027, 1, 4, 9, tzinfo=UTC)


def write(folder, ma, *, letters, ngay="2026-12-31", first="12"):
    home = folder / ma
    home.mkdir(exist_ok=True)
    (home / "dot.yaml").write_text(dedent(CAMPAIGN.format(ma=ma, ngay=ngay)), encoding="utf-8")
    (home / "don-vi.csv").write_text(BODIES.format(first=first), encoding="utf-8")
    (home / "xa.md").write_text("Kính đề nghị {{ ten }} phối hợp.", encoding="utf-8")
    rows = [f"{number:03},xã Thử {number},UBND xã Thử {number}" for number in range(1, letters + 1)]
    (home / "xa.csv").write_text("\n".join(["ma,xa,ten", *rows, ""]), encoding="utf-8")
    return home


def after_new_year():
    return AFTER


def render_and_issue(home, register):
    """One campaign from its file to issued letters; their numbers."""
    plan = congvan.plan(congvan.load_campaign(home / "dot.yaml"))
    with ThreadPoolExecutor(1) as here:
        run = congvan.render(plan, home / "out", register, formats=["docx"], executor=here)
    congvan.issue(run, clock=after_new_year)
    return [row.so for row in run.letters]


@pytest.mark.parametrize("where", ["file", "server"])
def test_two_campaigns_at_once_in_two_processes_share_one_series(tmp_path, where, request):
    register = tmp_path / "so.sqlite3" if where == "file" else request.getfixturevalue("postgresql_url")
    homes = [write(tmp_path, ma, letters=40) for ma in ("mot", "hai")]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as processes:
        runs = [processes.submit(render_and_issue, home, register) for home in homes]
        numbers = [run.result(120) for run in runs]
    assert sorted([*numbers[0], *numbers[1]]) == list(range(12, 92))
    assert all(some == sorted(some) for some in numbers)
    with Register.open(register) as book:
        assert {line.trang_thai for line in book.entries()} == {State.ISSUED}
        assert len(book.letters.all()) == 80
        assert book.verify().ok


@pytest.mark.parametrize(("first", "begins"), [("12", 1), ("2026:12 2027:101", 101), ("2026:12; 2027:101", 101)])
def test_letters_of_the_last_day_and_of_the_first_are_in_the_series_of_their_years(tmp_path, first, begins):
    register = tmp_path / "so.sqlite3"
    old = write(tmp_path, "cu", letters=3, first=first)
    assert render_and_issue(old, register) == [12, 13, 14]
    new = write(tmp_path, "moi", letters=3, ngay="2027-01-01", first=first)
    assert render_and_issue(new, register) == [begins, begins + 1, begins + 2]
    late = write(tmp_path, "sot", letters=2, first=first)
    assert render_and_issue(late, register) == [15, 16]
    with Register.open(register) as book:
        series = {(line.nam, line.so) for line in book.entries()}
        assert series == {*((2026, so) for so in range(12, 17)), *((2027, begins + at) for at in range(3))}
        assert book.verify().ok


def test_a_letter_of_the_old_year_replaced_in_the_new_takes_a_number_of_the_new(tmp_path):
    register = tmp_path / "so.sqlite3"
    home = write(tmp_path, "cu", letters=3)
    render_and_issue(home, register)
    (home / "xa.md").write_text("Kính đề nghị {{ ten }} phối hợp ngay.", encoding="utf-8")
    plan = congvan.plan(congvan.load_campaign(home / "dot.yaml"))
    with ThreadPoolExecutor(1) as here:
        run = congvan.replace(
            plan, ["14/ĐLHL@2026"], home / "out", register, formats=["docx"], executor=here, clock=after_new_year
        )
    (row,) = run.letters
    assert (row.so, row.ngay) == (1, "2027-01-04")
    congvan.issue(plan, home / "out", register, clock=after_new_year)
    with Register.open(register) as book:
        assert [(line.nam, line.so) for line in book.entries()] == [(2026, 12), (2026, 13), (2026, 14), (2027, 1)]
        assert book.verify().ok
