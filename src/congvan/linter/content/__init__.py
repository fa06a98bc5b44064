"""Rules of the content (Annex I, part II, 6): its paragraphs, numbering and references."""

from congvan.linter.content.article_order import ARTICLE_ORDER
from congvan.linter.content.citation_capital import CITATION_CAPITAL
from congvan.linter.content.citation_order import CITATION_ORDER
from congvan.linter.content.citation_twice import CITATION_TWICE
from congvan.linter.content.citation_word import CITATION_WORD
from congvan.linter.content.clause_order import CLAUSE_ORDER
from congvan.linter.content.end_sign import END_SIGN
from congvan.linter.content.first_line import FIRST_LINE
from congvan.linter.content.justified import JUSTIFIED
from congvan.linter.content.line_spacing import LINE_SPACING
from congvan.linter.content.paragraph_gap import PARAGRAPH_GAP
from congvan.linter.content.point_order import POINT_ORDER
from congvan.linter.content.provision_case import PROVISION_CASE

RULES = (
    JUSTIFIED,
    FIRST_LINE,
    PARAGRAPH_GAP,
    LINE_SPACING,
    ARTICLE_ORDER,
    CLAUSE_ORDER,
    POINT_ORDER,
    PROVISION_CASE,
    CITATION_ORDER,
    CITATION_CAPITAL,
    CITATION_WORD,
    CITATION_TWICE,
    END_SIGN,
)
