"""Writes what the code knows as pages in both languages, and what an assistant reads of them.

``reference/lenh.md`` and ``lenh.en.md``: every command with its options. ``loi-va-luu-y.md``: every finding.
``llms.txt`` and ``SKILL.md`` at the top of the project: where an assistant finds what.
"""

import json
import subprocess
import sys
from pathlib import Path

from congvan.findings import codes

DOCS = Path(__file__).parents[1]
ROOT = DOCS.parent
LANGUAGES = ("vi", "en")
_CRAWL = """
import json, sys
from congvan.cli.language import take_language
take_language(sys.argv[1:])
import congvan.cli.main
import typer.main
from congvan.cli.app import app

def pages(command, name, parent=None):
    context = command.make_context(name, [], parent=parent, resilient_parsing=True, terminal_width=100)
    yield context.command_path, context.get_help()
    for inner_name, inner in getattr(command, "commands", {}).items():
        yield from pages(inner, inner_name, context)

print(json.dumps(list(pages(typer.main.get_command(app), "congvan"))))
"""
_WORDS = {
    "vi": {
        "commands": "# Lệnh\n\nTrang này do `make golden` viết từ chính các lệnh.",
        "status": "## Mã kết thúc\n\n| mã | nghĩa |\n|---|---|\n| 0 | xong |"
        "\n| 1 | có lỗi, hoặc vài văn bản chưa xong |"
        "\n| 2 | lệnh viết chưa đúng, hoặc tệp không đọc được |\n| 130 | bị dừng; phần đã xong vẫn còn |",
        "findings": "# Lỗi và lưu ý\n\n`congvan explain MÃ` nói đúng những câu này. "
        "Lỗi thì dừng, lưu ý và tin thì không.",
        "head": "| mã | mức | nói gì | làm gì |\n|---|---|---|---|",
        "error": "lỗi",
        "warning": "lưu ý",
        "info": "tin",
    },
    "en": {
        "commands": "# Commands\n\nThis page is written by `make golden` from the commands themselves.",
        "status": "## Exit status\n\n| status | meaning |\n|---|---|\n| 0 | done |"
        "\n| 1 | errors, or some letters are not done |"
        "\n| 2 | wrong usage, or a file that cannot be read |\n| 130 | interrupted; what was done is kept |",
        "findings": "# Findings\n\n`congvan explain CODE` says these sentences. "
        "Errors stop a run, warnings and notes do not.",
        "head": "| code | severity | what it says | what to do |\n|---|---|---|---|",
        "error": "error",
        "warning": "warning",
        "info": "note",
    },
}


def generated_pages() -> dict[Path, str]:
    """Every page by its path."""
    pages: dict[Path, str] = {}
    for lang in LANGUAGES:
        ending = ".md" if lang == "vi" else ".en.md"
        pages[DOCS / "reference" / f"lenh{ending}"] = _commands(lang)
        pages[DOCS / "reference" / f"loi-va-luu-y{ending}"] = _findings(lang)
    pages[ROOT / "llms.txt"] = _llms()
    pages[ROOT / "SKILL.md"] = _skill()
    return pages


def _commands(lang: str) -> str:
    command = [sys.executable, "-c", _CRAWL, "--lang", lang]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout  # noqa: S603
    parts = [_WORDS[lang]["commands"]]
    for path, page in json.loads(told):
        plain = "\n".join(line.rstrip() for line in page.splitlines())
        parts.append(f"## {path}\n\n```text\n{plain}\n```")
    return "\n\n".join([*parts, _WORDS[lang]["status"]]) + "\n"


def _findings(lang: str) -> str:
    words = _WORDS[lang]
    rows = []
    for code, meaning in sorted(codes().items()):
        message, hint = (_cell(texts[lang]) for texts in (meaning.messages, meaning.hints))  # type: ignore[index]
        rows.append(f"| `{code}` | {words[meaning.severity.value]} | {message} | {hint} |")
    return "\n\n".join([words["findings"], "\n".join([words["head"], *rows])]) + "\n"


def _cell(text: str) -> str:
    """A sentence in a table cell: its braces and angles are words, not markup."""
    plain = text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
    return plain.replace("{{", "&#123;&#123;").replace("{%", "&#123;%").replace("[", "&#91;")


def _llms() -> str:
    """An index of the pages, each with its own first sentence."""
    parts = ["# congvan", "", f"> {_first_sentence(DOCS / 'index.en.md')}", ""]
    for title, folder in (("Tutorials", "tutorials"), ("How to", "how-to"), ("Reference", "reference")):
        parts.append(f"## {title}\n")
        for path in sorted((DOCS / folder).glob("*.md")):
            translated = path.with_suffix(".en.md")
            if path.name.endswith(".en.md") or not path.is_file():
                continue
            page = translated if translated.exists() else path
            parts.append(f"- [{_title(page)}]({page.relative_to(ROOT).as_posix()}): {_first_sentence(page)}")
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _skill() -> str:
    """What an assistant that runs commands needs: the tools page and the first tutorial, word by word."""
    tutorial = (DOCS / "tutorials" / "cong-van-dau-tien.en.md").read_text(encoding="utf-8")
    tools = (DOCS / "how-to" / "tro-ly.en.md").read_text(encoding="utf-8")
    head = (
        "---\nname: congvan\ndescription: Write Vietnamese official letters (công văn and the other kinds of "
        "Decree 30/2020) "
        "as Word and PDF from a campaign file and lists of recipients; check, plan, draft, look letters up.\n---\n"
    )
    rules = (
        "## Rules\n\n- `check`, `plan` and `render --draft` change no register. `render` takes numbers and "
        "`issue` seals "
        "letters: run them only when the user has asked for it.\n- Add `--json` for data. Findings carry a code: "
        "`congvan explain CODE`.\n- Names and telephones are hidden unless the user wants `--show-values`.\n"
    )
    return "\n".join([head, _nested(tutorial), rules, _nested(tools)])


def _nested(page: str) -> str:
    """A page as a section; links to other pages are words here."""
    import re

    plain = re.sub(r"\[([^\]]*)\]\((?!http)[^)]*\)", r"\1", page)
    return re.sub(r"^(#+) ", r"#\1 ", plain, flags=re.MULTILINE)


def _title(page: Path) -> str:
    return page.read_text(encoding="utf-8").partition("# ")[2].splitlines()[0]


_NO_PROSE = ("#", "!", "|", "```", "- ", "<", "*", "[English")


def _first_sentence(page: Path) -> str:
    paragraphs = page.read_text(encoding="utf-8").split("\n\n")
    plain = (one.strip() for one in paragraphs if one.strip() and not one.strip().startswith(_NO_PROSE))
    return next(plain, "").partition(". ")[0].replace("\n", " ").rstrip(".") + "."


if __name__ == "__main__":
    for path, content in generated_pages().items():
        path.write_text(content, encoding="utf-8")
