"""How the parts of a letter are found, each module one part: by wording and place, never by style names.

Lines not yet others (:mod:`~congvan.inspect.anatomy.unassigned`) are taken part by part, from what is surest to what is
left over; :func:`congvan.inspect.components.components` says in which order.
"""
