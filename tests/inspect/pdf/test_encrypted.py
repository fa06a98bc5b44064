"""Encrypted PDFs are read in a plain install too, where no package for decrypting stands beside pypdf."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

import congvan

PLAIN_INSTALL = """
import sys
sys.modules.update({"cryptography": None, "Crypto": None})
import congvan
try:
    print("\\n".join(line.text for line in congvan.facts(sys.stdin.buffer.read(), time_limit=None).lines))
except congvan.errors.UnreadableFileError as error:
    print("UNREADABLE", error)
"""


@pytest.fixture(scope="module")
def pdf():
    made = congvan.Letter(
        chu_quan="CÔNG TY ĐIỆN LỰC", co_quan="ĐIỆN LỰC HẬU LỘC", so=1, ky_hieu="ĐLHL", dia_danh="Hậu Lộc", ngay="2026-01-05",
        loai="cong-van", trich_yeu="thử", kinh_gui=["UBND xã"], noi_dung="Nội dung đã mã hóa.", noi_nhan=["Như trên"],
        ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Ví"},
    )  # fmt: skip
    return congvan.to_pdf(congvan.render_docx(made))


def encrypted(pdf, strength, password=""):
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        aes = strength >= 4
        opened.save(
            target, encryption=pikepdf.Encryption(owner="chu", user=password, R=strength, aes=aes, metadata=aes)
        )
    return target.getvalue()


def read(content):
    settings = {**os.environ, "PYTHONPATH": str(Path(congvan.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", PLAIN_INSTALL], input=content, capture_output=True, env=settings, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.parametrize("strength", [4, 6])
def test_a_pdf_that_needs_no_password_is_read(pdf, strength):
    assert "Nội dung đã mã hóa." in read(encrypted(pdf, strength))


@pytest.mark.parametrize("strength", [4, 6])
def test_one_that_needs_a_password_cannot_be_read(pdf, strength):
    assert read(encrypted(pdf, strength, "bi-mat")).startswith("UNREADABLE")


def test_both_ways_of_decrypting_give_the_same_lines(pdf):
    assert congvan.facts(encrypted(pdf, 6)).lines == congvan.facts(pdf).lines
