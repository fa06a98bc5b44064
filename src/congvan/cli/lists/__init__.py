"""Commands of recipients' lists."""
