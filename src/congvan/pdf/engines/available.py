"""The engines congvan knows, by name, and those this machine has.

A new engine of congvan's is one module and one line in ``_ENGINES``; it is loaded when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from congvan.errors import EngineError
from congvan.findings import finding
from congvan.pdf.engine import Engine

DEFAULT: Final = "dxpdf"
_ENGINES: Final = {"dxpdf": "congvan.pdf.engines.dxpdf.engine", "libreoffice": "congvan.pdf.engines.libreoffice.engine"}


@dataclass(frozen=True, slots=True)
class EngineState:
    """An engine's ``version``, or the reason why it is ``missing`` on this machine."""

    name: str
    version: str | None = None
    missing: str | None = None


def engine(wanted: str | Engine | None = None) -> Engine:
    """The engine of that name, the embedded one if none is ``wanted``; an engine of the caller's is itself.

    Raises:
        EngineError: when there is no such engine, or this machine lacks it; the message names those it has.
        TypeError: when an object is no engine.
    """
    if isinstance(wanted, Engine):
        return wanted
    if not isinstance(wanted, str | None):
        raise TypeError(f"{wanted!r} is neither the name of a PDF engine nor a congvan.pdf.Engine")
    name = wanted or DEFAULT
    if name not in _ENGINES:
        raise EngineError(name, finding("pdf-engine-unknown", name=name, known=", ".join(_ENGINES)))
    try:
        return _opener(name)()
    except EngineError as error:
        usable = ", ".join(state.name for state in engine_states().values() if state.version)
        raise EngineError(name, finding("pdf-engine-missing", name=name, why=error.reason, known=usable)) from error


def engine_states() -> Mapping[str, EngineState]:
    """Every engine congvan knows, with its version or the reason why it cannot be used on this machine."""
    return {name: _state(name) for name in _ENGINES}


def _opener(name: str) -> Callable[[], Engine]:
    opener: Callable[[], Engine] = import_module(_ENGINES[name]).open_engine
    return opener


def _state(name: str) -> EngineState:
    try:
        return EngineState(name, version=_opener(name)().version)
    except EngineError as error:
        return EngineState(name, missing=error.reason)
