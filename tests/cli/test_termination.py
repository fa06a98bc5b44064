"""A command that the system ends: nothing of it is left, and the next run goes on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import congvan

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without a word")

SLOW = "Nội dung {% for so in range(3000) %}{% set x = 'ab ' * 30 %}{% endfor %} của {{ ho_ten }}."


@pytest.fixture
def campaign(tmp_path):
    folder = tmp_path / "dot"
    folder.mkdir()
    rows = "".join(f"thanh-hoa,ngoc-lac,thon-{number},Lê Văn {number},Ông\n" for number in range(200))
    files = {
        "don-vi.csv": "ma,chu_quan,co_quan,ten_thuong,ky_hieu,dia_danh,pham_vi,khong_tru\ndlhl,CÔNG TY ĐIỆN LỰC,ĐIỆN LỰC HẬU LỘC,Điện lực,ĐLHL,Hậu Lộc,,\n",
        "ds.csv": "huyen,xa,thon,ho_ten,ong_ba\n" + rows,
        "nd.md": SLOW,
        "dot.yaml": "ma: cham\nten: Chậm\nthang_thuc_hien: null\nhe_thong_cap: [thon]\ndon_vi: don-vi.csv\ncap:\n"
        "  - {cap: thon, don_vi: dlhl, loai: cong-van, ngay: 2021-06-21, trich_yeu: thử, nguoi_nhan: ds.csv,\n"
        "     mot_van_ban_cho: nguoi_nhan, noi_dung: nd.md, noi_nhan: [Như trên], ky: {chuc_vu: GĐ, ho_ten: Lê Ví}}\n",
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder / "dot.yaml"


def children_of(pid):
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in listed.splitlines())
    return {int(child) for child, parent, state in rows if int(parent) == pid and state[0] != "Z"}


def ended(pid):
    """A process that has ended and waits for its parent has ended."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return state.strip()[:1] in {"", "Z"}


@pytest.mark.parametrize("command", [["check"], ["render", "--draft"]])
def test_a_command_that_is_terminated_leaves_no_process_and_no_temporary_file(campaign, tmp_path, command):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    settings = {**os.environ, "PYTHONPATH": str(Path(congvan.__file__).parents[1]), "TMPDIR": str(temporary)}
    program = subprocess.Popen(
        [sys.executable, "-m", "congvan", *command, campaign], env=settings, stderr=subprocess.PIPE
    )
    while not (children := children_of(program.pid)) and program.poll() is None:
        time.sleep(0.05)
    time.sleep(1)
    program.send_signal(signal.SIGTERM)
    _, said = program.communicate(timeout=60)

    assert "Đã dừng" in said.decode()
    assert program.returncode == 130
    assert children
    assert all(map(ended, children))
    assert list(temporary.iterdir()) == []
    assert not list(campaign.parent.rglob("*.tmp"))
