"""The sandbox Word templates are read in: values are escaped, lists and the header can be laid out."""

from __future__ import annotations

from functools import cache

from congvan.text.fields.pattern import FieldEnvironment, environment
from congvan.word import header
from congvan.word.body import columns, enumeration
from congvan.word.body import keep_together as page_sense


@cache
def word_environment() -> FieldEnvironment:
    """The one environment of every Word template; it also serves templates that go through docxtpl itself."""
    env = environment(autoescape=True)
    env.filters.update(header.FILTERS)
    env.filters.update(gach_dau_dong=enumeration.dashed, tung_dong=enumeration.punctuated, ma_soan=enumeration.drafter)
    env.filters.update(page_sense.FILTERS)
    env.filters.update(columns.FILTERS)
    env.tests.update(dong_con=enumeration.is_inner_line, mot_noi=enumeration.is_single)
    return env
