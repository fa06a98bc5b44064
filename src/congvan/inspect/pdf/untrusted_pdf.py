"""A PDF from outside, opened with limits: a few kilobytes may unpack to gigabytes or ask to be read for hours.

pypdf keeps the limits of a stream, a page and a tree; the clock is for many of them together. Programs in a PDF
(JavaScript, launch actions) are never run: nothing here knows how to.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError

from congvan.support.untrusted_files import MEGABYTE

UNPACKED_STREAM: Final = 16 * MEGABYTE
"""Bytes of one stream; the text of a page has some ten thousand."""

SIGNS_A_PAGE: Final = 400_000
"""Operators and operands in the content of one page; a full page of text has about ten thousand."""

SECONDS: Final = 20.0
"""Processor time for a document, not time on the wall."""

SECONDS_A_MEGABYTE: Final = 20.0
"""Processor time on top for each megabyte of the file; a print file of a hundred letters has two."""

_LIMITS: Final[dict[str, Any]] = {
    "array_based_stream_maximum_output_length": UNPACKED_STREAM,
    "jbig2_maximum_output_length": UNPACKED_STREAM,
    "lzw_maximum_output_length": UNPACKED_STREAM,
    "run_length_maximum_output_length": UNPACKED_STREAM,
    "zlib_maximum_output_length": UNPACKED_STREAM,
    "brotli_maximum_output_length": UNPACKED_STREAM,
    "stream_decoding_work_maximum_length": 4 * UNPACKED_STREAM,
    "stream_parsing_work_maximum_count": SIGNS_A_PAGE,
    "xform_maximum_invocations_per_extraction": 500,
    "jbig2dec_binary": None,  # no other program is started
}


@contextmanager
def outside_pdf(pdf: bytes) -> Iterator[PdfReader]:
    """A reader of ``pdf``, to be used inside the ``with``.

    It raises :class:`pypdf.errors.LimitReachedError` when the document asks for too much.
    """
    with apply_configuration(**_LIMITS):
        yield _ClockedReader(pdf)


class _ClockedReader(PdfReader):
    """Looks at the clock whenever a page is asked for."""

    def __init__(self, pdf: bytes) -> None:
        self._until = time.thread_time() + SECONDS + SECONDS_A_MEGABYTE * len(pdf) / MEGABYTE
        super().__init__(io.BytesIO(pdf))

    @property
    def pages(self) -> Any:
        return _ClockedPages(super().pages, self._check_time)

    def _check_time(self) -> None:
        if time.thread_time() > self._until:
            raise LimitReachedError("too much work for its size")


class _ClockedPages(Sequence[Any]):
    def __init__(self, pages: Sequence[Any], check_time: Callable[[], None]) -> None:
        self._pages = pages
        self._check_time = check_time

    def __len__(self) -> int:
        return len(self._pages)

    def __getitem__(self, index: Any) -> Any:
        self._check_time()
        return self._pages[index]
