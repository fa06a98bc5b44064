"""Facts of a .docx, read without rendering it."""
