"""The run on one page: ``index.html`` with tiers, letters, links, findings and totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby, islice
from typing import Final

from jinja2 import Environment
from markupsafe import Markup

from congvan.campaign.model import FIRST_ROUND, round_name
from congvan.findings import Report, Severity
from congvan.letter.record.letter_state import LetterState
from congvan.run.output.danh_muc import STATES
from congvan.run.output.manifest import ManifestRow
from congvan.text.dates import short_date

_PAGE: Final = """\
<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>{{ ten }}</title>
<meta name="viewport" content="width=device-width">
<style>
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1b1b}
h1{font-size:1.4rem} h2{font-size:1.1rem;margin-top:2rem} table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #ddd;padding:.3rem .5rem;text-align:left;vertical-align:top}
th{background:#f5f5f5} .so{white-space:nowrap} .error{color:#b00020} .warning{color:#8a5a00}
</style></head><body>
<h1>{{ ten }}</h1>
<p>{{ tong.van_ban }} văn bản, {{ tong.trang }} trang{% if tong.loi %},
<span class="error">{{ tong.loi }} văn bản lỗi</span>{% endif %}.
Danh mục: <a href="danh-muc.xlsx">danh-muc.xlsx</a>, <a href="manifest.csv">manifest.csv</a>,
<a href="manifest.json">manifest.json</a>.</p>
{% if tong.mat %}<p>Không liệt kê {{ tong.mat }} văn bản có độ mật.</p>
{% endif %}{% if bao_cao %}<h2>Lưu ý</h2><ul>
{% for muc in bao_cao %}<li class="{{ muc.severity }}">{{ muc }}</li>
{% endfor %}</ul>{% endif %}
{% for cap in cac_cap %}<h2>{{ cap.ten }} ({{ cap.so }} văn bản)</h2>
{% if cap.ban_in %}<p>{% for ten, tep in cap.ban_in.items() %}{% if not loop.first %}, {% endif %}\
<a href="{{ tep }}">{{ ten }}</a>{% endfor %}</p>{% endif %}
<table><tr><th>TT<th>Số, ký hiệu<th>Ngày<th>Cơ quan<th>Kính gửi<th>Trang<th>Trạng thái<th>Tệp</tr>
{% for dong in cap.dong %}{{ dong|dong_bang }}
{% endfor %}</table>{% endfor %}
</body></html>
"""

_AT_ONCE: Final = 500
"""Pieces of the page written together."""


def index_page(
    ten: str, rows: Sequence[ManifestRow], print_files: Mapping[str, str], report: Report, hidden: int = 0
) -> Iterator[bytes]:
    """The page as HTML, bit by bit; every text in it is escaped. ``hidden`` letters are counted, but not shown."""
    environment = Environment(autoescape=True, trim_blocks=True)
    environment.filters["dong_bang"] = _line
    page = environment.from_string(_PAGE)
    counts = Counter(map(_round, rows))
    tiers = (
        {"ten": _heading(*of), "so": counts[of], "dong": group, "ban_in": _print_links(*of, print_files)}
        for of, group in groupby(rows, key=_round)
    )
    totals = {
        "van_ban": len(rows),
        "trang": sum(row.trang or 0 for row in rows),
        "mat": hidden,
        "loi": sum(row.trang_thai == "loi" for row in rows),
    }
    shown = [found for found in report if found.severity is not Severity.INFO]
    pieces = page.generate(ten=ten, cac_cap=tiers, tong=totals, bao_cao=shown)
    while some := list(islice(pieces, _AT_ONCE)):
        yield "".join(some).encode()


def _round(row: ManifestRow) -> tuple[str, str]:
    return row.cap, row.dot_gui


def _heading(cap: str, dot_gui: str) -> str:
    tier = f"Cấp {cap}" if cap else "Văn bản"
    return f"{tier}, đợt gửi {dot_gui}" if dot_gui else tier


def _print_links(cap: str, dot_gui: str, print_files: Mapping[str, str]) -> Mapping[str, str]:
    """The print files below the heading of a round, by the words of their links."""
    of_tier = {} if dot_gui or cap not in print_files else {"Tệp in cả cấp": print_files[cap]}
    name = round_name(cap, dot_gui or FIRST_ROUND)
    of_round = {"Tệp in đợt gửi này": print_files[name]} if name in print_files else {}
    bodies = {} if dot_gui else {key: path for key, path in print_files.items() if key.startswith(f"{cap}/")}
    return {**of_tier, **of_round, **{key.removeprefix(f"{cap}/"): path for key, path in bodies.items()}}


def _line(row: ManifestRow) -> Markup:
    """A letter's line of its tier's table; of these there are thousands, and Jinja takes twice as long for one."""
    word = f'<a href="{escape(row.docx.path)}">Word</a> ' if row.docx else ""
    pdf = f'<a href="{escape(row.pdf.path)}">PDF</a>' if row.pdf else ""
    state = f"{STATES[LetterState(row.trang_thai)]}{f' ({row.ghi_chu})' if row.ghi_chu else ''}"
    shown = f'<span class="error">{state}</span>' if row.trang_thai == "loi" else escape(state)
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<tr><td>{row.thu_tu}<td class="so">{escape(_numbered(row))}<td class="so">{_day(row.ngay)}'
        f"<td>{escape(row.co_quan)}<td>{escape('; '.join(row.kinh_gui))}<td>{row.trang or ''}"
        f'<td>{shown}<td class="so">{word}{pdf}</tr>'
    )


def _numbered(row: ManifestRow) -> str:
    if not row.ky_hieu:
        return ""
    return f"{'…' if row.so is None else f'{row.so:02}'}/{row.ky_hieu}"


@lru_cache(maxsize=64)
def _day(ngay: str) -> str:
    if not ngay:  # a letter of a template and a table
        return ""
    return short_date(*(int(part) for part in ngay.split("-")))
