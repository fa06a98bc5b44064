"""A text that a clerk wrote in Word, as the Markdown of a body: its words, lists, tables, pictures and notes.

Nothing of the file itself goes on: what is read are words and their form, and what is not understood is refused.
"""
