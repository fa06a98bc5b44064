import os
import subprocess
import sys
from pathlib import Path

import pytest

import congvan
from congvan.pdf import to_pdf
from congvan.pdf.fonts.isolation import isolated_fonts, machine_environment

HOSTILE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>/usr/share/fonts</dir>
<match target="pattern"><edit name="family" mode="assign" binding="strong"><string>DejaVu Sans</string></edit></match>
<alias binding="same"><family>Times New Roman</family><prefer><family>DejaVu Sans</family></prefer></alias>
</fontconfig>"""
EMPTY = '<?xml version="1.0"?><fontconfig></fontconfig>'
PROGRAM = """
import sys
from congvan.pdf import to_pdf
sys.stdout.buffer.write(to_pdf(sys.stdin.buffer.read()))
"""


def converted_elsewhere(docx, **environment):
    """The letter as another process makes it, which must say nothing on its error stream."""
    lean = {name: value for name, value in os.environ.items() if not name.startswith(("FONTCONFIG", "FC_", "XDG"))}
    settings = {**lean, "PYTHONPATH": str(Path(congvan.__file__).parents[1]), **environment}
    done = subprocess.run([sys.executable, "-c", PROGRAM], input=docx, capture_output=True, env=settings, check=True)
    assert done.stderr == b""
    return done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="fontconfig is Linux's")
@pytest.mark.parametrize(
    "settings", [EMPTY, HOSTILE, "<fontconfig", None], ids=["no font", "hostile", "broken", "none"]
)
def test_the_fonts_and_settings_of_the_machine_change_no_byte(letter, docx_of, tmp_path, settings):
    docx = docx_of(letter(name="Bà Nguyễn Thị Ỷ"))
    file = tmp_path / "fonts.conf"
    if settings:
        file.write_text(settings, encoding="utf-8")

    elsewhere = converted_elsewhere(docx, FONTCONFIG_FILE=str(file), FONTCONFIG_PATH=str(tmp_path), HOME=str(tmp_path))
    assert elsewhere == to_pdf(docx)


@pytest.mark.skipif(sys.platform != "linux", reason="fontconfig is Linux's")
def test_fontconfig_sees_one_face_and_afterwards_no_file_is_left(monkeypatch):
    for name in ("FONTCONFIG_FILE", "FONTCONFIG_SYSROOT"):
        monkeypatch.setenv(name, "")
    with isolated_fonts() as root:
        assert Path(os.environ["FONTCONFIG_SYSROOT"]) == root
        assert Path(os.environ["FONTCONFIG_FILE"]).is_file()
        assert len(list(root.rglob("*.ttf"))) == 1
    assert not root.exists()


@pytest.mark.parametrize("before", [None, "/etc/fonts/cua-may.conf"])
def test_other_programs_get_the_fonts_of_the_machine(monkeypatch, before):
    for name in ("FONTCONFIG_FILE", "FONTCONFIG_SYSROOT"):
        monkeypatch.setenv(name, "")  # so that what the block sets is undone with the test
        monkeypatch.delenv(name)
    if before:
        monkeypatch.setenv("FONTCONFIG_FILE", before)
    with isolated_fonts():
        environment = machine_environment()

    assert environment.get("FONTCONFIG_FILE") == before
    assert "FONTCONFIG_SYSROOT" not in environment
