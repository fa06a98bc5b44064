"""The wheel carries everything: templates, fonts, units, sentences. A letter can be made from it alone."""

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = """
import sys
import time
sys.path.insert(0, sys.argv[1])
import congvan
assert congvan.__file__.startswith(sys.argv[1]), congvan.__file__
letter = congvan.Letter(
    co_quan="SỞ CÔNG THƯƠNG", ky_hieu="SCT-QLĐN", dia_danh="Thanh Hóa", ngay=2021, trich_yeu="thử", kinh_gui="UBND tỉnh",
    noi_dung="Đề nghị thực hiện.", noi_nhan=["Như trên", "Lưu: VT"], ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
)
assert congvan.to_pdf(congvan.render_docx(letter)).startswith(b"%PDF-")
from congvan.recipients import era_named, unit_list
assert unit_list(era_named("2021")).get("38").ten.endswith("Thanh Hóa")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = folder.glob("congvan-*.whl")
    return path


@pytest.mark.slow
def test_a_letter_can_be_made_from_the_wheel_alone(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "installed")]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)

    assert told.returncode == 0, told.stderr


@pytest.mark.slow
def test_the_wheel_holds_the_templates_and_the_marker_for_types(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {"congvan/templates/cong-van.docx", "congvan/templates/bien-ban.docx", "congvan/py.typed"} <= names
    assert "congvan/word/samples/bien-ban.yaml" in names
    assert {"congvan/campaign/khoi-dau/campaign.yaml", "congvan/campaign/khoi-dau/noi-dung/xa.md"} <= names
    assert len([name for name in names if name.endswith(".ttf")]) == 5
    assert not [name for name in names if name.startswith(("tests", "examples", "recipients/"))]


@pytest.mark.slow
def test_a_newcomer_has_the_first_letters_from_the_wheel_at_once_and_without_a_network(wheel, tmp_path):
    """init and draft with the wheel's files alone, no proxy or host to reach; the wheel has schemas, English, texts."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "installed"),
        "PYTHONUTF8": "1",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
    }
    started = time.monotonic()
    for words in (["init", "co-quan"], ["render", "co-quan/campaign.yaml", "--preview", "--lang", "en"]):
        command = [sys.executable, "-m", "congvan", *words]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
    took = time.monotonic() - started

    assert len(list((tmp_path / "co-quan").rglob("*chua-so*.pdf"))) == 3
    assert (tmp_path / "co-quan" / "luoc-do" / "dot.json").is_file()
    assert took < 30  # 4 seconds on an idle machine
