"""Builds the built-in templates: ``python -m congvan.word.builtin.builder templates``.

The templates are ordinary Word files that a clerk can open and edit; this module is how they are
regenerated and reviewed. All measures come from :mod:`congvan.decree.measures`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from congvan.decree.measures import STANDARD, Measures
from congvan.support.ooxml import NAMESPACES
from congvan.word.builtin.models import MODELS
from congvan.word.builtin.template_writer import TemplateWriter
from congvan.word.package import Package, pack_parts
from congvan.word.template.reading.traces import APP, APP_XML

_SETTINGS: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<w:settings xmlns:w="{NAMESPACES["w"]}">'
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/>'
    '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


def build(name: str, measures: Measures = STANDARD) -> bytes:
    """The template ``name`` (a key of ``MODELS``) as a .docx; the same bytes every time."""
    writer = TemplateWriter(measures)
    MODELS[name](writer)
    package = Package(writer.save())
    own = {"word/settings.xml": _SETTINGS.encode(), APP: APP_XML}
    return pack_parts({part: package.read(part) for part in package.names} | own)


def main() -> None:
    """Write every built-in template into the folder named on the command line."""
    folder = Path(sys.argv[1])
    for name in MODELS:
        (folder / f"{name}.docx").write_bytes(build(name))


if __name__ == "__main__":
    main()
