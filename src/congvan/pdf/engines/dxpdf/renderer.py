"""dxpdf runs in a worker process on Linux, so that the environment of this one stays as it is.

There dxpdf reads the machine's fonts by environment variables, which other threads and programs started meanwhile would
see (:mod:`congvan.pdf.fonts.isolation`). The environment of a worker process belongs to nobody else. Documents travel
without the faces, which are added where they are converted.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import cache
from typing import Final, NamedTuple

from congvan.errors import EngineError, WorkerLostError
from congvan.pdf.engines.dxpdf import ENGINE
from congvan.pdf.fonts.embedding import with_font_files
from congvan.pdf.fonts.isolation import isolated_fonts
from congvan.support.processes.warm_processes import call_within

_READS_ENVIRONMENT: Final = sys.platform == "linux"  # fontconfig is Linux's
_SECONDS: Final = 600.0
"""The longest conversion where its caller sets no limit: some 50,000 pages."""


class _Conversion(NamedTuple):
    """The PDF, or the reason why there is none."""

    pdf: bytes
    failure: str | None = None


def render(docx: bytes) -> bytes:
    """The PDF of a prepared ``docx``, which names the pinned faces and does not hold them.

    Raises:
        EngineError: when dxpdf cannot convert it.
    """
    try:
        conversion = call_within(_SECONDS if _READS_ENVIRONMENT else None, _convert, docx, modules=(__name__, ENGINE))
    except WorkerLostError as error:
        raise EngineError(ENGINE, str(error)) from error
    if conversion.failure is not None:
        raise EngineError(ENGINE, conversion.failure)
    return conversion.pdf


def _convert(docx: bytes) -> _Conversion:
    import dxpdf

    if _READS_ENVIRONMENT:
        _hide_machine_fonts()
    try:
        return _Conversion(dxpdf.convert(with_font_files(docx)))
    except (RuntimeError, ValueError, OSError) as error:
        return _Conversion(b"", str(error))
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # Rust's; it derives from BaseException and cannot be imported
            raise
        return _Conversion(b"", str(error))


@cache
def _hide_machine_fonts() -> ExitStack:
    """Set this process's environment for the rest of its life; the files it names are removed at its end."""
    stack = ExitStack()
    stack.enter_context(isolated_fonts())
    return stack
