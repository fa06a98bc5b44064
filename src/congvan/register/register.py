"""The register: numbers reserved, issued and voided, letters sealed, each call one transaction."""

from __future__ import annotations

from congvan.register.methods.lines import RegisterLines
from congvan.register.methods.numbers import RegisterNumbers
from congvan.register.methods.whole_books import RegisterBooks
from congvan.register.number_register import NumberRegister


class Register(RegisterNumbers, RegisterLines, RegisterBooks, NumberRegister):
    """The number register of one or many issuing bodies (sổ đăng ký văn bản đi; Decree 30/2020, Art. 15).

    Every method may raise :class:`~congvan.errors.RegisterError` for a register that cannot be read or
    written, and :class:`~congvan.errors.UnreadableFileError` for a file that is none. Each call is one
    transaction; only :meth:`holding` keeps one open, for the length of its block.
    """
