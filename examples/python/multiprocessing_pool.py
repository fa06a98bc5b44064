"""Letters by a pool of spawned processes; a letter that is refused arrives as the same error as in one process.

Run: ``python multiprocessing_pool.py FOLDER``

It makes four letters by two processes, of which one has no text, and writes the three others to the folder. For many
letters of one template ``congvan.render`` has processes of its own and is much quicker: it converts them in bundles.
"""

from __future__ import annotations

import sys
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import congvan
from congvan.errors import LetterError

TEXT = "Công ty trân trọng đề nghị quý cơ quan phối hợp."
LETTERS = {"Sở Công Thương": TEXT, "Sở Tài chính": TEXT, "Sở Nội vụ": "", "Sở Xây dựng": TEXT}


def make_letter(addressee: str, text: str) -> congvan.Letter:
    """One letter; it can be pickled, and so can the error."""
    return congvan.Letter(
        co_quan="CÔNG TY ĐIỆN LỰC MẪU",
        ky_hieu="PCM-KD",
        dia_danh="Thanh Hóa",
        ngay=date(2026, 3, 3),
        trich_yeu="phối hợp tuyên truyền",
        kinh_gui=[addressee],
        noi_dung=text,
        noi_nhan=["Như trên", "Lưu: VT, KD"],
        ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
    )


def make_pdf(addressee: str, text: str) -> tuple[congvan.Letter, bytes]:
    """The letter and its PDF."""
    letter = make_letter(addressee, text)
    return letter, congvan.to_pdf(congvan.render_docx(letter))


def main(folder: Path) -> None:
    """Make all letters, and print what became of each."""
    with get_context("spawn").Pool(2) as pool:
        tasks = [pool.apply_async(make_pdf, letter) for letter in LETTERS.items()]
        for number, task in enumerate(tasks, start=1):
            try:
                letter, pdf = task.get()
            except LetterError as error:
                print(number, *(finding.code for finding in error.report))
            else:
                (folder / f"{number}.pdf").write_bytes(pdf)
                print(number, *letter.kinh_gui)


if __name__ == "__main__":  # a spawned process imports this module again
    main(Path(sys.argv[1]))
