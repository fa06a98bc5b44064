"""LibreOffice as a PDF engine."""
