"""Rules of writing: Unicode, spaces, words, capitals (Annex II)."""

from congvan.linter.writing.cities import CITIES
from congvan.linter.writing.decomposed import DECOMPOSED
from congvan.linter.writing.double_space import DOUBLE_SPACE
from congvan.linter.writing.legacy_text import LEGACY_TEXT
from congvan.linter.writing.lookalikes import LOOKALIKES
from congvan.linter.writing.repeated import REPEATED
from congvan.linter.writing.sentence_start import SENTENCE_START
from congvan.linter.writing.space_after_mark import SPACE_AFTER_MARK
from congvan.linter.writing.space_before_mark import SPACE_BEFORE_MARK
from congvan.linter.writing.state_and_people import STATE_AND_PEOPLE
from congvan.linter.writing.unit_space import UNIT_SPACE
from congvan.linter.writing.weekdays import WEEKDAYS

RULES = (
    DECOMPOSED,
    LOOKALIKES,
    LEGACY_TEXT,
    DOUBLE_SPACE,
    SPACE_BEFORE_MARK,
    SPACE_AFTER_MARK,
    UNIT_SPACE,
    REPEATED,
    SENTENCE_START,
    CITIES,
    WEEKDAYS,
    STATE_AND_PEOPLE,
)
