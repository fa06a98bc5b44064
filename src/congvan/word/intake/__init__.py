"""The one door for a .docx from outside."""
