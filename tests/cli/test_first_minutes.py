"""The first five minutes of somebody who has just installed congvan, at a terminal and in a script."""

import os
import signal
import subprocess
import sys
import time

import pytest

pty = pytest.importorskip("pty", reason="a terminal of its own needs a system with pseudo-terminals")


@pytest.fixture
def terminal(tmp_path):
    """Run ``congvan …`` at a terminal, typing ``answers``; gives status and everything on the screen."""

    def run(*words, answers=""):
        ours, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONUTF8": "1", "LC_ALL": "vi_VN.UTF-8", "COLUMNS": "80"}
        command = [sys.executable, "-m", "congvan", *words]
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        os.write(ours, answers.encode())
        screen = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        return process.wait(), screen.decode("utf-8", "replace").replace("\r", "")

    return run


def _read(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other end is closed
        return b""


def test_init_asks_at_a_terminal_and_the_letters_carry_the_answers(terminal, congvan, tmp_path):
    answers = "Sở Ví dụ, tỉnh Thử\nUBND tỉnh Thử\nSVD\nThử\n"
    status, screen = terminal("init", "co-quan", answers=answers)

    assert (status, "Tên cơ quan [Công ty Điện lực Thanh Hóa]" in screen) == (0, True), screen
    planned = congvan("plan", "co-quan/campaign.yaml")
    assert planned.status == 0, planned.err
    assert "/SVD-KD" in planned.out
    assert "(cơ quan Sở Ví dụ, tỉnh Thử)" in planned.err
    text = (tmp_path / "co-quan" / "don-vi.csv").read_text(encoding="utf-8-sig")
    assert '"SỞ VÍ DỤ, TỈNH THỬ"' in text
    assert "Thanh Hóa" not in (tmp_path / "co-quan" / "co-quan.yaml").read_text(encoding="utf-8")


def test_init_takes_the_same_as_options_and_asks_nothing_in_a_script(congvan, tmp_path):
    done = congvan("init", "co-quan", "--ten", "Sở Ví dụ", "--ky-hieu", "SVD", "--place", "Thử")

    assert (done.status, done.err) == (0, "")
    assert "congvan render co-quan/campaign.yaml --draft" in done.out
    assert "SỞ VÍ DỤ,Sở Ví dụ,SVD,Thử," in (tmp_path / "co-quan" / "don-vi.csv").read_text(encoding="utf-8-sig")


def test_each_step_names_the_next_one_at_a_terminal_and_only_there(terminal, congvan):
    congvan("init", "co-quan")
    _, screen = terminal("check", "co-quan/campaign.yaml")
    assert "→ Xem trước: congvan plan co-quan/campaign.yaml" in screen
    _, screen = terminal("plan", "co-quan/campaign.yaml")
    assert "congvan render co-quan/campaign.yaml" in screen

    piped = congvan("check", "co-quan/campaign.yaml")
    assert "→" not in piped.out + piped.err


def test_findings_have_colours_at_a_terminal_and_are_plain_lines_in_a_pipe(terminal, congvan, tmp_path):
    (tmp_path / "dot.yaml").write_text("ma: x\nmaa: y\n", encoding="utf-8")
    _, screen = terminal("check", "dot.yaml")
    assert "\x1b[1;31mLỖI\x1b[0m" in screen
    assert max(len(line) for line in screen.splitlines()) < 100

    piped = congvan("check", "dot.yaml")
    assert "\x1b" not in piped.err
    assert all(line.startswith(("LỖI  ", "LƯU Ý  ", "tin  ")) for line in piped.err.splitlines() if "[" in line)


def test_quiet_leaves_errors_and_results(congvan):
    congvan("init", "co-quan")
    quiet = congvan("check", "co-quan/campaign.yaml", "-q")
    assert (quiet.status, quiet.err, quiet.out) == (0, "", "Không có lỗi.\n")

    wrong = congvan("--quiet", "explain", "khong-co")
    assert wrong.status == 2
    assert wrong.err != ""


def test_preview_drafts_the_first_letter_of_each_tier_and_touches_no_register(congvan, tmp_path):
    congvan("init", "co-quan")
    done = congvan("render", "co-quan/campaign.yaml", "--preview")

    assert done.status == 0, done.err
    pages = [tmp_path / line for line in done.out.splitlines()]
    assert len(pages) == 3
    assert all(page.read_bytes().startswith(b"%PDF-") for page in pages)
    assert not (tmp_path / "co-quan" / "so.sqlite3").exists()
    assert not (tmp_path / "co-quan" / "out" / "dot-dau-tien").exists()


def test_watch_makes_the_preview_again_when_a_text_changes_and_survives_a_fault(congvan, tmp_path):
    congvan("init", "co-quan")
    text = tmp_path / "co-quan" / "noi-dung" / "tinh.md"
    letters = tmp_path / "co-quan" / "out" / "xem-thu"
    command = [sys.executable, "-m", "congvan", "render", "co-quan/campaign.yaml", "--watch"]
    watching = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        first = _wait_for(lambda: [page.read_bytes() for page in letters.rglob("1-tinh/*.pdf")])
        good = text.read_text(encoding="utf-8")
        text.write_text("{{ khong_co }}", encoding="utf-8")
        time.sleep(1.5)
        text.write_text(f"{good}\n\nThêm một câu.\n", encoding="utf-8")
        _wait_for(lambda: [page for page in letters.rglob("1-tinh/*.pdf") if page.read_bytes() != first[0]])
    finally:
        watching.send_signal(signal.SIGINT)
        _, told = watching.communicate(timeout=20)
    assert watching.returncode == 130
    assert "khong_co" in told.decode("utf-8")


def _wait_for(found):
    for _ in range(300):
        if seen := found():
            return seen
        time.sleep(0.1)
    raise AssertionError("nothing came within 30 seconds")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_prints_lines_for_the_shell(congvan, shell):
    told = congvan("completion", shell)

    assert told.status == 0
    assert "_CONGVAN_COMPLETE" in told.out


def test_a_shell_that_asks_gets_commands_and_options(tmp_path):
    def completed(line):
        asked = {"_CONGVAN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
        command = [sys.executable, "-m", "congvan"]
        done = subprocess.run(
            command, cwd=tmp_path, env={**os.environ, **asked}, capture_output=True, text=True, check=False
        )
        return set(done.stdout.split())

    assert {"render", "register", "replace"} <= completed("congvan re")
    assert {"--watch", "--preview"} <= completed("congvan render --")
