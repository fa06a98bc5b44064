"""E-mail drafts with the letter attached: an office opens one in its mail program, looks it over and sends it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email import policy
from email.message import EmailMessage
from hashlib import sha256
from typing import Final

from congvan.letter import KINDS
from congvan.office.consignment import Sender, SentLetter
from congvan.recipients import Recipient
from congvan.text import capitalize_first, long_date_of

_COLUMNS: Final = ("email", "e_mail", "thu_dien_tu", "hop_thu")
"""The columns of a list that hold addresses; heads are «Email», «E-mail», «Thư điện tử», «Hộp thư»."""

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_UNREADABLE: Final = re.compile(r"[\x00-\x1f\x7f]+")
_TEXT: Final = """\
Kính gửi {names},

{sender} gửi {kind} số {number}{day} về {subject}, kèm theo thư này.

Trân trọng.
{sender}
"""
_MOST_NAMES: Final = 3


def addresses(recipients: Iterable[Recipient]) -> tuple[str, ...]:
    """The e-mail addresses of ``recipients`` as their list has them, each once."""
    cells = (recipient.truong.get(column, "") for recipient in recipients for column in _COLUMNS)
    written = (part.strip() for cell in cells for part in re.split(r"[;,\s]+", cell))
    return tuple(dict.fromkeys(part for part in written if _ADDRESS.fullmatch(part)))


def email_draft(
    sender: Sender, letter: SentLetter, recipients: Iterable[Recipient], names: Iterable[str], pdf: bytes
) -> bytes:
    """The draft as .eml, addressed as far as the list has addresses; ``names`` are the recipients as people say them.

    It has neither a sender nor a date: those are of whoever sends it.
    """
    message = EmailMessage(policy.SMTP)
    kind = KINDS[letter.loai].ten if letter.loai in KINDS else "văn bản"
    message["Subject"] = _line(f"{capitalize_first(kind)} số {letter.so_ky_hieu}: {letter.trich_yeu}")
    if to := addresses(recipients):
        message["To"] = ", ".join(to)
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    day = f" {long_date_of(letter.ngay)}" if letter.ngay else ""
    message.set_content(
        _TEXT.format(
            names=_named(list(names)),
            sender=sender.name,
            kind=kind,
            number=letter.so_ky_hieu,
            day=day,
            subject=letter.trich_yeu,
        )
    )
    name = letter.pdf.rpartition("/")[2]
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    message.set_boundary(f"=_congvan_{sha256(letter.khoa.encode() + pdf).hexdigest()[:32]}")
    return message.as_bytes()


def _named(names: list[str]) -> str:
    if len(names) <= _MOST_NAMES:
        return "; ".join(names)
    return f"{'; '.join(names[:_MOST_NAMES])} và {len(names) - _MOST_NAMES} nơi nhận khác"


def _line(text: str) -> str:
    """``text`` in one line: a header holds no more."""
    return _UNREADABLE.sub(" ", text)
