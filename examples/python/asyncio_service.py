"""Letters in an asyncio program: made in executor threads, while the event loop goes on with its other work.

Run: ``python asyncio_service.py FOLDER``

It makes three letters at once, of which one lacks its subject, and writes the two others to the folder.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from pathlib import Path

import congvan
from congvan.errors import LetterError


def make_pdf(addressee: str, subject: str) -> bytes:
    """The PDF of one letter; a plain function, for a thread."""
    letter = congvan.Letter(
        co_quan="CÔNG TY ĐIỆN LỰC MẪU",
        ky_hieu="PCM-KD",
        dia_danh="Thanh Hóa",
        ngay=date(2026, 3, 3),
        trich_yeu=subject,
        kinh_gui=[addressee],
        noi_dung="Công ty trân trọng đề nghị quý cơ quan phối hợp.",
        noi_nhan=["Như trên", "Lưu: VT, KD"],
        ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
    )
    return congvan.to_pdf(congvan.render_docx(letter))


async def serve(path: Path, addressee: str, subject: str) -> str:
    """Write one letter, and say what became of it."""
    try:
        pdf = await asyncio.to_thread(make_pdf, addressee, subject)
    except LetterError as error:
        return f"{path.name}: " + ", ".join(finding.code for finding in error.report)
    await asyncio.to_thread(path.write_bytes, pdf)
    return f"{path.name}: {len(pdf)} bytes"


async def main(folder: Path) -> None:
    """Make all letters at once, and print the answers in order."""
    letters = {"1.pdf": ("Sở A", "phối hợp"), "2.pdf": ("Sở B", ""), "3.pdf": ("Sở C", "phối hợp")}
    for line in await asyncio.gather(*(serve(folder / name, *letter) for name, letter in letters.items())):
        print(line)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
