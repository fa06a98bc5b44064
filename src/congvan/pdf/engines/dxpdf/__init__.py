"""The embedded engine, dxpdf: what a .docx needs before dxpdf renders it as Word does."""
