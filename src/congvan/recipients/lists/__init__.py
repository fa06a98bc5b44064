"""Lists written for people: blank, filled, converted and marked."""
