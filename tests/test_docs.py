"""The README is true: its files are written, its commands run, its Python executed."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LIFE = ("render", "issue", "replace", "recall", "correct", "status")
READMES = [ROOT / "README.md", ROOT / "README.vi.md"]


def blocks(readme):
    return BLOCK.findall(readme.read_text(encoding="utf-8"))


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_five_minutes_work_as_they_stand(readme, tmp_path):
    for _, title, content in blocks(readme):
        if title:
            (tmp_path / title).write_text(content, encoding="utf-8")

    commands = [line for kind, _, content in blocks(readme) if kind == "console" for line in content.splitlines()]
    ours = [line.removeprefix("$ congvan ").split() for line in commands if line.startswith("$ congvan ")]
    for words in ours:
        done = congvan(words, tmp_path)
        assert done.returncode == 0, (words, done.stderr)

    assert len(ours) == 3
    names = sorted(path.name for path in (tmp_path / "ket-qua" / "1-thon").rglob("*.pdf"))
    assert names == ["001_12-DLHL.pdf", "002_13-DLHL.pdf"]
    python = "".join(content for kind, _, content in blocks(readme) if kind == "python")
    told = run([sys.executable, "-c", python], tmp_path)
    assert told.stdout.startswith("2 "), told.stderr


def test_both_readmes_hold_the_same_examples():
    def code(readme):
        return [(kind, title, content) for kind, title, content in blocks(readme) if kind != "python"]

    assert code(READMES[0]) == code(READMES[1])


def test_every_command_is_in_the_readme_or_the_help():
    told = run([sys.executable, "-m", "congvan", "--help"], ROOT).stdout

    for name in (*LIFE, "plan", "check", "explain", "register", "template", "doctor"):
        assert name in told


def test_links_in_the_readmes_lead_somewhere():
    for readme in READMES:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)\)", readme.read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), (readme.name, target)


@pytest.mark.parametrize("page", ["how-to/mot-nam-cua-co-quan.md", "reference/vong-doi.md"])
def test_links_and_pictures_of_the_life_of_a_letter_lead_somewhere(page):
    path = ROOT / "docs" / page
    targets = re.findall(r"\]\((?!https?://)([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_state_of_a_letter_is_in_its_reference():
    from congvan.letter.record.letter_state import LetterState

    page = (ROOT / "docs" / "reference" / "vong-doi.md").read_text(encoding="utf-8")
    assert {state.value for state in LetterState if f"| `{state.value}` |" not in page} == set()


def congvan(words, where):
    return run([sys.executable, "-m", "congvan", *words], where)


def run(command, where):
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=where, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_every_key_of_the_campaign_file_is_in_its_reference():
    from congvan.campaign.file.schema import CampaignEntry, TierEntry

    page = (ROOT / "docs" / "reference" / "tep-dot.md").read_text(encoding="utf-8")
    keys = set(CampaignEntry.model_fields) | set(TierEntry.model_fields)

    assert {key for key in keys if f"| `{key}` |" not in page} == set()


def test_every_key_of_groups_and_copies_is_in_the_reference_of_the_campaign_file():
    from congvan.campaign.file.schema import AddresseeGroupEntry, CopyEntry

    page = (ROOT / "docs" / "reference" / "tep-dot.md").read_text(encoding="utf-8")
    copies = page.partition("## Bản sao / official copies")[2]

    assert {key for key in CopyEntry.model_fields if f"| `{key}` |" not in copies} == set()
    assert {key for key in AddresseeGroupEntry.model_fields if f"{key}: " not in page} == set()


def test_every_key_of_the_house_file_is_in_its_reference():
    from congvan.campaign.file.schema import OfficeStyleEntry

    page = (ROOT / "docs" / "reference" / "tep-dot.md").read_text(encoding="utf-8")

    assert {key for key in OfficeStyleEntry.model_fields if f"`{key}`" not in page} == set()


def test_every_key_of_the_office_file_is_in_its_reference():
    from congvan.campaign.file.schema import OfficeEntry

    page = (ROOT / "docs" / "reference" / "tep-dot.md").read_text(encoding="utf-8")
    office = page.partition("## Thư mục cơ quan / the office folder")[2]

    assert {key for key in OfficeEntry.model_fields if f"| `{key}` |" not in office} == set()


def test_every_filter_is_in_the_reference():
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from congvan.word.header import FILTERS as HEADER_FILTERS
    from congvan.word.template.environment import word_environment

    page = (ROOT / "docs" / "reference" / "tep-dot.md").read_text(encoding="utf-8")
    known = {name for name in word_environment().filters if name.isidentifier()}
    own = known - set(ImmutableSandboxedEnvironment().filters)
    measured_by_congvan = {"ngat_dong", "le_ke", "le_dau", "giu_doan", "giu_chu_ky", "vua_cot", *HEADER_FILTERS}

    assert {name for name in own - measured_by_congvan if f"`{name}`" not in page} == set()


def test_every_kind_is_pictured_in_the_reference():
    from congvan.letter import KINDS

    page = (ROOT / "docs" / "reference" / "cac-loai.md").read_text(encoding="utf-8")

    assert {kind for kind in KINDS if f"| [`{kind}`]" not in page} == set()
    assert {
        picture for picture in re.findall(r"\]\(\.\./(images/[^)]+)\)", page) if not (ROOT / "docs" / picture).exists()
    } == set()


PYTHON_PAGE = ROOT / "docs" / "reference" / "python.md"
LINT_PAGE = ROOT / "docs" / "reference" / "soat-the-thuc.md"


@pytest.mark.parametrize(("page", "program"), [(PYTHON_PAGE, "python_page.py"), (LINT_PAGE, "lint_page.py")])
def test_a_page_that_is_generated_is_up_to_date(page, program):
    spec = importlib.util.spec_from_file_location(program.removesuffix(".py"), page.with_name(program))
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)

    # Where they differ, run `make golden`.
    assert generator.page().splitlines() == page.read_text(encoding="utf-8").splitlines()


def test_every_name_of_the_facade_has_its_entry():
    import congvan

    page = PYTHON_PAGE.read_text(encoding="utf-8")
    names = {name for name in congvan.__all__ if callable(getattr(congvan, name))}

    assert {name for name in names if f"\n### {name}\n" not in page} == set()


def test_the_examples_of_the_python_interface_print_what_they_say(tmp_path):
    examples = PYTHON_PAGE.read_text(encoding="utf-8").partition("<!-- generated")[0]
    python = "".join(content for kind, _, content in BLOCK.findall(examples) if kind == "python")
    promised = re.findall(r"^ *print\(.*\)  # (.+)$", python, re.MULTILINE)
    done = run([sys.executable, "-c", python], tmp_path)

    assert done.stdout.splitlines() == promised, done.stderr
    assert len(promised) == 10
