"""What docs/how-to/python.md promises about threads, forks, runs at the same time and outputs of one's own."""

import multiprocessing
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import Mock

import pytest

import congvan
from congvan.errors import OutputError
from congvan.register import Register

CAMPAIGN = Path(__file__).parents[2] / "examples" / "xoa-thu-tien-dien" / "campaign.yaml"
KINDS = {"cong-van": "PCM-KD", "thong-bao": "TB-PCM", "bao-cao": "BC-PCM", "to-trinh": "TTr-PCM"}


def make_letter(number):
    kind, symbol = [*KINDS.items()][number % len(KINDS)]
    return congvan.Letter(
        co_quan="CÔNG TY ĐIỆN LỰC MẪU",
        so=number,
        ky_hieu=symbol,
        dia_danh="Thanh Hóa",
        ngay="2026-03-03",
        loai=kind,
        trich_yeu="phối hợp tuyên truyền",
        kinh_gui=["Sở Công Thương"] if kind in {"cong-van", "to-trinh"} else [],
        noi_dung=f"Văn bản thứ {number}.\n\n" + "Công ty trân trọng đề nghị phối hợp.\n\n" * (number % 7),
        noi_nhan=["Như trên", "Lưu: VT, KD"],
        ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
    )


def make_pdf(number):
    return congvan.to_pdf(congvan.render_docx(make_letter(number)))


def upper_tiers():
    return congvan.plan(congvan.load_campaign(CAMPAIGN), only=["tinh", "huyen"])


def test_letters_made_by_eight_threads_have_the_bytes_of_letters_made_one_by_one():
    numbers = range(1, 49)
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(make_pdf, numbers))

    assert together == [make_pdf(number) for number in numbers]


def test_runs_in_two_threads_share_a_register_and_give_each_letter_one_number(tmp_path):
    def run(name):
        return congvan.render(upper_tiers(), tmp_path / name, tmp_path / "so.sqlite3", formats=["docx"], jobs=1)

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(run, ("a", "b"))

    assert len(first.letters) == 28
    assert [(row.so, row.docx.sha256) for row in first.letters] == [(row.so, row.docx.sha256) for row in second.letters]


def test_a_second_run_in_the_same_folder_is_refused_while_the_first_is_at_work(tmp_path):
    refused = []

    def start_another(*_):
        if not refused:
            with pytest.raises(OutputError) as error:
                congvan.render(upper_tiers(), tmp_path / "out", draft=True, formats=["docx"], jobs=1)
            refused.append(error.value.finding.code)

    congvan.render(upper_tiers(), tmp_path / "out", draft=True, formats=["docx"], jobs=1, progress=start_another)

    assert len(refused) == 1


def test_an_exception_of_ones_own_output_ends_the_run_and_reaches_the_caller(tmp_path):
    store = Mock()
    store.write.side_effect = ConnectionError("the store is full")

    with pytest.raises(ConnectionError, match="full"):
        congvan.render(upper_tiers(), store, tmp_path / "so.sqlite3", formats=["docx"], jobs=1)

    with Register.open(tmp_path / "so.sqlite3") as register:
        assert {entry.trang_thai for entry in register.entries()} == {"reserved"}


def make_pdf_in_fork(number, pipe):
    pipe.send_bytes(make_pdf(number))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
@pytest.mark.filterwarnings(
    # Python 3.12 and later warn of any fork beside threads; those of the test runner do nothing meanwhile.
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)
def test_a_fork_of_a_program_that_has_made_letters_makes_the_same():
    expected = make_pdf(4)  # engine, fonts and templates are loaded before the fork
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=make_pdf_in_fork, args=(4, theirs), daemon=True)
    child.start()

    assert ours.poll(60), "the child does not answer"
    assert ours.recv_bytes() == expected
    child.join(60)
    assert child.exitcode == 0
