"""The documentation as a site: it builds strictly, its generated pages are fresh, its examples run as they stand."""

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
RUNNING = [
    "tutorials/cong-van-dau-tien", "tutorials/dot-dau-tien", "how-to/mau-word", "how-to/danh-sach",
]  # fmt: skip
TRANSLATED = [
    *RUNNING,
    "index",
    "how-to/nhieu-van-thu",
    "how-to/tro-ly",
    "explanation/thu-tu-va-so",
    "explanation/nguoi-moi",
    "reference/lenh",
    "reference/loi-va-luu-y",
]


@pytest.mark.parametrize("ending", [".md", ".en.md"])
@pytest.mark.parametrize("page", RUNNING)
def test_the_steps_of_a_page_work_one_after_another(page, ending, tmp_path):
    steps = BLOCK.findall((DOCS / f"{page}{ending}").read_text(encoding="utf-8"))
    assert steps
    for kind, title, content in steps:
        if title:
            (tmp_path / title).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / title).write_text(content, encoding="utf-8")
        elif kind == "console":
            for line in content.splitlines():
                done = congvan(shlex.split(line.removeprefix("$ congvan ")), tmp_path)
                assert done.returncode == 0, (line, done.stderr)


@pytest.mark.parametrize("page", TRANSLATED)
def test_both_languages_of_a_page_have_the_same_parts(page):
    def parts(ending):
        text = (DOCS / f"{page}{ending}").read_text(encoding="utf-8")
        return len(re.findall(r"^#+ ", text, re.MULTILINE)), [title for _, title, _ in BLOCK.findall(text)]

    assert parts(".md") == parts(".en.md")


def test_generated_pages_and_what_assistants_read_are_fresh():
    spec = importlib.util.spec_from_file_location("generated_pages", DOCS / "reference" / "generated_pages.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    # Where they differ, run `make golden`.
    stale = [
        path.name for path, content in script.generated_pages().items() if path.read_text(encoding="utf-8") != content
    ]
    assert stale == []


def test_links_of_what_assistants_read_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)", (ROOT / "llms.txt").read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_the_page_of_assistants_names_the_tools_there_are():
    from congvan.mcp.access import Access
    from congvan.mcp.tools import Tools

    tools = Tools(Access(ROOT, takes_numbers=True, issues=True), lambda: None).allowed()
    for ending in (".md", ".en.md"):
        page = (DOCS / f"how-to/tro-ly{ending}").read_text(encoding="utf-8")
        assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == [tool.__name__ for tool in tools]


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path):
    pytest.importorskip("material")
    pytest.importorskip("mkdocs_static_i18n")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)

    assert built.returncode == 0, built.stderr
    assert (tmp_path / "site" / "en" / "tutorials" / "cong-van-dau-tien.html").exists()
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"(?:src|href)=\"https?://(?!squidfunk|www\.mkdocs)[^\"]*\"", page) == []


def congvan(words, where):
    environment = {**os.environ, "PYTHONUTF8": "1", "LC_ALL": "vi_VN.UTF-8"}
    command = [sys.executable, "-m", "congvan", *words]
    return subprocess.run(
        command, cwd=where, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
