"""An output folder belongs to one campaign, or to one template and table; what is another's is left as it is."""

from __future__ import annotations

import json

import pytest

import congvan
from congvan.errors import OutputError
from congvan.run import campaign_folder, earlier_default_findings
from congvan.run.output.owner import campaign_owner, require_owner, table_owner

WHOLE = '{"dot": {"ma": "thu-nghiem-2021", "ten": "Thử"}, "van_ban": [\n]}\n'
PRETTY = json.dumps(json.loads(WHOLE), indent=2)
TABLE = '{"dot": {"mau": "giay-moi.docx", "bang": "khach.xlsx"}, "van_ban": [\n]}\n'


def other_of(out, owner):
    """Whose folder it is according to the refusal; None where it is not refused."""
    try:
        require_owner(out, owner)
    except OutputError as error:
        return error.finding.values["other"]
    return None


@pytest.mark.parametrize("manifest", [WHOLE, PRETTY])
def test_a_folder_is_its_campaigns_by_the_manifest(tmp_path, manifest):
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")

    assert other_of(tmp_path, campaign_owner("thu-nghiem-2021")) is None
    assert other_of(tmp_path, campaign_owner("dot-khac")) == "thu-nghiem-2021"
    assert other_of(tmp_path, table_owner("giay-moi.docx", "khach.xlsx")) == "thu-nghiem-2021"


def test_a_folder_is_its_templates_and_tables_by_the_manifest(tmp_path):
    (tmp_path / "manifest.json").write_text(TABLE, encoding="utf-8")

    assert other_of(tmp_path, table_owner("giay-moi.docx", "khach.xlsx")) is None
    assert other_of(tmp_path, campaign_owner("dot")) == "giay-moi.docx × khach.xlsx"


def test_a_run_that_was_killed_before_its_manifest_owns_its_folder_too(tmp_path):
    (tmp_path / ".congvan").mkdir()
    (tmp_path / ".congvan" / "journal.jsonl").write_bytes(b'\n{"line":"owner","job":"dot:a"}\n{"line":"let')

    assert other_of(tmp_path, campaign_owner("b")) == "a"
    assert other_of(tmp_path, campaign_owner("a")) is None


@pytest.mark.parametrize(
    "manifest", ["", "{}", '{"dot": [', '{"dot": 1}', '{"dot": {}}', "\0" * 99, '{"dot": ' * 20_000]
)
def test_a_manifest_that_says_nothing_keeps_nobody_out(tmp_path, manifest):
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")

    assert other_of(tmp_path, campaign_owner("a")) is None
    assert other_of(tmp_path / "chua-co", campaign_owner("a")) is None


def test_a_run_into_the_folder_of_another_campaign_is_refused_and_writes_nothing(project):
    project.render(formats=["docx"])
    before = project.files(project.folder)
    project.change("dot.yaml", "ma: thu-nghiem-2021", "ma: dot-thang-7")
    changed = project.files(project.folder)

    with pytest.raises(OutputError) as refused:
        project.render(formats=["docx"], register=project.folder / "khac.sqlite3")
    assert (refused.value.finding.values["own"], refused.value.finding.values["other"]) == (
        "dot-thang-7",
        "thu-nghiem-2021",
    )
    assert project.files(project.folder) == changed
    assert {name for name in changed if changed[name] != before[name]} == {"dot.yaml"}


def test_a_draft_into_the_folder_of_another_campaign_is_refused_too(project):
    project.render(formats=["docx"])
    project.change("dot.yaml", "ma: thu-nghiem-2021", "ma: dot-thang-7")

    with pytest.raises(OutputError):
        project.render(formats=["docx"], draft=True)


def test_letters_go_by_default_to_a_folder_named_after_the_campaign(project):
    assert campaign_folder(congvan.load_campaign(project.campaign)) == project.folder / "out" / "thu-nghiem-2021"


def test_letters_in_the_earlier_default_folder_are_named(project):
    campaign = congvan.load_campaign(project.campaign)
    assert list(earlier_default_findings(campaign)) == []
    project.render(out="out", formats=["docx"])
    (found,) = earlier_default_findings(campaign)

    assert (found.code, found.severity) == ("batch-earlier-folder", "info")
    assert found.place.file == (project.folder / "out").as_posix()
    project.change("dot.yaml", "ma: thu-nghiem-2021", "ma: dot-thang-7")
    assert list(earlier_default_findings(congvan.load_campaign(project.campaign))) == []
