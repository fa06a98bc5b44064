import io
import zipfile
from pathlib import Path

import pytest

from congvan.word.builtin.builder import build
from congvan.word.builtin.models import MODELS
from congvan.word.builtin.templates import TEMPLATES, built_in_template, template_folder


@pytest.mark.parametrize("loai", MODELS)
def test_the_template_on_disk_is_what_the_builder_makes(loai):
    """After a change of the builder: ``python -m congvan.word.builtin.builder templates``."""
    with (
        zipfile.ZipFile(io.BytesIO(build(loai))) as made,
        zipfile.ZipFile(Path(str(template_folder() / f"{loai}.docx"))) as kept,
    ):
        assert made.namelist() == kept.namelist()
        assert {name: made.read(name) for name in made.namelist()} == {
            name: kept.read(name) for name in kept.namelist()
        }


@pytest.mark.parametrize("loai", MODELS)
def test_the_builder_makes_the_same_bytes_every_time(loai):
    assert build(loai) == build(loai)


def test_every_built_in_template_opens_in_python_docx():
    from docx import Document

    for loai in TEMPLATES:
        text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(built_in_template(loai))).paragraphs)
        assert "{{p noi_dung }}" in text
