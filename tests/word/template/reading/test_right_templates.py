"""Twenty templates by other habits, each right: none raises an alarm, and each is filled as it stands."""

import pytest
from tests.word.open_xml import box, control, docx, field, note_mark, p, pieces, r, simple_field, tbl, tc, tr

from congvan.word import WordTemplate

VALUES = {"ten": "An", "xa": "xã Đa Lộc", "co": True, "khong": False, "ds": ["một", "hai"], "so": 5, "bang": {"a": "A"}}
COLOUR_FIRST = "Unexpected element 'tcW'"
"""docxtpl writes the colour of a cell before its width, and Word reads it so."""
RIGHT = {
    "plain fields": (docx("Kính gửi: {{ ten }}, {{xa}}"), ["Kính gửi: An, xã Đa Lộc"]),
    "fields in pieces": (docx(pieces("Kính gửi: {", "{ te", "n }", "}, {{", "xa}}")), ["Kính gửi: An, xã Đa Lộc"]),
    "filters and defaults": (
        docx("{{ ten|upper }} {{ dien_thoai|default(“không có”) }}"),
        ["AN không có"],
    ),
    "conditions in a paragraph": (docx("Ông{% if co %} {{ ten }}{% else %} …{% endif %}."), ["Ông An."]),
    "conditions over paragraphs": (docx("{% if khong %}một", "hai", "ba{% endif %}", "cuối"), ["cuối"]),
    "paragraph tags": (docx("{%p for i in ds %}", "- {{ i }}", "{%p endfor %}"), ["- một", "- hai"]),
    "paragraph tags with dashes": (docx("Một", "{%- if co %}", "hai", "{%- endif %}", "ba"), ["Một", "hai", "ba"]),
    "row tags": (
        docx(tbl(2, tr("{%tr for i in ds %}", ""), tr("{{ i }}", "{{ loop.index }}"), tr("{%tr endfor %}", ""))),
        ["một", "1", "hai", "2"],
    ),
    "cell tags": (docx(tbl(3, tr("{%tc for i in ds %}", "{{ i }}", "{%tc endfor %}"))), ["một", "hai"]),
    "merged cells": (
        docx(tbl(2, tr("{%tr for i in ds %}", ""), tr("{% vm %}Xã", "{{ i }}"), tr("{%tr endfor %}", ""))),
        ["Xã", "một", "hai"],
    ),
    "coloured cells": (docx(tbl(1, tr("{% cellbg 'FF0000' %}Xã"))), ["Xã"]),
    "remarks": (docx("{# chỉ để nhớ #}Ông {{ ten }}", "{#p cả đoạn #}"), ["Ông An"]),
    "set": (docx("{%p set ai = ten %}", "Ông {{ ai }}"), ["Ông An"]),
    "braces to be printed": (docx("{_{ ten }_} và {1, 2}, 100%"), ["{{ ten }} và {1, 2}, 100%"]),
    "mappings": (docx("{{ {'a': {'b': 'x'}}['a']['b'] }}{{ bang.a }}{{ '}' }}"), ["xA}"]),
    "text boxes": (
        docx(p("trước ", box(p("Số {{ so }}")), r("sau {{ ten }}"))),
        ["trước Số 5Số 5sau An", "Số 5", "Số 5"],
    ),
    "nested tables": (docx(tbl(1, tr(tc("Ngoài", tbl(1, tr("{{ ten }}")), "sau")))), ["Ngoài", "An", "sau"]),
    "content controls": (docx(control(p("Số {{ so }}"), p("Ông {{ ten }}"))), ["Số 5", "Ông An"]),
    "everything around the text": (
        docx(p("{{ ten }}", note_mark()), header=p("Số {{ so }}"), footer=p("{{ xa }}"), footnotes=p("{{ xa }}")),
        ["An"],
    ),
    "line ends and tabs": (docx(p("a", "<w:r><w:br/><w:t>{{ ten }}</w:t><w:tab/><w:t>b</w:t></w:r>")), ["a\nAnb"]),
    "merge fields of Word": (
        docx(
            p("Gửi ", field(" MERGEFIELD Ten \\* MERGEFORMAT ", "«Ten»"), ", ", simple_field(" MERGEFIELD Xa ", "«Xa»"))
        ),
        ["Gửi An, xã Đa Lộc"],
    ),
    "merge fields beside tags": (docx(p("{{ ten }} ", simple_field(' MERGEFIELD "Xã" ', "«Xã»"))), ["An xã Đa Lộc"]),
    "a content control in a line": (
        docx(
            p(
                "Ông ",
                f'<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>{r("{{ ten }}")}</w:sdtContent></w:sdt>',
            )
        ),
        ["Ông An"],
    ),
    "a field within a bookmark": (
        docx(p('<w:bookmarkStart w:id="3" w:name="ai"/>', r("{{ ten }}"), '<w:bookmarkEnd w:id="3"/>')),
        ["An"],
    ),
    "fields in a title": (docx("x {{ ten }}", core="<dc:title>Gửi {{ ten }}</dc:title>"), ["x An"]),
}


@pytest.mark.parametrize("habit", RIGHT)
def test_a_right_template_raises_no_alarm_and_keeps_every_word(habit, word_text, audited):
    source, said = RIGHT[habit]
    template = WordTemplate(source)

    assert list(template.report) == []
    made = template.render(VALUES)

    assert [text.strip() for text in word_text(made)] == said
    assert [fault for fault in audited(made) if habit != "coloured cells" or COLOUR_FIRST not in fault] == []
