"""Tables for the embedded engine: rows taller than a page, rows that stay with what follows them."""
