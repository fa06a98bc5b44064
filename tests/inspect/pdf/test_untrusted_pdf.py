import io

import pikepdf
import pytest

from congvan.errors import UnreadableFileError
from congvan.inspect.pdf import untrusted_pdf as outside_pdf
from congvan.inspect.pdf.facts import read_facts


def test_a_document_whose_time_is_over_is_not_read_on(monkeypatch):
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page()
        target = io.BytesIO()
        pdf.save(target)
    monkeypatch.setattr(outside_pdf, "SECONDS", -1.0)

    with pytest.raises(UnreadableFileError, match="too much work"):
        read_facts(target.getvalue(), "thu.pdf")


def test_the_limits_of_one_document_are_not_those_of_the_program():
    from pypdf import get_configuration

    before = get_configuration()
    with pytest.raises(UnreadableFileError):
        read_facts(b"PK", "thu.pdf")

    assert get_configuration() is before
