"""One PDF a tier for the printer."""
