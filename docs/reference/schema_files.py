"""Writes the JSON Schemas that ``congvan init`` puts into an office, with what the reference says about each key."""

import json
import re
from pathlib import Path

from congvan.campaign.file.json_schema import campaign_schema, office_schema, style_schema

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "src" / "congvan" / "campaign" / "khoi-dau" / "luoc-do"
_SECTIONS = {
    "CampaignEntry": "Cả đợt",
    "TierEntry": "Một cấp",
    "RoundEntry": "Một cấp",
    "DocumentEntry": "Một cấp",
    "CopyEntry": "Bản sao",
    "OfficeEntry": "Thư mục cơ quan",
    "OfficeStyleEntry": "Cách trình bày riêng",
}


def schema_files() -> dict[str, str]:
    """The files by name."""
    page = (HERE / "tep-dot.md").read_text(encoding="utf-8")
    described = {entry: _rows(page, title) for entry, title in _SECTIONS.items()}

    def describe(entry: str, key: str) -> str:
        return described.get(entry, {}).get(key, "")

    schemas = {"dot": campaign_schema, "co-quan": office_schema, "trinh-bay": style_schema}
    return {
        f"{name}.json": json.dumps(schema(describe), ensure_ascii=False, indent=1) + "\n"
        for name, schema in schemas.items()
    }


def _rows(page: str, title: str) -> dict[str, str]:
    """Key and meaning of each row of a section's tables: Vietnamese, then English."""
    section = re.split(r"^## ", page.partition(f"## {title}")[2], maxsplit=1, flags=re.MULTILINE)[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", section, re.MULTILINE)
    return {key: f"{_plain(vi)}\n{_plain(en)}" for key, vi, en in rows}


def _plain(text: str) -> str:
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("`", "").replace("\\|", "|")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, content in schema_files().items():
        (FOLDER / file).write_text(content, encoding="utf-8")
