"""Finds the parts of a letter, each module one part: by wording and position, never by style names.

Lines that belong to no part yet (:mod:`~congvan.inspect.anatomy.unassigned`) are taken part by part, the surest first;
:func:`congvan.inspect.components.components` has the order.
"""
