"""Rules of the head (Annex I, part II, 1, 2 and 4): quốc hiệu, tiêu ngữ, issuer, place and date."""

from congvan.linter.header.date_form import DATE_FORM
from congvan.linter.header.date_level import DATE_LEVEL
from congvan.linter.header.date_zero import DATE_ZERO
from congvan.linter.header.issuer import ISSUER
from congvan.linter.header.issuer_rule import ISSUER_RULE
from congvan.linter.header.motto import MOTTO
from congvan.linter.header.motto_rule import MOTTO_RULE
from congvan.linter.header.nation import NATION
from congvan.linter.header.nation_wraps import NATION_WRAPS
from congvan.linter.header.place_name import PLACE_NAME
from congvan.linter.header.sides import SIDES

RULES = (
    NATION,
    NATION_WRAPS,
    MOTTO,
    MOTTO_RULE,
    ISSUER,
    ISSUER_RULE,
    SIDES,
    DATE_FORM,
    DATE_ZERO,
    DATE_LEVEL,
    PLACE_NAME,
)
