"""Letters as data: frozen, typed, validated at construction; no file, no Word.

:class:`Letter` is one document as data, :class:`Agency` the body that issues it,
:class:`IssueDate` a date that may still have blanks, :class:`Signature` who signs. Only some kinds have parts such as
an invitation's hour and place, the text a decision issues or an official copy; each is a class of its own.
:class:`NumberRequest` is a letter that needs a number.
"""

from congvan.decree.kinds import KINDS, Kind
from congvan.letter.addressee_group import NhomKinhGui
from congvan.letter.agency import Agency
from congvan.letter.issue_date import IssueDate
from congvan.letter.kind_parts import BienBan, GiayGioiThieu, GiayMoi, GiayNghiPhep, VanBanKemTheo
from congvan.letter.letter import Letter
from congvan.letter.number_request import NumberRequest, Series
from congvan.letter.office_style import TrinhBay
from congvan.letter.official_copy import BanSao
from congvan.letter.parts import PhuLuc
from congvan.letter.signature import Signature

__all__ = [
    "KINDS",
    "Agency",
    "BanSao",
    "BienBan",
    "GiayGioiThieu",
    "GiayMoi",
    "GiayNghiPhep",
    "IssueDate",
    "Kind",
    "Letter",
    "NhomKinhGui",
    "NumberRequest",
    "PhuLuc",
    "Series",
    "Signature",
    "TrinhBay",
    "VanBanKemTheo",
]
