"""``congvan doctor``: what this machine has: versions, PDF engines, fonts, and what is missing."""

from __future__ import annotations

import platform
from typing import Annotated

import typer

from congvan.cli.app import FINDINGS, app
from congvan.cli.language import tr
from congvan.cli.messages import echo, echo_json

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
VIETNAMESE = _VOWELS + _VOWELS.upper() + "đĐ"


@app.command(help="Kiểm tra máy: phiên bản, bộ chuyển PDF, phông chữ.")
def doctor(as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False) -> int:
    from congvan import __version__
    from congvan.pdf import engine_states
    from congvan.pdf.fonts import FAMILY
    from congvan.pdf.fonts.coverage import uncovered
    from congvan.word.builtin.templates import TEMPLATES, template_folder

    lost = sorted({name for name in TEMPLATES.values() if not (template_folder() / name).is_file()})
    known = engine_states()
    font_gaps = "".join(sorted(uncovered(VIETNAMESE)))
    if as_json:
        rows = {name: {"version": state.version, "missing": state.missing} for name, state in known.items()}
        fonts = {"family": FAMILY, "gaps": font_gaps}
        echo_json({"congvan": __version__, "engines": rows, "font": fonts, "templates_lost": lost})
    else:
        echo(f"congvan {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
        for name, state in known.items():
            echo(f"PDF {name}: {state.version or tr('không có', 'missing')} {state.missing or ''}".rstrip())
        gaps = font_gaps or tr("đủ chữ Việt", "all Vietnamese letters")
        echo(tr(f"Phông {FAMILY}: {gaps}", f"Font {FAMILY}: {gaps}"))
        echo(tr(f"Mẫu dựng sẵn thiếu: {', '.join(lost) or 'không'}", f"Templates lost: {', '.join(lost) or 'none'}"))
    usable = any(state.version for state in known.values())
    return 0 if usable and not font_gaps and not lost else FINDINGS
