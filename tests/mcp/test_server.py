"""An assistant's own client, over standard input and output, as the official SDK has it."""

import asyncio
import os
import sys

import pytest

pytest.importorskip("mcp")
from congvan.campaign.starter import write_starter
from mcp import Client, StdioServerParameters

LOOKS = {"check", "plan", "preview", "render_draft", "lint", "explain", "find_letters"}


@pytest.fixture
def office(tmp_path):
    write_starter(tmp_path / "co-quan")
    return tmp_path / "co-quan"


@pytest.fixture
def ask(office):
    """Start ``congvan mcp`` for the office and call tools, one after another; gives their answers."""

    def run(*calls, options=()):
        return asyncio.run(_asked(office, calls, options))

    return run


async def _asked(office, calls, options):
    command = ["-m", "congvan", "mcp", str(office), *options]
    environment = {**os.environ, "PYTHONUTF8": "1", "LC_ALL": "vi_VN.UTF-8"}
    server = StdioServerParameters(command=sys.executable, args=command, env=environment)
    async with Client(server, read_timeout_seconds=120) as client:
        tools = await client.list_tools()
        answers = [(await client.call_tool(name, arguments)).structured_content for name, arguments in calls]
    return {tool.name: tool for tool in tools.tools}, answers


def test_looking_and_drafting_is_offered_and_nothing_that_numbers_or_issues(ask):
    tools, _ = ask()

    assert set(tools) == LOOKS
    assert all(tool.description for tool in tools.values())
    assert tools["plan"].annotations.read_only_hint is True
    assert tools["render_draft"].annotations.read_only_hint is False


def test_numbers_and_issues_are_offered_where_the_office_allows_them(ask, office):
    tools, answers = ask(
        ("number_letters", {"path": "campaign.yaml", "tiers": "tinh"}),
        ("issue_letters", {"path": "campaign.yaml", "letters": "101/ĐLTH-KD"}),
        ("find_letters", {"words": "101/ĐLTH-KD"}),
        options=["--allow-numbers", "--allow-issue"],
    )

    assert set(tools) == {*LOOKS, "number_letters", "issue_letters"}
    numbered, issued, found = answers
    assert (numbered["ok"], numbered["letters"]) == (True, 1), numbered
    assert issued["issued"] == ["101/ĐLTH-KD"]
    assert [(line["number"], line["to"]) for line in found["letters"]] == [("101/ĐLTH-KD", "…")]


def test_a_campaign_is_checked_planned_read_and_drafted(ask, office):
    _, answers = ask(
        ("check", {"path": "campaign.yaml"}),
        ("plan", {"path": "campaign.yaml"}),
        ("preview", {"path": "campaign.yaml", "letter": 5}),
        ("render_draft", {"path": "campaign.yaml", "tiers": "tinh"}),
        ("explain", {"code": "letter-part-empty"}),
    )

    checked, planned, read, drafted, explained = answers
    assert checked["ok"] is True
    assert (planned["count"], planned["letters"][0]["number"]) == (9, "101/ĐLTH-KD")
    assert "nhân viên điện lực không đến nhà thu tiền điện" in str(read["parts"])
    assert (drafted["ok"], drafted["folder"]) == (True, "out/dot-dau-tien/du-thao")
    assert sorted(path.suffix for path in (office / "out").rglob("001_*")) == [".docx", ".pdf"]
    assert not (office / "so.sqlite3").exists()
    assert explained["severity"] == "error"


def test_persons_are_hidden_unless_the_office_shows_them(ask):
    calls = [
        ("plan", {"path": "campaign.yaml"}),
        *(("preview", {"path": "campaign.yaml", "letter": number}) for number in range(5, 10)),
    ]
    names = ("Phùng Khắc Huy", "Nghiêm Thị Vượng", "Đinh Công Ngạn", "Trịnh Thị Quế", "Lưu Đình Khoát")

    _, hidden = ask(*calls)
    assert [name for name in names if name in str(hidden)] == []
    _, shown = ask(*calls, options=["--show-values"])
    assert [name for name in names if name not in str(shown)] == []


@pytest.mark.parametrize("path", ["../ngoai.yaml", "/etc/passwd", "noi-dung/../../ngoai.yaml", "lien-ket.yaml"])
def test_no_file_outside_the_folder_is_reached(ask, office, path):
    outside = office.parent / "ngoai.yaml"
    outside.write_text("ma: bi-mat-cua-nguoi-khac\n", encoding="utf-8")
    (office / "lien-ket.yaml").symlink_to(outside)
    _, (answer,) = ask(("check", {"path": path}))

    assert answer["ok"] is False
    assert [found["code"] for found in answer["findings"]] == ["error-outside-folder"]
    assert "bi-mat" not in str(answer)


def test_faults_are_answers_with_code_place_and_cure(ask, office):
    (office / "hong.yaml").write_text("ma: x\nten: y\ncapp: []\n", encoding="utf-8")
    _, (wrong, unknown, missing) = ask(
        ("check", {"path": "hong.yaml"}),
        ("explain", {"code": "letter-part-empyt"}),
        ("plan", {"path": "khong-co.yaml"}),
    )

    assert wrong["ok"] is False
    assert "campaign-key-unknown" in {found["code"] for found in wrong["findings"]}
    assert "letter-part-empty" in unknown["why"]
    assert missing["ok"] is False


def test_a_finished_letter_is_linted_without_quoting_it(ask, office):
    from docx import Document

    letter = Document()
    for line in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "SỞ VÍ DỤ", "Số: 5/SVD", "Thanh Hóa, ngày 1/2/2026",
        "V/v việc thử", "Kính gửi: Ông Phùng Khắc Huy;", "Đề nghị ông thực hiện.", "GIÁM ĐỐC", "Lê Văn Mẫu",
    ):  # fmt: skip
        letter.add_paragraph(line)
    letter.save(office / "thu.docx")
    _, (hidden,) = ask(("lint", {"path": "thu.docx"}))

    assert hidden["findings"] != []
    assert "Phùng" not in str(hidden)
    assert all("near" not in found["place"] for found in hidden["findings"])
    _, (shown,) = ask(("lint", {"path": "thu.docx"}), options=["--show-values"])
    assert [found["code"] for found in shown["findings"]] == [found["code"] for found in hidden["findings"]]
    assert "near" in str(shown)
