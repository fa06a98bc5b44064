"""Rules of the page (Annex I, part I): paper, margins, type, page numbers, and what printing shows."""

from congvan.linter.page.colour import COLOUR
from congvan.linter.page.face import FACE
from congvan.linter.page.italics import ITALICS
from congvan.linter.page.margins import MARGINS
from congvan.linter.page.off_margin import OFF_MARGIN
from congvan.linter.page.page_number import PAGE_NUMBER
from congvan.linter.page.page_number_place import PAGE_NUMBER_PLACE
from congvan.linter.page.paper import PAPER
from congvan.linter.page.size import SIZE
from congvan.linter.page.substituted_face import SUBSTITUTED_FACE
from congvan.linter.page.weight import WEIGHT

RULES = (
    PAPER,
    MARGINS,
    OFF_MARGIN,
    FACE,
    SUBSTITUTED_FACE,
    COLOUR,
    SIZE,
    WEIGHT,
    ITALICS,
    PAGE_NUMBER,
    PAGE_NUMBER_PLACE,
)
