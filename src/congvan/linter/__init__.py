"""The decree's reader: what is set or worded against the decree in any letter, from whatever hand.

:func:`lint` reads a .docx or a PDF, recognises the regime and the kind of the letter, and asks every rule. Each rule is
one small file in the folder of what it is about; its texts, its clause and its example are in ``findings/lint.toml``.
"""

from congvan.linter.files import lint_files, lint_paths, without_exceptions
from congvan.linter.lint import lint, lint_facts
from congvan.linter.lint_report import CheckedRule, LintReport, Suppressed
from congvan.linter.regime import Regime, RegimeFound

__all__ = [
    "CheckedRule",
    "LintReport",
    "Regime",
    "RegimeFound",
    "Suppressed",
    "lint",
    "lint_facts",
    "lint_files",
    "lint_paths",
    "without_exceptions",
]
