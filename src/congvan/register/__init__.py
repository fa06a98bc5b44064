"""The number register (sổ đăng ký văn bản đi): which letter has which number, never twice, never lost.

Numbers run per issuing body and year from 01 (Decree 30/2020, Art. 15), and per series where the head of
the body splits them. :class:`Register` keeps them in an SQLite file beside the project, or in PostgreSQL
by URL; an office system that numbers by itself implements :class:`NumberRegister`. A number belongs to what a
letter *is* (its key), so that a second run finds the same numbers; it is reserved, then issued, or voided with
a reason and never given again. Every change is a row of an audit trail that nobody can alter unseen
(:meth:`Register.verify`).

Everything the register refuses is a :class:`~congvan.errors.RegisterError` whose only argument is a
:class:`~congvan.findings.Report`, or an :class:`~congvan.errors.UnreadableFileError` for a file that is
no register. SQLAlchemy is loaded when a register is opened, not when this package is imported.
"""

from congvan.register.entry import Entry, IssuedNumber, NumberRequest, Series, State
from congvan.register.number_register import NumberRegister
from congvan.register.register import Register
from congvan.register.trail import TrailRow

__all__ = ["Entry", "IssuedNumber", "NumberRegister", "NumberRequest", "Register", "Series", "State", "TrailRow"]
