"""The embedded engine, dxpdf: what a .docx needs before dxpdf renders it as Word does."""

from typing import Final

ENGINE: Final = "dxpdf"
