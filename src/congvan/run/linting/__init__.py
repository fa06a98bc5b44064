"""Linting the letters of a run: the longest, the shortest and the strangest of each tier, or all of them."""

from congvan.run.linting.linted import Linted, LintScope, lint_rows, lint_run

__all__ = ["LintScope", "Linted", "lint_rows", "lint_run"]
