"""Any .docx or .pdf, whoever made it, as measured facts, and the facts as components of the decree."""
