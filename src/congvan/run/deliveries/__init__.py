"""Deliveries of a run: its letters sorted by body and commune, papers made by the workers, files written once."""
