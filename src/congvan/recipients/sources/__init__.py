"""Where lists come from: files, databases and callers' own objects, all read as sheets of cells."""
