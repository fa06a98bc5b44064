"""The offices and campaigns below the clerk's folder, and new ones made by forms: files the command line reads."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from congvan.campaign.office import OFFICE_FILE
from congvan.campaign.starter import CAMPAIGN_FILE
from congvan.errors import CampaignError
from congvan.findings import Place, Report, finding
from congvan.run.life.issuing import today_by
from congvan.support.files import write_whole
from congvan.support.untrusted_files import TEXT_LIMIT, read_untrusted
from congvan.text import slug

_DEEPEST: Final = 4
_IS_CAMPAIGN: Final = re.compile(r"^ma:", re.MULTILINE), re.compile(r"^cap:", re.MULTILINE)
_BODY: Final = ("chu_quan", "co_quan", "ten_thuong", "ky_hieu", "dia_danh", "dien_thoai")
_TEXT: Final = "Thực hiện kế hoạch năm, {{ don_vi.ten_thuong }} kính đề nghị quý cơ quan phối hợp.\n\nTrân trọng./.\n"
GROUPS: Final = {"tinh": "nguoi_nhan", "huyen": "huyen", "xa": "xa", "thon": "nguoi_nhan"}


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """A campaign file found below the clerk's folder, and its keys as they are written."""

    path: Path
    name: str
    values: Mapping[str, Any]

    @property
    def title(self) -> str:
        """What the clerk calls it."""
        return str(self.values.get("ten") or self.values.get("ma") or self.name)

    @property
    def tiers(self) -> tuple[Mapping[str, Any], ...]:
        """Its tiers as written; what is no tier is left out."""
        written = self.values.get("cap")
        return tuple(one for one in written if isinstance(one, dict)) if isinstance(written, list) else ()

    def beside(self, written: object) -> Path | None:
        """The file a key names, None where it names none in the campaign's folder or beside it."""
        if not isinstance(written, str) or "://" in written or "\n" in written:
            return None
        return self.path.parent / written


def campaigns_in(folder: Path) -> Iterator[CampaignFile]:
    """Every campaign file at most four folders down; output folders and hidden ones are not looked into."""
    for path in sorted(_yaml_files(folder, _DEEPEST)):
        if path.name != OFFICE_FILE and (values := _read(path)):
            yield CampaignFile(path, path.relative_to(folder).as_posix(), values)


def offices_in(folder: Path) -> Iterator[tuple[str, str]]:
    """The folder and name of every office."""
    for path in sorted(_yaml_files(folder, _DEEPEST)):
        if path.name == OFFICE_FILE:
            yield path.parent.relative_to(folder).as_posix(), str(_loaded(path).get("ten", path.parent.name))


def campaign_named(folder: Path, name: str) -> CampaignFile | None:
    """The campaign file of that name, if it is one of those found: a name never leads elsewhere."""
    return next((one for one in campaigns_in(folder) if one.name == name), None)


def new_office(folder: Path, form: Mapping[str, str]) -> Path:
    """Write an office of one issuing body from a form; returns its folder.

    Raises:
        CampaignError: when a part is missing, or the office is there already.
    """
    _require(form, ("co_quan", "ky_hieu", "dia_danh"))
    target = folder / slug(form["co_quan"])
    _require_free(target / OFFICE_FILE)
    usual = form.get("ten_thuong") or form["co_quan"].capitalize()
    body = {"ma": "co-quan", **{name: form.get(name, "") for name in _BODY}, "ten_thuong": usual}
    if form.get("so_bat_dau"):
        body["so_bat_dau"] = form["so_bat_dau"]
    target.mkdir(parents=True, exist_ok=True)
    write_whole(target / "don-vi.csv", _table(body))
    write_whole(target / OFFICE_FILE, _yaml({"ten": usual, "don_vi": "don-vi.csv"}))
    return target


def new_campaign(folder: Path, form: Mapping[str, str], list_name: str, content: bytes) -> Path:
    """Write a campaign of one tier into the office ``form["co_quan"]``; returns its file.

    Raises:
        CampaignError: when a part is missing, there is no such office, or the campaign is there already.
    """
    _require(form, ("ten", "cap", "trich_yeu", "chuc_vu", "ho_ten", "danh_sach"))
    if form.get("co_quan") not in dict(offices_in(folder)):
        raise _error("web-request", "co_quan", part="co_quan")
    target = folder / form["co_quan"] / "dot" / slug(form["ten"])
    _require_free(target / CAMPAIGN_FILE)
    tier = form["cap"]
    listed = f"noi-nhan/{tier}{Path(list_name).suffix.lower()}"
    for part in ("noi-nhan", "noi-dung"):
        (target / part).mkdir(parents=True, exist_ok=True)
    write_whole(target / listed, content)
    write_whole(target / f"noi-dung/{tier}.md", _TEXT.encode())
    write_whole(target / CAMPAIGN_FILE, _yaml(_campaign(form, tier, listed)))
    return target / CAMPAIGN_FILE


def change_tier(campaign: CampaignFile, at: int, changes: Mapping[str, Any]) -> CampaignFile:
    """The campaign with other values written into a tier of its file; None takes a key out. Comments and order stay."""
    yaml = YAML()
    document = yaml.load(read_untrusted(campaign.path, TEXT_LIMIT).decode())
    for key, value in changes.items():
        if value is None:
            document["cap"][at].pop(key, None)
        else:
            document["cap"][at][key] = value
    stream = io.StringIO()
    yaml.dump(document, stream)
    write_whole(campaign.path, stream.getvalue().encode())
    return replace(campaign, values=_loaded(campaign.path))


def _campaign(form: Mapping[str, str], tier: str, listed: str) -> dict[str, Any]:
    signer: dict[str, Any] = {"chuc_vu": form["chuc_vu"], "ho_ten": form["ho_ten"]}
    if form.get("quyen_han"):
        signer = {"quyen_han": [form["quyen_han"]], **signer}
    written = {
        "cap": tier,
        "don_vi": "co-quan",
        "loai": form.get("loai") or "cong-van",
        "ngay": form.get("ngay") or today_by(None).year,  # the year alone leaves day and month blank
        "trich_yeu": form["trich_yeu"],
        "nguoi_nhan": listed,
        "mot_van_ban_cho": GROUPS.get(tier, "nguoi_nhan"),
        "noi_dung": f"noi-dung/{tier}.md",
        "noi_nhan": form.get("noi_nhan", "").splitlines() or ["Như trên", "Lưu: VT"],
        "ky": signer,
    }
    return {"ma": slug(form["ten"]), "ten": form["ten"], "he_thong_cap": [tier], "cap": [written]}


def _yaml_files(folder: Path, depth: int) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir() and depth and entry.name != "out":
            yield from _yaml_files(entry, depth - 1)
        elif entry.suffix in {".yaml", ".yml"} and entry.is_file():
            yield entry


def _read(path: Path) -> Mapping[str, Any]:
    """The keys of a campaign file; nothing for another kind of file."""
    try:
        text = read_untrusted(path, TEXT_LIMIT).decode(errors="replace")
    except OSError:  # too large for a campaign file, or not to be read
        return {}
    return _loaded(path) if all(sign.search(text) for sign in _IS_CAMPAIGN) else {}


def _loaded(path: Path) -> Mapping[str, Any]:
    from ruamel.yaml.error import YAMLError

    try:
        values = YAML(typ="safe").load(read_untrusted(path, TEXT_LIMIT).decode(errors="replace"))
    except YAMLError:
        return {"ten": path.name}  # the check of the campaign says what is wrong with it
    return values if isinstance(values, dict) else {}


def _yaml(values: Mapping[str, Any]) -> bytes:
    stream = io.StringIO()
    yaml = YAML()
    yaml.width = 1000
    yaml.dump(dict(values), stream)
    return stream.getvalue().encode()


def _table(row: Mapping[str, str]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(row))
    writer.writeheader()
    writer.writerow(row)
    return stream.getvalue().encode("utf-8-sig")


def _require(form: Mapping[str, str], names: tuple[str, ...]) -> None:
    missing = [finding("web-request", Place(key=name), part=name) for name in names if not form.get(name, "").strip()]
    Report.of(missing).raise_errors(CampaignError)


def _require_free(path: Path) -> None:
    if path.exists():
        raise _error("starter-file-taken", "ten", file=path.name)


def _error(code: str, key: str, file: str | None = None, **values: object) -> CampaignError:
    return CampaignError(Report((finding(code, Place(file=file, key=key), **values),)))
