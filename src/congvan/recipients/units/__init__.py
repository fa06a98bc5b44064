"""Administrative units by era, and the rows that name them."""
