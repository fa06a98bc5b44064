"""Every refusal of every command with ``--json`` is one document on stdout, and prints no data of persons."""

from __future__ import annotations

import json
import sys

import pytest
import typer

from congvan.cli.app import app, settings
from congvan.cli.main import main
from congvan.findings import codes, set_language
from congvan.support.version import VERSION

REFUSED = {
    "render": ["khong-co.yaml"],
    "plan": ["khong-co.yaml"],
    "check": ["khong-co.yaml"],
    "issue": ["khong-co.yaml"],
    "replace": ["khong-co.yaml", "18/ĐLHL"],
    "recall": ["khong-co.yaml", "18/ĐLHL"],
    "correct": ["khong-co.yaml", "18/ĐLHL"],
    "status": ["khong-co.yaml"],
    "deliver": ["khong-co.yaml"],
    "doctor": ["--khong-co"],
    "register show": [],
    "register find": ["tuyên truyền"],
    "register export": ["so.xlsx"],
    "register verify": ["--register", "sai.sqlite3"],
    "register same": ["a/b/c", "a/b/d"],
    "register import": ["khong-co.xlsx", "--don-vi", "a", "--nam", "2026"],
    "register void": ["18/ĐLHL", "--ly-do", "nhầm"],
    "register forget": ["--truoc", "1/1/2020", "--ly-do", "hết hạn"],
    "register delivered": ["18/ĐLHL"],
    "register backup": ["sao-luu.sqlite3"],
    "register restore": ["khong-co.sqlite3"],
    "template list": ["--khong-co"],
    "template check": ["khong-co.docx"],
    "template diff": ["khong-co.docx", "khong-co-2.docx"],
    "template fields": ["khong-co.docx"],
    "template sheet": ["khong-co.docx", "-o", "bang.xlsx"],
    "recipients new": ["thon", "-o", "ds.xlsx", "--province", "không có tỉnh này"],
    "recipients check": ["khong-co.csv"],
    "recipients convert": ["khong-co.csv", "ra.xlsx"],
}


def commands(group, before=()):
    """The names of all commands that know ``--json``."""
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from commands(command, (*before, name))
        elif any("--json" in option.opts for option in command.params):
            yield " ".join((*before, name))


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run a command in this process, which is quick; gives status, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    (tmp_path / "sai.sqlite3").write_text("không phải sổ" * 99, encoding="utf-8")

    def of(*words):
        monkeypatch.setattr(sys, "argv", ["congvan", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return ended.value.code, told.out, told.err

    yield of
    settings.update(verbose=False, show_values=False)
    set_language("vi")


def test_every_command_with_json_is_tried():
    # lint answers for each file by itself: test_lint has its own.
    assert {*commands(typer.main.get_command(app))} - {"lint"} == REFUSED.keys()


@pytest.mark.parametrize("command", REFUSED)
def test_a_refused_command_prints_one_document(run, command):
    status, out, err = run(*command.split(), *REFUSED[command], "--json")

    told = json.loads(out)
    assert status in (1, 2), err
    assert "Traceback" not in err
    findings = told if isinstance(told, list) else told["findings"]
    assert findings
    assert all(found["code"] in codes() and "values" in found for found in findings)


@pytest.mark.parametrize("words", [("render",), ("plan", "a.yaml", "--khong-co"), ("khong-co-lenh-nay",)])
def test_a_command_that_is_not_written_right_is_told_as_json_too(run, words):
    status, out, _ = run(*words, "--json")

    told = json.loads(out)
    assert status == 2
    assert (told["code"], [found["code"] for found in told["findings"]]) == ("error-usage", ["error-usage"])
    assert told["values"]["why"]


def test_without_json_stdout_stays_empty(run):
    status, out, err = run("plan", "khong-co.yaml")
    assert (status, out) == (2, "")
    assert "khong-co.yaml" in err


def test_the_document_is_in_the_language_asked_for_and_its_values_are_the_same(run):
    told = {lang: json.loads(run("--lang", lang, "plan", "khong-co.yaml", "--json")[1]) for lang in ("vi", "en")}
    vi, en = (told[lang]["findings"][0] for lang in ("vi", "en"))
    assert vi["message"] != en["message"]
    assert (vi["code"], vi["values"]) == (en["code"], en["values"])


def test_the_version_is_told(run):
    status, out, _ = run("--version")
    assert (status, out) == (0, f"congvan {VERSION}\n")


CAMPAIGN = """\
ma: thu
ten: Thử
he_thong_cap: [thon]
don_vi: don-vi.csv
cap:
  - cap: thon
    don_vi: dlhl
    loai: cong-van
    ngay: 2026-11-30
    trich_yeu: phối hợp
    nguoi_nhan: thon.csv
    noi_dung: thon.md
    noi_nhan: [Như trên, "Lưu: VT"]
    ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Cao Thị Thử}
"""


@pytest.fixture
def campaign(tmp_path):
    """A campaign whose list has a doubtful telephone."""
    (tmp_path / "dot.yaml").write_text(CAMPAIGN, encoding="utf-8")
    bodies = "ma,co_quan,ten_thuong,ky_hieu,dia_danh\ndlhl,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc\n"
    (tmp_path / "don-vi.csv").write_text(bodies, encoding="utf-8")
    (tmp_path / "thon.md").write_text("Kính đề nghị phối hợp.", encoding="utf-8")
    people = "ma,ong_ba,ho_ten,chuc_danh,huyen,xa,thon,dien_thoai\n01,Ông,Lê Văn Mẫu,Trưởng thôn,Hậu Lộc,Đa Lộc,Thôn 1,0912 34\n"
    (tmp_path / "thon.csv").write_text(people, encoding="utf-8")
    return "dot.yaml"


@pytest.mark.parametrize("command", ["plan", "check", "render", "issue"])
def test_findings_of_campaigns_hide_telephones_unless_asked(run, campaign, command):
    further = ["--draft", "--formats", "docx"] if command == "render" else []
    if command == "issue":
        run("render", campaign, "--formats", "docx")
    for words in ((), ("--json",)):
        _, out, err = run(command, campaign, *further, *words)
        assert "0912 34" not in out + err
        assert "dien_thoai" in err or "dien_thoai" in out or command == "issue"
    if command in ("plan", "check", "render"):
        _, out, err = run(command, campaign, *further, "--show-values")
        assert "0912 34" in err
