"""Problems as values: what is wrong, where, and what to do about it.

A :class:`Finding` has a code and the values of its sentence. The sentences are in the ``*.toml`` files of this
folder, one file an area, in Vietnamese and English: a program reads the code, a clerk the sentence, and a
translator one folder.
"""

from congvan.findings.catalogue import Meaning, Severity, codes, meaning
from congvan.findings.finding import Finding, Place, Report, Sentence, finding
from congvan.findings.language import language, set_language, speaking

__all__ = [
    "Finding",
    "Meaning",
    "Place",
    "Report",
    "Sentence",
    "Severity",
    "codes",
    "finding",
    "language",
    "meaning",
    "set_language",
    "speaking",
]
