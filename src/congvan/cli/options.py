"""What several commands ask for in the same way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from congvan.cli.app import settings
from congvan.cli.language import tr
from congvan.cli.messages import echo_report
from congvan.cli.values import day, one_of
from congvan.findings import Report

if TYPE_CHECKING:
    from congvan.campaign import Campaign, Plan
    from congvan.campaign.book import BookInUse
    from congvan.campaign.office import Right
    from congvan.recipients import Listed, UnitList
    from congvan.register import Register

BOOK: Final = "so.sqlite3"
"""The register in the current folder."""

_LIST_OF_TIER: Final = re.compile(r"(?P<tier>[^\W_][\w.-]*)=(?P<listed>.+)", re.DOTALL)

RecipientLists = Annotated[
    list[str] | None,
    typer.Option(
        "--recipients",
        "--nguoi-nhan",
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
OfficeFolder = Annotated[
    Path | None,
    typer.Option(
        "--office",
        "--co-quan",
        metavar="DIR",
        help="Đây là cơ quan của mình: từ nay dùng sổ, máy chủ và đường dẫn mà co-quan.yaml ở thư mục này ghi.",
    ),
]
AcceptChanges = Annotated[
    bool,
    typer.Option(
        "--accept-changes", help="Chấp nhận mọi sửa đổi được theo dõi và bỏ mọi nhận xét trong mẫu Word của mình."
    ),
]
ProvinceCode = Annotated[
    str | None,
    typer.Option("--province", "--tinh", metavar="PROVINCE", help="Tên hoặc mã tỉnh của những hàng không ghi tỉnh."),
]
EraName = Annotated[
    str | None,
    typer.Option(
        "--era",
        "--thoi-ky",
        metavar="ERA",
        help="Đối chiếu đơn vị với danh mục của thời kỳ 2021, 2025-01 hoặc 2025-07.",
    ),
]
LetterDate = Annotated[
    date | None,
    typer.Option("--date", "--ngay", parser=day, metavar="DAY", help="Ngày văn bản: đơn vị phải có vào ngày ấy."),
]
OldFont = Annotated[
    Literal["tcvn3", "vni"] | None,
    typer.Option(parser=one_of("tcvn3", "vni"), metavar="tcvn3|vni", help="Đổi từ phông cũ: tcvn3 (.VnTime) hoặc vni."),
]
SheetName = Annotated[
    str | None, typer.Option("--sheet", "--trang-tinh", metavar="SHEET", help="Chỉ đọc trang tính này.")
]


def _show_values(asked: bool) -> bool:  # as typer calls it
    settings["show_values"] = asked
    return asked


ShowValues = Annotated[
    bool,
    typer.Option("--show-values", help="Hiện cả họ tên, số điện thoại trong thông báo.", callback=_show_values),
]
TodayOption = Annotated[
    date | None,
    typer.Option(
        "--today", "--hom-nay", parser=day, metavar="DAY", help="Xem như thể hôm nay là ngày này, ví dụ 01/7/2021."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Ghi đè tệp đã có.")]


_VIETNAM: Final = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""The only time of the country, without the zone data that Windows lacks."""


def today() -> date:
    """The day it is in Vietnam, which dates letters with ``ngay: hom-nay``, wherever the computer stands."""
    return datetime.now(_VIETNAM).date()


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


def chosen_units(era: str | None, when: date | None) -> UnitList | None:
    """The units of ``--era``, or of the day of ``--date``; None where neither is given."""
    from congvan.recipients import ERAS, era_named, era_of, unit_list

    if era is None:
        return unit_list(era_of(when)) if when else None
    if (known := era_named(era)) is None:
        raise typer.BadParameter(f"{era} ({', '.join(one.ma for one in ERAS)})", param_hint="--era")
    return unit_list(known)


def keep(path: Path, *, force: bool) -> None:
    """Refuse to write over a file that somebody may have filled in."""
    if path.exists() and not force:
        raise typer.BadParameter(tr(f"{path} đã có (--force để ghi đè)", f"{path} exists (--force to overwrite)"))


def book_in_use(campaign: Campaign, chosen: str | None) -> BookInUse:
    """The book of a campaign, or the one ``--register`` gives; says which it is."""
    from congvan.campaign.book import BookInUse

    book = BookInUse(chosen or campaign.book or BOOK, campaign.office, is_chosen=bool(chosen))
    echo_report(Report((book.note,)))
    return book


def planned(
    campaign: Path,
    register: str | None,
    recipients: Sequence[str] | None,
    databases: Sequence[str] | None,
    office: Path | None,
    only: str | None = None,
    limit: int | None = None,
) -> tuple[Plan, BookInUse]:
    """The plan of a campaign file and the book that numbers its letters; says which book it is."""
    from congvan.campaign import plan_file

    plan = plan_file(
        campaign,
        recipients=recipient_lists(recipients),
        allow_databases=databases or (),
        today=today(),
        office=office,
        takes_numbers=register is None,
        only=names(only),
        limit=limit,
    )
    accept(office)
    return plan, book_in_use(plan.campaign, register)


def accept(office: Path | None) -> None:
    """Remember the office given by ``--office`` as the user's own, once a command has found it to be one."""
    if office is not None:
        from congvan.campaign.accepted_offices import accept_office

        echo_report(Report.of(filter(None, [accept_office(office)])))


def book_here(where: str) -> Path | str:
    """The book a command without a campaign means: the file in this folder, or else that of the office around it."""
    return where if where != BOOK or Path(BOOK).exists() else office_book(Path()) or where


def require_right(right: Right, where: Path | str, book: Register) -> None:
    """Refuse a user to whom the office of the book ``where`` does not give this right.

    A book on a server is that of the office around the current folder, where it is the one that office names.

    Raises:
        CampaignError: with the user's name, and who may.
    """
    from congvan.campaign import office_of
    from congvan.errors import CampaignError
    from congvan.recipients import is_address

    on_server = is_address(str(where))
    office, _ = office_of(Path() if on_server else Path(where).absolute().parent)
    if office and not (on_server and office.book != where):
        Report.of(filter(None, [office.right_missing(right, book.user)])).raise_errors(CampaignError)


def office_book(folder: Path) -> Path | str | None:
    """The book of the office around a folder; None where there is none, or it is elsewhere and not accepted."""
    from congvan.campaign import office_of

    office, _ = office_of(folder)
    return office.book if office and not office.leave_missing("so_dang_ky") else None
