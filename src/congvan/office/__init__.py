"""What goes with letters when they leave the office: parcels, slips, receipts, labels, envelopes, books, pages.

Everything here is pure: rows in, bytes out. :mod:`congvan.run.deliveries` gathers the rows and writes the files.
"""
