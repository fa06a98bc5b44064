"""Rules of the end of a letter (Annex I, part II, 7 and 9b): recipients and signature."""

from congvan.linter.closing.academic_title import ACADEMIC_TITLE
from congvan.linter.closing.as_above import AS_ABOVE
from congvan.linter.closing.authority import AUTHORITY
from congvan.linter.closing.capitals import CAPITALS
from congvan.linter.closing.kept_copy import KEPT_COPY
from congvan.linter.closing.name_missing import NAME_MISSING
from congvan.linter.closing.recipient_dashes import RECIPIENT_DASHES
from congvan.linter.closing.recipient_marks import RECIPIENT_MARKS
from congvan.linter.closing.recipients_missing import RECIPIENTS_MISSING
from congvan.linter.closing.recipients_title import RECIPIENTS_TITLE
from congvan.linter.closing.signature_alone import SIGNATURE_ALONE
from congvan.linter.closing.signer_name import SIGNER_NAME

RULES = (
    RECIPIENTS_MISSING,
    RECIPIENTS_TITLE,
    RECIPIENT_DASHES,
    RECIPIENT_MARKS,
    KEPT_COPY,
    AS_ABOVE,
    NAME_MISSING,
    AUTHORITY,
    CAPITALS,
    SIGNER_NAME,
    ACADEMIC_TITLE,
    SIGNATURE_ALONE,
)
