"""Every screen is in one language: help, usage errors, findings, summaries, in Vietnamese and in English."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest

from congvan.findings import codes

CRAWL = """
import json, sys
from congvan.cli.language import take_language
take_language(sys.argv[1:])
import congvan.cli.main
import typer.main
from congvan.cli.app import app

def pages(command, path, parent=None):
    context = command.make_context(path, [], parent=parent, resilient_parsing=True)
    yield context.command_path, context.get_help()
    for name, inner in getattr(command, "commands", {}).items():
        yield from pages(inner, name, context)

def texts(command):
    yield command.help or ""
    for one in command.params:
        if "--help" not in one.opts:
            yield from ((getattr(one, "help", None) or ""), f"={one.metavar or ''}")
    for inner in getattr(command, "commands", {}).values():
        yield from texts(inner)

command = typer.main.get_command(app)
print(json.dumps({"pages": dict(pages(command, "congvan")), "texts": sorted(set(texts(command)))}))
"""
# Names that letters, columns, tags and options have in both languages, and what is quoted.
NAMES = re.compile(
    r"\d+/ĐLHL\S*|DỰ THẢO|Thanh Hóa|(?:tỉnh )?(?:Sở Công Thương )?tỉnh|Sở Công Thương|Thôn 3|[«“][^»”]*[»”]|\{\{.*?\}\}+|\{%.*?%\}|\{\w+\}"
    r"|công văn|Thay thế|\bsố\b|Nơi nhận|V/v|Số:|if, elif, else, endif, for, endfor, set|\(hoặc for\)|thay-the/|letter-part-empy"
    r'|"[^"]*"|\[toàn|từ \.|(?:T|ngay_cat|xay_ra) [-+] \d+ (?:tháng|ngày làm việc|ngày|tuần|giờ)'
    r"|quốc hiệu|tiêu ngữ|tờ trình|báo cáo|Điều|Phần, Chương, Mục|khoản|điểm|c, d, đ, e|Thủ đô Hà Nội|Thành phố Hồ Chí Minh|từ\\b"
    r"|\b(?:Ông|Bà|Loại|Xã|Thôn|Họ tên|Huyện|Tên)\b"
)
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|not|no such|for|with|this|error|usage|option|options|required|default|invalid|missing|value|"
    r"command|commands|arguments|file|should|input|exit|expected|unexpected|must|cannot|found)\b",
    re.IGNORECASE,
)
CODE_LIKE = re.compile(
    r"`[^`]*`|--[\w-]+|\[[\w-]+\]|[\w/<>.-]+\.(?:yaml|csv|xlsx|docx|pdf|md|sqlite3|toml)|congvan \S+( \w+)?|\S+://\S+"
)
VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)


@pytest.fixture(scope="module")
def crawled():
    def crawl(lang):
        done = subprocess.run(
            [sys.executable, "-c", CRAWL, "--lang", lang], capture_output=True, text=True, encoding="utf-8", check=True
        )
        return json.loads(done.stdout)

    return {lang: crawl(lang) for lang in ("vi", "en")}


def test_the_help_of_every_command_and_option_has_its_english(crawled):
    table = tomllib.loads((files("congvan.cli") / "help_english.toml").read_text(encoding="utf-8"))
    used = {text for text in crawled["vi"]["texts"] if text and not text.startswith("=")}
    values = {text.removeprefix("=") for text in crawled["vi"]["texts"] if text.startswith("=") and text != "="}
    needs_no_other = re.compile(r"[a-z0-9,|.-]+")

    assert used == set(table["texts"])
    assert {name for name in values if not needs_no_other.fullmatch(name)} - set(table["values"]) == set()


def test_no_help_page_mixes_the_languages(crawled):
    vietnamese, english = crawled["vi"]["pages"], crawled["en"]["pages"]
    assert set(vietnamese) == set(english)
    assert len(vietnamese) > 30

    mixed = {path: words for path, page in vietnamese.items() if (words := english_in(page.partition(" [")[2]))}
    assert mixed == {}
    mixed = {path: words for path, page in english.items() if (words := vietnamese_in(page))}
    assert mixed == {}


@pytest.mark.parametrize(
    ("line", "vi", "en"),
    [
        ("rendr", "không có lệnh «rendr»; ý bạn là render?", "there is no command “rendr”; did you mean render?"),
        ("register shwo", "không có lệnh «shwo»; ý bạn là show?", "there is no command “shwo”; did you mean show?"),
        (
            "plan x.yaml --onyl a",
            "không có tùy chọn --onyl; ý bạn là --only",
            "there is no option --onyl; did you mean --only",
        ),
        ("plan", "còn thiếu ĐỢT.yaml", "CAMPAIGN.yaml is missing"),
        ("plan a.yaml b", "thừa «b»", "“b” is too much"),
        ("plan a.yaml --only", "--only cần đúng một giá trị", "--only needs exactly one value"),
        ("plan a.yaml --limit x", "--limit: «x» không phải là số từ 1", "--limit: “x” is no number from 1 on"),
        ("check a.csv --date 31/2/2021", "--date: «31/2/2021» không phải là ngày", "--date: “31/2/2021” is no day"),
        ("check a.csv --encoding abc", "không có «abc»; có: tcvn3, vni", "there is no “abc”, only tcvn3, vni"),
        ("explain letter-part-empy", "Gần giống: letter-part-empty", "Close to it: letter-part-empty"),
        ("render khong-co.yaml", "khong-co.yaml", "khong-co.yaml"),
    ],
)
def test_a_wrong_line_is_explained_in_the_language_asked_for_anywhere(congvan, line, vi, en):
    words = line.split()
    told = congvan(*words, "--lang", "vi", lang="en")
    assert (told.status, vi in told.err) == (2, True), told.err
    assert english_in(told.err.replace("Cách dùng", "")) == []

    told = congvan("--lang=en", *words, lang="vi")
    assert (told.status, en in told.err) == (2, True), told.err
    assert vietnamese_in(told.err) == []


def test_every_finding_speaks_both_languages():
    mixed = []
    for code, meaning in codes().items():
        texts = [(meaning.messages, "message"), (meaning.hints, "hint")]
        for text, part in texts:
            assert bool(text["vi"]) == bool(text["en"]), (code, part)
            mixed += [(code, word) for word in english_in(text["vi"])]
            mixed += [(code, word) for word in vietnamese_in(text["en"])]
    assert mixed == []


def test_a_campaign_is_checked_planned_and_drafted_in_one_language(congvan):
    assert congvan("init", "co-quan").status == 0
    for words in (["check"], ["plan"], ["status"], ["render", "--draft"]):
        told = congvan(*words, "co-quan/campaign.yaml", "--lang", "vi")
        assert (told.status, english_in(told.out + told.err)) == (0, [])
        assert congvan(*words, "co-quan/campaign.yaml", "--lang", "en").status == 0


def english_in(text):
    return ENGLISH.findall(CODE_LIKE.sub("", NAMES.sub("", text)))


def vietnamese_in(text):
    return [line for line in CODE_LIKE.sub("", NAMES.sub("", text)).splitlines() if VIETNAMESE.search(line)]
