"""What colleagues wrote to each other in a template never reaches a letter: it is refused, or accepted on request."""

import io
import zipfile

import pytest
from tests.word.open_xml import docx, note_mark, p, r, tbl, tc, tr

from congvan.errors import TemplateError
from congvan.word import WordTemplate
from congvan.word.template.reading.prepared import prepare_template

WHO = 'w:id="1" w:author="Trưởng phòng" w:date="2026-01-01T00:00:00Z"'
COMMENT = f"<w:comment {WHO.replace('1', '0', 1)}><w:p><w:r><w:t>sếp bảo sửa</w:t></w:r></w:p></w:comment>"


def inserted(*runs):
    return f"<w:ins {WHO}>{''.join(runs)}</w:ins>"


def deleted(text):
    return f'<w:del {WHO}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def ended(mark, *runs):
    """A paragraph whose end was inserted or deleted."""
    return p(*runs, properties=f"<w:rPr><w:{mark} {WHO}/></w:rPr>")


def row(mark, text):
    return tr(text).replace("<w:tr>", f"<w:tr><w:trPr><w:{mark} {WHO}/></w:trPr>")


CHANGED = {
    "words deleted and inserted": (docx(p("Gửi ", deleted("{{ cu }}"), inserted(r("{{ ten }}")))), ["Gửi An"]),
    "a paragraph deleted": (docx("một {{ ten }}", ended("del", deleted("bỏ")), "hai"), ["một An", "hai"]),
    "the end of a paragraph deleted": (docx(ended("del", r("một ")), "hai {{ ten }}"), ["một hai An"]),
    "a paragraph inserted": (docx("{{ ten }}", ended("ins", inserted(r("mới"))), "hai"), ["An", "mới", "hai"]),
    "a row deleted, another inserted": (
        docx(tbl(1, tr("{{ ten }}"), row("del", "cũ"), row("ins", "mới")), "cuối"),
        ["An", "mới", "cuối"],
    ),
    "words moved": (
        docx(
            p(f"<w:moveFrom {WHO}>{r('dời')}</w:moveFrom>", r("{{ ten }}")),
            p(f"<w:moveTo {WHO}>{r('dời')}</w:moveTo>", r(" đến đây")),
        ),
        ["An", "dời đến đây"],
    ),
    "a changed format": (
        docx(p(f"<w:r><w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr><w:t>{{{{ ten }}}}</w:t></w:r>")),
        ["An"],
    ),
    "a footnote": (docx(p("{{ ten }}", note_mark()), footnotes=p("Theo ", deleted("cũ"), inserted(r("mới")))), ["An"]),
    "a header": (docx("{{ ten }}", header=p(deleted("Mật"), r("Số 1"))), ["An"]),
    "a comment": (
        docx(
            p('<w:commentRangeStart w:id="0"/>', r("Gửi {{ ten }}"), '<w:commentRangeEnd w:id="0"/>').replace(
                "</w:p>", '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
            ),
            comments=COMMENT,
        ),
        ["Gửi An"],
    ),
}
REMAINS = (b"delText", b"w:ins ", b"w:del ", b"moveFrom", b"moveTo", b"Change", b"comment", "Trưởng phòng".encode())


def contents(source):
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("kind", CHANGED)
def test_changes_and_comments_are_refused_with_their_place(kind):
    with pytest.raises(TemplateError) as error:
        WordTemplate(CHANGED[kind][0])

    assert {found.code for found in error.value.report.errors} <= {"template-changes", "template-comments"}
    assert all(found.place.file == "mau.docx" for found in error.value.report.errors)


@pytest.mark.parametrize("kind", CHANGED)
def test_accepted_they_leave_what_word_would_leave(kind, word_text):
    source, said = CHANGED[kind]
    template = WordTemplate(source, accept_changes=True)
    made = template.render({"ten": "An"})

    assert [found.code for found in template.report] == ["template-changes-accepted"]
    assert word_text(made) == said
    assert [mark for mark in REMAINS if mark in contents(made)] == []


def test_a_cell_that_loses_its_only_paragraph_keeps_an_empty_one(part):
    source = docx(tbl(2, tr("{{ ten }}", tc(ended("del", deleted("bỏ"))))))
    made = WordTemplate(source, accept_changes=True).render({"ten": "An"})

    assert part(made, "word/document.xml").count("<w:p>") + part(made, "word/document.xml").count("<w:p/>") >= 2


def test_hidden_text_does_not_travel_but_hidden_tags_work(word_text):
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r>".format
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> thấy</w:t></w:r>'
    template = WordTemplate(
        docx(p(r("Gửi {{ ten }}"), hidden("đừng để lộ"), shown, hidden("{% if ten %}x{% endif %}")))
    )

    assert [found.code for found in template.report] == ["template-hidden-text"]
    assert word_text(template.render({"ten": "An"})) == ["Gửi An thấyx"]


def test_letters_do_not_say_who_wrote_the_template_nor_when():
    core = (
        "<dc:title>{{ ten }}</dc:title><dc:creator>Ngô Văn Cũ</dc:creator>"
        "<cp:lastModifiedBy>Ngô Văn Cũ</cp:lastModifiedBy><cp:revision>7</cp:revision>"
    )
    source = docx(p(r("{{ ten }}")).replace("<w:p>", '<w:p w:rsidR="00AB12CD">'), core=core)
    prepared = contents(prepare_template(source, "mau.docx", for_letters=True).docx)

    assert [mark for mark in ("Ngô Văn Cũ".encode(), b"rsid", b"revision") if mark in prepared] == []
    assert b"{{ ten }}" in prepared
