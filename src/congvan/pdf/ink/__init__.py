"""The law of conservation: what a letter says in Word is on its pages, word for word, in order, once.

:mod:`congvan.pdf.ink.document_text` reads the words of the .docx, :mod:`congvan.pdf.ink.page_ink` those of the pages
that can be seen, :mod:`congvan.pdf.ink.conservation` compares the two. What may differ is named in one place,
:mod:`congvan.pdf.ink.allowed`.
"""
