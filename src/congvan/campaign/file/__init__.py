"""The campaign file and the files it names, read into the model with the place of every key."""
