"""The register's tables, and the version of them that a database holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from congvan.register.entry import State

VERSION: Final = 5
"""Raised with every change of the tables."""

BEFORE_RELEASE: Final = frozenset({1, 2})
"""Versions of books that know whole numbers alone. They are read as they are; the first write adds what they lack."""

WITHOUT_WORDS: Final = BEFORE_RELEASE | {3}
"""Versions of books that have no table of words; the first write fills it."""

WITHOUT_RECEIPTS: Final = WITHOUT_WORDS | {4}
"""Versions of books whose letters do not say who signed for them, and when; the first write adds the columns."""

READABLE: Final = WITHOUT_RECEIPTS | {VERSION}
"""Versions that can be read and written."""


_STATES: Final = {state.value: state for state in State}


class Instant(TypeDecorator[datetime]):
    """A time, stored in UTC also where the database knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class StateText(TypeDecorator[State]):
    """A state, stored as its word so that a person who opens the database can read it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: State | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value and value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> State | None:  # noqa: ARG002
        return None if value is None else _STATES.get(value) or State(value)


_TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")
"""Text compared and ordered by code point, as SQLite does, whatever the server's locale."""


def _text(name: str) -> Column[str]:
    return Column(name, _TEXT, nullable=False)


def _text_or_blank(name: str) -> Column[str]:
    return Column(name, _TEXT, nullable=False, server_default="")


GIVEN_ONCE: Final = "register_number_given_once"

metadata: Final = MetaData()

version_table: Final = Table("register_version", metadata, Column("version", Integer, nullable=False))

book_table: Final = Table("register_book", metadata, Column("id", _TEXT, primary_key=True), _text("place"))
"""One row: the id of this book, and the file it was last written in, by which a copy of that file is known."""

series_table: Final = Table(
    "register_series",
    metadata,
    _text("don_vi"),
    Column("nam", Integer, nullable=False),
    _text("chuoi"),
    Column("bat_dau", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    PrimaryKeyConstraint("don_vi", "nam", "chuoi"),
)

entry_table: Final = Table(
    "register_entry",
    metadata,
    Column("khoa", _TEXT, primary_key=True),
    Column("so", Integer, nullable=False),
    _text("don_vi"),
    Column("nam", Integer, nullable=False),
    _text("chuoi"),
    Column("ngay", Date),
    _text("ky_hieu"),
    _text("loai"),
    _text("trich_yeu"),
    Column("trang_thai", StateText, nullable=False),
    Column("reserved_at", Instant, nullable=False),
    Column("issued_at", Instant),
    Column("voided_at", Instant),
    Column("void_reason", _TEXT),
    _text_or_blank("nguoi_ky"),
    _text_or_blank("noi_nhan"),
    _text_or_blank("don_vi_luu"),
    Column("so_ban", Integer),
    _text_or_blank("ghi_chu"),
    _text_or_blank("so_phu"),
    UniqueConstraint("don_vi", "nam", "chuoi", "so", "so_phu", name=GIVEN_ONCE),
    ForeignKeyConstraint(
        ["don_vi", "nam", "chuoi"], ["register_series.don_vi", "register_series.nam", "register_series.chuoi"]
    ),
    CheckConstraint("so >= 1", name="register_number_from_one"),
    CheckConstraint(f"trang_thai in ({', '.join(f'{state.value!r}' for state in State)})", name="register_state_known"),
    CheckConstraint("trang_thai <> 'void' or void_reason is not null", name="register_void_has_reason"),
)

ENTRY_INDEXES: Final = (
    Index("register_entry_so", entry_table.columns.so),
    Index("register_entry_ngay", entry_table.columns.ngay),
)

word_table: Final = Table(
    "register_word",
    metadata,
    Column("word", _TEXT, nullable=False),
    Column("khoa", _TEXT, nullable=False),
    PrimaryKeyConstraint("word", "khoa"),
    sqlite_with_rowid=False,
)
"""The words of each entry, without accents and capitals: derived from the entries, for searching."""

letter_table: Final = Table(
    "register_letter",
    metadata,
    Column("khoa", _TEXT, primary_key=True),
    _text("dot"),
    _text_or_blank("khoa_so"),
    _text("trang_thai"),
    Column("ngay", Date),
    _text_or_blank("thu_muc"),
    _text_or_blank("docx"),
    _text_or_blank("docx_sha256"),
    _text_or_blank("pdf"),
    _text_or_blank("pdf_sha256"),
    Column("trang", Integer),
    _text_or_blank("du_lieu_sha256"),
    _text_or_blank("mau_sha256"),
    _text_or_blank("tep_dot"),
    _text_or_blank("lien_quan"),
    _text_or_blank("quan_he"),
    _text_or_blank("ly_do"),
    Column("issued_at", Instant),
    Column("delivered_at", Instant),
    Column("du_lieu", LargeBinary),
    Column("ngay_nhan", Date),
    _text_or_blank("nguoi_ky_nhan"),
)
"""A line for each letter that was issued, and for each that follows an issued one; ``du_lieu`` is the letter itself."""

Index("register_letter_dot", letter_table.columns.dot)
Index("register_letter_khoa_so", letter_table.columns.khoa_so)
Index("register_letter_lien_quan", letter_table.columns.lien_quan)

same_table: Final = Table(
    "register_same",
    metadata,
    Column("khoa", _TEXT, primary_key=True),
    _text("khoa_cu"),
)
"""Keys of recipients that came back under another code: ``khoa`` is the same letter as ``khoa_cu``."""

trail_table: Final = Table(
    "register_trail",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("who"),
    _text("run"),
    _text("act"),
    _text("subject"),
    _text("change"),
    _text("previous_hash"),
    _text("hash"),
)
