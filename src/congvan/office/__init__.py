"""What goes with letters when they leave the office: rows in, bytes out."""
