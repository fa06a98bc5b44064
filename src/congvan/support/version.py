"""The version of congvan, written once: the package's metadata and every fingerprint read it here."""

from typing import Final

VERSION: Final = "0.1.0"
