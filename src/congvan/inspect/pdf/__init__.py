"""Facts of a .pdf: text, lines, frames and fonts on its pages."""
