"""What several commands ask for in the same way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from congvan.cli.messages import tr

if TYPE_CHECKING:
    from congvan.recipients import Listed, UnitList

_LIST_OF_TIER: Final = re.compile(r"(?P<tier>[^\W_][\w.-]*)=(?P<listed>.+)", re.DOTALL)

RecipientLists = Annotated[
    list[str] | None,
    typer.Option(
        "--recipients",
        metavar="[TIER=]FILE|URL",
        help="Danh sách thay cho danh sách trong tệp đợt: thon=ds.xlsx, hay «postgresql://…?query=SELECT …».",
    ),
]
AllowedDatabaseNames = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-database",
        metavar="HOST|PATH",
        help="Cho tệp đợt đọc danh sách ở máy chủ PostgreSQL này, hay tệp SQLite ngoài thư mục của đợt.",
    ),
]
ProvinceCode = Annotated[str | None, typer.Option(help="Tên hoặc mã tỉnh của những hàng không ghi tỉnh.")]
EraName = Annotated[
    str | None, typer.Option(help="Đối chiếu đơn vị với danh mục của thời kỳ 2021, 2025-01 hoặc 2025-07.")
]
LetterDate = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Ngày văn bản: đơn vị phải có vào ngày ấy."),
]
OldFont = Annotated[Literal["tcvn3", "vni"] | None, typer.Option(help="Đổi từ phông cũ: tcvn3 (.VnTime) hoặc vni.")]
SheetName = Annotated[str | None, typer.Option(help="Chỉ đọc trang tính này.")]
ShowValues = Annotated[bool, typer.Option("--show-values", help="Hiện cả họ tên, số điện thoại trong thông báo.")]
Force = Annotated[bool, typer.Option("--force", help="Ghi đè tệp đã có.")]


def names(text: str | None) -> tuple[str, ...]:
    """The names in ``tinh,huyen``."""
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())


def recipient_lists(given: Sequence[str] | None) -> Mapping[str, Listed] | Listed | None:
    """What ``--recipients`` gives: lists by tier, or one list alone for a campaign of one tier."""
    matches = [(_LIST_OF_TIER.fullmatch(one), one) for one in given or ()]
    lists = {match["tier"]: match["listed"] for match, _ in matches if match}
    alone = [one for match, one in matches if not match]
    if len(lists) + len(alone) < len(matches) or (alone and len(matches) > 1):
        raise typer.BadParameter(
            tr("mỗi cấp một danh sách, ghi CẤP=DANH_SÁCH", "one list a tier, written TIER=LIST"),
            param_hint="--recipients",
        )
    return alone[0] if alone else lists or None


def chosen_units(era: str | None, day: datetime | None) -> UnitList | None:
    """The units of ``--era``, or of the day of ``--date``; None where neither is given."""
    from congvan.recipients import ERAS, era_named, era_of, unit_list

    if era is None:
        return unit_list(era_of(day.date())) if day else None
    if (known := era_named(era)) is None:
        raise typer.BadParameter(f"{era} ({', '.join(one.ma for one in ERAS)})", param_hint="--era")
    return unit_list(known)


def keep(path: Path, *, force: bool) -> None:
    """Refuse to write over a file that somebody may have filled in."""
    if path.exists() and not force:
        raise typer.BadParameter(tr(f"{path} đã có (--force để ghi đè)", f"{path} exists (--force to overwrite)"))


def default_register(campaign: Path) -> Path:
    """The register of a project: ``so.sqlite3`` beside the campaign file."""
    return campaign.parent / "so.sqlite3"
