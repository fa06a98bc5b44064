"""Books that an office kept before congvan: read from a spreadsheet, then entered as history."""
