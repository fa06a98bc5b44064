"""The output of a run: where its files go, what is known of earlier runs, and the lists about them."""
