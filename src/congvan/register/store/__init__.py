"""The tables of the register and their SQL: an SQLite file, or PostgreSQL."""
