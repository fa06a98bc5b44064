r"""The same template and values, by congvan and by docxtpl itself: every part of the two files says the same.

Each construct of docxtpl has a template of its own, and the way congvan takes for it is part of what is tested:
"fast" is the compiled source alone, "docxtpl" the way through docxtpl.
"""

import io
import math
import posixpath
import re
import struct
import zipfile
import zlib

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Mm, RGBColor
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph
from lxml import etree
from markupsafe import Markup, escape

from congvan.word import CompiledTemplate, TemplateBinding, WordTemplate, template_for
from congvan.word.letter_document import letter_values
from congvan.word.template.binding import UNBOUND
from congvan.word.template.environment import TemplateExtensions, word_environment

PEOPLE = [
    {"ten": "Đinh Công Ngạn", "xa": "Đại Lộc", "so": 12},
    {"ten": "Trịnh Thị <Quế>", "xa": "Đại Lộc", "so": 7},
    {"ten": "Lò Ón & con", "xa": "Bắc Sơn", "so": 1250},
]
VALUES = {"ten": "Nguyễn <Văn> & \"Đào\" 'x'", "so": 465, "co": True, "khong": False, "nguoi": PEOPLE, "rong": []}
DOCUMENT = "word/document.xml"


# --- Templates, each with one construct ---


def paragraphs(*texts):
    return lambda document: [document.add_paragraph(text) for text in texts]


def table(*rows):
    def build(document):
        made = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text

    return build


def runs(*parts):
    """One paragraph; every other run is bold, as a clerk's hand leaves a tag in pieces."""

    def build(document):
        paragraph = document.add_paragraph()
        for index, part in enumerate(parts):
            paragraph.add_run(part).bold = bool(index % 2)

    return build


def coloured(text):
    def build(document):
        paragraph = document.add_paragraph(style="List Bullet")
        run = paragraph.add_run(text)
        run.italic, run.font.color.rgb = True, RGBColor(0x80, 0, 0)

    return build


def all_of(*builders):
    return lambda document: [build(document) for build in builders]


def head_and_foot(document):
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "Số {{ so }}\t{{ ten }}"
    section.first_page_header.paragraphs[0].text = "{% if co %}Trang đầu{% else %}Khác{% endif %}"
    section.footer.paragraphs[0].text = "{{ ten }}"
    section.footer.add_paragraph("{%p for n in nguoi %}")
    section.footer.add_paragraph("{{ n.ten }}")
    section.footer.add_paragraph("{%p endfor %}")
    document.add_paragraph("{{ ten }}")


def properties(document):
    document.core_properties.title = "Công văn {{ so }}"
    document.core_properties.author = "{% for n in nguoi %}{{ n.so }} {% endfor %}"
    document.core_properties.subject = "Không có trường"
    document.core_properties.comments = "{{ so }}"
    document.add_paragraph("{{ ten }}")


def footnote(document):
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Xem {{ ten }}{% if co %}, số {{ so }}{% endif %}</w:t></w:r></w:p></w:footnote>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {space}>{note}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    run = document.add_paragraph("Chú thích").add_run()
    run._r.append(etree.fromstring(f'<w:footnoteReference {space} w:id="2"/>'))


def two_sections(document):
    document.add_paragraph("{{ ten }}")
    document.sections[0].header.paragraphs[0].text = "Số {{ so }}"
    section = document.add_section()
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "Phụ lục của {{ ten }}"
    document.add_paragraph("{%p for n in nguoi %}")
    document.add_paragraph("{{ loop.index }}. {{ n.ten }}")
    document.add_paragraph("{%p endfor %}")


def png(red=200):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(bytes([0, red, 0, 0]))
    size = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + size + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def pictures(document):
    document.add_picture(png(), Mm(10))
    document.add_paragraph("{%p for n in nguoi %}")
    document.add_picture(png(10), Mm(5))
    document.add_paragraph("{{ n.ten }}")
    document.add_paragraph("{%p endfor %}")


def merged_cell(text):
    def build(document):
        made = document.add_table(2, 3)
        made.cell(0, 0).merge(made.cell(0, 1)).text = text
        made.cell(1, 2).text = "{{ ten }}"

    return build


def hyperlink_and_box(document):
    """A link and a text box: paragraphs inside a paragraph, tags in both."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    key = document.part.relate_to("https://example.vn", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    rel = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    link = f'<w:hyperlink {space} {rel} r:id="{key}"><w:r><w:t>{{{{ ten }}}}</w:t></w:r></w:hyperlink>'
    document.add_paragraph("Xem ")._p.append(etree.fromstring(link))
    inner = "<w:p><w:r><w:t>{{ chu }} {% if co %}x{% endif %}</w:t></w:r></w:p>"
    shape = f"<v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape>"
    box = f'<w:r {space} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>{shape}</w:pict></w:r>'
    document.add_paragraph("Hộp ")._p.append(etree.fromstring(box))


def subdocument():
    part = Document()
    part.add_paragraph("Phần kèm theo").add_run(" in đậm").bold = True
    part.add_picture(png(), Mm(8))
    made = part.add_table(1, 2)
    made.cell(0, 0).text, made.cell(0, 1).text = "một", "hai"
    saved = io.BytesIO()
    part.save(saved)
    saved.seek(0)
    return saved


def written_subdocument(template):
    part = template.new_subdoc()
    part.add_paragraph("Viết trong chương trình").add_run(" nghiêng").italic = True
    return part


def with_picture_replaced(template):
    template.replace_pic("dau.png", png(red=77))
    return {}


def with_media_replaced(template):
    template.replace_media(png(), png(red=78))
    return {}


def named_picture(document):
    document.add_picture(png(), Mm(10))
    document.inline_shapes[0]._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", "dau.png")
    document.add_paragraph("{{ ten }}")


def link(template):
    text = RichText("Xem ")
    text.add("cổng thông tin", url_id=template.build_url_id("https://example.vn/?a=1&b=2"), underline=True)
    return text


TEXT = "một\nhai\tba\abốn\fnăm\n"
FAST = {
    "a value": (paragraphs("Kính gửi: {{ ten }}", "{{ so }} {{ so }}"), {}),
    "a value between runs": (runs("Kính gửi {", "{ t", "en }", "} và {% i", "f co %}có{% endif", " %}."), {}),
    "smart quotes in a tag": (paragraphs("{% if ten == “x” or ten != ‘y’ %}khác{% endif %} {{ [so, 1]|max }}"), {}),
    "an if and a for in a line": (paragraphs("{% for n in nguoi %}{{ n.ten }}{% if not loop.last %}; {% endif %}{% endfor %}."), {}),
    "paragraph tags": (paragraphs("{%p for n in nguoi %}", "{%p if n.so > 10 %}", "- {{ n.ten }}", "{%p else %}", "+ {{ n.ten }}", "{%p endif %}", "{%p endfor %}", "Hết"), {}),
    "row tags": (table(["Tên", "Số"], ["{%tr for n in nguoi %}", ""], ["{{ n.ten }}", "{{ n.so }}"], ["{%tr endfor %}", ""], ["Cộng", "{{ nguoi|sum('so') }}"]), {}),
    "run tags": (runs("Trước ", "{%r if co %}", "đúng", "{%r else %}", "sai", "{%r endif %}", " sau"), {}),
    "a run of the user's own for a plain value": (paragraphs("Trước {{ ten }} {{r chu }} sau"), {"chu": ""}),
    "vertically merged cells": (table(["{%tr for n in nguoi %}", ""], ["{% vm %}{{ n.xa }}", "{{ n.ten }}"], ["{%tr endfor %}", ""]), {}),
    "vertically merged cells in a loop in a loop": (table(["{%tr for n in nguoi %}", "", ""], ["{%tr for k in [1, 2] %}", "", ""], ["{% vm %}{{ n.xa }}", "{{ n.ten }}", "{{ k }}"], ["{%tr endfor %}", "", ""], ["{%tr endfor %}", "", ""]), {}),
    "a value the template escapes itself": (paragraphs("{{ ten|e }} {{ ten|escape }}"), {}),
    "rows of rows": (table(["{%tr for n in nguoi %}", ""], ["{{ n.ten }}", "{% for k in range(n.so % 5) %}{{ k }}, {% endfor %}"], ["{%tr endfor %}", ""]), {}),
    "a cell's colour": (table(["{% cellbg mau %}{{ ten }}", "{{ so }}"]), {"mau": "FFDD00"}),
    "dashes that join paragraphs": (paragraphs("Ông {{ ten }}", "{%- if co %}, số {{ so }}", "{%- endif -%}", ", hết."), {}),
    "dashes inside a line": (paragraphs("a   {{- so -}}   b {%- if co -%}  c  {%- endif -%} d"), {}),
    "comments": (all_of(paragraphs("Trước{# không in #} sau", "{#p cả đoạn #}", "Hết"), table(["{#tr cả dòng #}", ""], ["a", "b"])), {}),
    "escaped signs": (paragraphs("In {_{ và }_}, {_% và %_}: {{ ten }}"), {}),
    "set and macro": (paragraphs("{% set x = so + 1 %}{{ x }}{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(ten) }}"), {}),
    "filters and tests": (paragraphs("{{ ten|upper }} {{ so|tien }} {{ khac|default('không') }} {{ nguoi|map(attribute='ten')|join(', ') }}"), {}),
    "line ends, tabs, new paragraphs and page breaks": (all_of(coloured("Đoạn {{ chu }} hết"), table(["{{ chu }}", "x"])), {"chu": TEXT}),
    "text that looks like a tag": (paragraphs("{{ chu }}"), {"chu": "{{ so }} {% if %} {# #}"}),
    "spaces at the ends": (paragraphs("  {{ chu }}  ", "{{ chu }}{{ chu }}"), {"chu": "  hai đầu  "}),
    "header and footer": (head_and_foot, {}),
    "line ends in a header": (lambda document: setattr(document.sections[0].header.paragraphs[0], "text", "{{ chu }}"), {"chu": "một\nhai\tba"}),
    "properties": (properties, {}),
    "footnotes": (footnote, {}),
    "several sections": (two_sections, {}),
    "the template's own pictures": (pictures, {}),
    "a link and a text box": (hyperlink_and_box, {"chu": TEXT}),
    "a merged cell": (merged_cell("{{ ten }}"), {}),
    "a table in a loop": (all_of(paragraphs("{%p for n in nguoi %}"), table(["{{ n.ten }}", "{{ n.so }}"]), paragraphs("{%p endfor %}")), {}),
    "no tags at all": (paragraphs("Kính gửi các đơn vị"), {}),
}  # fmt: skip
BY_DOCXTPL = {
    "column tags": (table(["{%tc for n in nguoi %}", "{{ n.ten }}", "{%tc endfor %}"], ["{%tc for n in nguoi %}", "{{ n.so }}", "{%tc endfor %}"]), {}),
    "horizontally merged cells": (table(["{%tc for n in nguoi %}", "{% hm %}Danh sách", "{%tc endfor %}"], ["{%tc for n in nguoi %}", "{{ n.so }}", "{%tc endfor %}"]), {}),
    "a row with fewer cells after a loop": (table(["{%tc for n in nguoi %}", "{{ n.ten }}", "{%tc endfor %}", "Cuối"], ["{%tc for n in nguoi[:1] %}", "{{ n.so }}", "{%tc endfor %}", "x"]), {}),
    "a cell's span": (table(["{% colspan nguoi|length %}Tiêu đề", "", ""], ["1", "2", "3"]), {}),
    "a grid that does not fit its rows": (lambda document: document.add_table(1, 3).rows[0]._tr.remove(document.tables[0].rows[0]._tr.tc_lst[2]), {}),
    "comments in cells": (table(["{#tc ẩn #}", "a", "b"], ["1", "2", "3"]), {}),
    "elements opened in one branch and closed in another": (paragraphs("Đầu {% if co %} một", "hai {% endif %} ba"), {}),
}  # fmt: skip
OBJECTS = {
    "rich text": (paragraphs("Chữ {{r chu }} sau"), lambda _: {"chu": RichText("đậm & <to>", bold=True, size=40, color="#ff0000")}),
    "rich text with line ends": (paragraphs("Chữ {{r chu }} sau"), lambda _: {"chu": RichText("một\nhai\tba\abốn", italic=True)}),
    "rich text in a list": (paragraphs("{%p for c in chu %}", "{{r c.x }}", "{%p endfor %}"), lambda _: {"chu": [{"x": RichText("một", bold=True)}, {"x": RichText("hai")}]}),
    "rich paragraphs": (paragraphs("Trước", "{{p chu }}", "Sau"), lambda _: {"chu": RichTextParagraph(RichText("đoạn", bold=True), parastyle="Heading1")}),
    "a listing": (all_of(coloured("Danh sách: {{ chu }}"), table(["{{ chu }}", "b"])), lambda _: {"chu": Listing("a < b\n- c\a- d\f- e\tf")}),
    "a picture": (paragraphs("Hình {{ anh }} sau", "{{ ten }}"), lambda template: {"anh": InlineImage(template, png(), width=Mm(12))}),
    "a picture with a link": (paragraphs("{{ anh }}"), lambda template: {"anh": InlineImage(template, png(), Mm(12), Mm(12), "https://example.vn")}),
    "pictures in rows": (table(["{%tr for n in anh %}", ""], ["{{ n }}", "{{ loop.index }}"], ["{%tr endfor %}", ""]), lambda template: {"anh": [InlineImage(template, png(red), Mm(5)) for red in (1, 2)]}),
    "a picture in a header": (lambda document: setattr(document.sections[0].header.paragraphs[0], "text", "{{ anh }} {{ ten }}"), lambda template: {"anh": InlineImage(template, png(), Mm(9))}),
    "a coloured cell beside rich text": (table(["{%tr for n in nguoi %}", ""], ["{% cellbg n.mau %}{{ n.loai }}", "{{r n.chu }}"], ["{%tr endfor %}", ""]), lambda _: {"nguoi": [{"mau": "FF0000", "loai": "gấp", "chu": RichText("đậm", bold=True)}, {"mau": "8888FF", "loai": "thường", "chu": RichText("x")}]}),
    "a list of pictures in a footer": (lambda document: setattr(document.sections[0].footer.paragraphs[0], "text", "{% for n in anh %}{{ n }}{% endfor %}"), lambda template: {"anh": [InlineImage(template, png(red), Mm(5)) for red in (1, 2, 1)]}),
    "rich text chosen by an if": (paragraphs("{{r chu if co else '' }}", "{%p if co %}", "{{r chu }}", "{%p endif %}"), lambda _: {"chu": RichText("một", italic=True)}),
    "rich text of another script": (paragraphs("{{r chu }}"), lambda _: {"chu": RichText("测试", font="eastAsia:Microsoft YaHei")}),
    "a subdocument": (paragraphs("Trước", "{{p phan }}", "Sau {{ ten }}"), lambda template: {"phan": template.new_subdoc(subdocument())}),
    "a subdocument written on the spot": (paragraphs("{{p phan }}", "Sau"), lambda template: {"phan": written_subdocument(template)}),
    "a subdocument beside header and properties": (all_of(head_and_foot, properties, paragraphs("{{p phan }}")), lambda template: {"phan": template.new_subdoc(subdocument())}),
    "a link": (paragraphs("{{r chu }}"), lambda template: {"chu": link(template)}),
    "rich text in a footnote's document": (all_of(footnote, paragraphs("{{r chu }}")), lambda _: {"chu": RichText("x")}),
    "a picture of the template replaced by its name": (named_picture, with_picture_replaced),
    "a picture of the template replaced by its content": (named_picture, with_media_replaced),
    "an object under a name that can be a body": (paragraphs("{{ noi_dung }}"), lambda _: {"noi_dung": Listing("một\nhai")}),
}  # fmt: skip


def template_of(build):
    document = Document()
    build(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def docxtpl_source(template):
    """The template as docxtpl would be given it: body, annexes and measures in place, tags still to be filled."""
    sources = {part: source.encode() for part, source in template.sources.items()}
    return template.pack(sources.pop(DOCUMENT), sources)


def by_docxtpl(source, values, template=None):
    template = template or DocxTemplate(io.BytesIO(source))
    template.render(values, word_environment())
    target = io.BytesIO()
    template.save(target)
    return target.getvalue()


# --- What a file says, part by part ---


def said(docx):
    """Every part by name: XML in canonical form, relations and content types as sets, properties as texts."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    told = {name: part_said(name, content) for name, content in contents.items() if name != "docProps/core.xml"}
    return told | {"properties": properties_of(docx)}


def part_said(name, content):
    if name.endswith(".rels"):
        folder = posixpath.dirname(posixpath.dirname(name))
        return {relation_said(folder, one) for one in etree.fromstring(content)}
    if name == "[Content_Types].xml":
        return {tuple(sorted(one.attrib.items())) for one in etree.fromstring(content)}
    if name.endswith(".xml"):
        return etree.tostring(etree.fromstring(content), method="c14n", exclusive=True).decode()
    return content


def relation_said(folder, one):
    target = one.get("Target")
    if one.get("TargetMode") != "External":
        target = posixpath.normpath(posixpath.join("/", folder, target))
    return one.get("Id"), one.get("Type"), target


def properties_of(docx):
    told = Document(io.BytesIO(docx)).core_properties
    names = ("author", "comments", "identifier", "language", "subject", "title", "keywords", "created", "modified")
    return {name: getattr(told, name) for name in names}


def without_idle_spaces(parts):
    """A second patching, of what is patched already, asks for spaces to be kept where there are none at the ends."""
    idle = re.compile(r'<w:t xml:space="preserve">(\S(?:[^<]*\S)?)</w:t>')
    return parts | {DOCUMENT: idle.sub(r"<w:t>\1</w:t>", parts[DOCUMENT])}


# --- The comparison ---


@pytest.mark.parametrize("construct", FAST)
def test_the_fast_way_says_what_docxtpl_says(construct):
    build, values = FAST[construct]
    source = template_of(build)
    template = WordTemplate(source)

    assert template._template.compiled.uses_fast_path
    assert said(template.render({**VALUES, **values})) == said(by_docxtpl(source, {**VALUES, **values}))


@pytest.mark.parametrize("construct", BY_DOCXTPL)
def test_what_the_fast_way_does_not_cover_goes_through_docxtpl(construct):
    build, values = BY_DOCXTPL[construct]
    source = template_of(build)
    template = WordTemplate(source)

    assert not template._template.compiled.uses_fast_path
    assert said(template.render({**VALUES, **values})) == said(by_docxtpl(source, {**VALUES, **values}))


@pytest.mark.parametrize("tag", ["{{ chu|safe }}", "{% autoescape false %}{{ chu }}{% endautoescape %}"])
def test_markup_of_the_users_own_is_refused(tag):
    """Whether a filling is sound XML is known beforehand because nothing is printed without being escaped."""
    from congvan.errors import TemplateError

    with pytest.raises(TemplateError):
        WordTemplate(template_of(paragraphs(tag)))


@pytest.mark.parametrize("construct", OBJECTS)
def test_docxtpls_own_objects_are_printed_as_docxtpl_prints_them(construct):
    build, objects = OBJECTS[construct]
    source = template_of(build)
    home, other = DocxTemplate(io.BytesIO(source)), DocxTemplate(io.BytesIO(source))
    template = WordTemplate(source)
    home.get_docx()
    made = template.render({**VALUES, **objects(home)}, docxtpl_template=home)

    assert template._template.compiled.uses_fast_path
    assert said(made) == said(by_docxtpl(source, {**VALUES, **objects(other)}, other))


def test_the_home_of_pictures_and_subdocuments_is_found_without_being_named():
    source = template_of(paragraphs("{{ anh }}", "{{p phan }}"))
    home, other = DocxTemplate(io.BytesIO(source)), DocxTemplate(io.BytesIO(source))

    def values(template):
        return {"anh": InlineImage(template, png(red=9), Mm(12)), "phan": template.new_subdoc(subdocument())}

    assert said(WordTemplate(source).render(values(home))) == said(by_docxtpl(source, values(other), other))


def test_one_subdocument_serves_many_letters():
    source = template_of(all_of(head_and_foot, paragraphs("{{p phan }}")))
    home, template = DocxTemplate(io.BytesIO(source)), WordTemplate(source)
    values = {**VALUES, "phan": home.new_subdoc(subdocument())}
    first, second = template.render({**values, "ten": "Hà Thử"}), template.render({**values, "ten": "Lê Văn Mẫu"})

    assert first == template.render({**values, "ten": "Hà Thử"})
    assert "Hà Thử" not in str(said(second))
    assert "Lê Văn Mẫu" in said(second)["word/header1.xml"]
    assert [name for name in said(second) if name.startswith("word/media/")]


def test_values_of_two_templates_are_refused():
    from congvan.errors import TemplateError

    source = template_of(paragraphs("{{p a }}", "{{p b }}"))
    one, two = DocxTemplate(io.BytesIO(source)), DocxTemplate(io.BytesIO(source))

    with pytest.raises(TemplateError) as error:
        WordTemplate(source).render({"a": one.new_subdoc(), "b": two.new_subdoc()})

    assert [found.code for found in error.value.report] == ["word-values-of-two-templates"]


@pytest.mark.parametrize("values", [{"x": "a\x0bb"}, {"x": "a\x00b"}, {"x": "\ud800"}, {"x": Listing("a\x01b")}])
def test_a_value_no_file_can_hold_is_refused_on_both_ways(values):
    from congvan.errors import TemplateError

    with pytest.raises(TemplateError) as error:
        WordTemplate(template_of(paragraphs("{{ x }}"))).render(values)

    assert [found.code for found in error.value.report] == ["word-control-characters"]


def test_values_of_a_footnote_are_never_read_as_tags():
    """docxtpl alone fills footnotes once a section, and takes the first filling for a template."""
    source = template_of(all_of(footnote, two_sections, paragraphs("{{r chu }}")))
    made = WordTemplate(source).render({**VALUES, "ten": "{{ so }}", "chu": RichText("x")})

    assert "Xem {{ so }}" in said(made)["word/footnotes.xml"]


def test_properties_are_not_escaped_twice_on_either_way():
    source = template_of(all_of(properties, paragraphs("{{r chu }}")))
    values = {**VALUES, "so": "R & D"}
    fast = WordTemplate(source).render({**values, "chu": ""})
    slow = WordTemplate(source).render({**values, "chu": RichText("x")})

    assert properties_of(fast) == properties_of(slow)
    assert properties_of(fast)["title"] == "Công văn R & D"


def test_a_file_without_properties_gets_none_with_the_time_of_day():
    document = Document()
    document.add_paragraph("{{r chu }}")
    package = document.part.package
    package.rels.pop(next(key for key, rel in package.rels.items() if rel.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES))
    target = io.BytesIO()
    document.save(target)
    made = WordTemplate(target.getvalue()).render({"chu": RichText("x")})

    assert "docProps/core.xml" not in zipfile.ZipFile(io.BytesIO(made)).namelist()


# --- Filters and globals of the caller's own ---


def with_number(value, step=1):
    return f"{value} <{step}>"


def bold(value):
    return RichText(value, bold=True)


CALLABLES = {
    "a filter": (paragraphs("{{ ten|with_number }} {{ so|with_number(2) }}"), {"filters": {"with_number": with_number}}),
    "a filter that returns a number": (paragraphs("{{ so|twice + 1 }}"), {"filters": {"twice": lambda value: 2 * value}}),
    "a filter of a list": (paragraphs("{% for n in nguoi|backwards %}{{ n.ten }}{% endfor %}"), {"filters": {"backwards": lambda value: value[::-1]}}),
    "a filter of a whole block": (paragraphs("{% filter upper %}{% filter with_number %}{{ ten }}{% endfilter %}{% endfilter %}"), {"filters": {"with_number": with_number}}),
    "a filter in place of Jinja's own": (paragraphs("{{ ten|upper }}"), {"filters": {"upper": with_number}}),
    "a filter in header, footer and properties": (all_of(lambda document: setattr(document.sections[0].header.paragraphs[0], "text", "{{ ten|with_number }}"), lambda document: setattr(document.core_properties, "title", "{{ so|twice }}")), {"filters": {"with_number": with_number, "twice": lambda value: 2 * value}}),
    "a filter in rows": (table(["{%tr for n in nguoi %}", ""], ["{{ n.ten|with_number }}", "{{ n.so }}"], ["{%tr endfor %}", ""]), {"filters": {"with_number": with_number}}),
    "a filter in columns": (table(["{%tc for n in nguoi %}", "{{ n.ten|with_number }}", "{%tc endfor %}"]), {"filters": {"with_number": with_number}}),
    "a filter in footnotes": (all_of(paragraphs("{{ ten|with_number }}"), footnote), {"filters": {"with_number": with_number}}),
    "a value and a function for all letters": (paragraphs("{{ tong_dai }} {{ twice(so) }} {{ math.gcd(so, 30) }}"), {"globals": {"tong_dai": "1900 & 1", "twice": lambda value: 2 * value, "math": math}}),
    "a global that returns rich text": (paragraphs("Trước {{r bold(ten) }} sau"), {"globals": {"bold": bold}}),
    "a filter that returns rich text": (paragraphs("Trước {{r ten|bold }} sau"), {"filters": {"bold": bold}}),
    "a filter that returns markup": (paragraphs("{{ ten|raw }}"), {"filters": {"raw": lambda value: Markup(f"{escape(value)}</w:t><w:br/><w:t>hết")}}),
    "a filter that returns damaged markup": (paragraphs("{{ ten|raw }}"), {"filters": {"raw": lambda _: Markup("một</w:t><w:br/>")}}),
}  # fmt: skip


@pytest.mark.parametrize("construct", CALLABLES)
def test_filters_and_globals_of_the_caller_print_what_they_print_in_docxtpl(construct):
    build, callables = CALLABLES[construct]
    source = template_of(build)
    other = DocxTemplate(io.BytesIO(source))
    other.render(VALUES, word_environment(TemplateExtensions(**callables)))
    expected = io.BytesIO()
    other.save(expected)

    assert said(WordTemplate(source, **callables).render(VALUES)) == said(expected.getvalue())


def test_a_filter_works_beside_docxtpls_objects():
    source = template_of(paragraphs("{{ ten|with_number }}", "{{r chu }}"))
    template = WordTemplate(source, filters={"with_number": with_number})

    assert "Hà <1>" in Document(io.BytesIO(template.render({"ten": "Hà", "chu": RichText("x")}))).paragraphs[0].text


def test_a_picture_a_filter_returns_lies_in_the_letter():
    source = template_of(paragraphs("{{ ten|picture }}"))
    owner, other = DocxTemplate(io.BytesIO(source)), DocxTemplate(io.BytesIO(source))
    owner.init_docx()

    def picture_of(template):
        return {"picture": lambda _: InlineImage(template, png(), Mm(9))}

    made = WordTemplate(source, filters=picture_of(owner)).render(VALUES)
    other.render(VALUES, word_environment(TemplateExtensions(filters=picture_of(other))))
    expected = io.BytesIO()
    other.save(expected)

    assert said(made) == said(expected.getvalue())


# --- The built-in templates ---

BODY = """\
Kính đề nghị **{{ xa }}** phối hợp, *trước ngày* 01/9/2021:

1. Niêm yết tại nhà văn hóa;

2. Thông báo đến {{ so_ho }} hộ.

| STT | Xã | Số hộ |
|---|---|---|
| 1 | {{ xa }} | {{ so_ho }} |
| 2 | Bắc Sơn | 20 |
"""
LETTERS = {
    "plain": {},
    "every part": {
        "can_cu": ["Căn cứ Luật Điện lực", "Xét đề nghị của R & D"],
        "kinh_gui": ["UBND xã Đại Lộc", "Hội <Nông dân>"],
        "do_mat": "MẬT",
        "do_khan": "KHẨN",
        "luu_hanh": "XEM XONG TRẢ LẠI",
        "lien_he": ["Địa chỉ: 94 phố Mẫu", "Điện thoại: 0237"],
        "nguoi_soan": "NVA",
        "so_ban": 30,
        "phu_luc": [{"tieu_de": "Danh sách", "noi_dung": "Xã {{ xa }}"}, {"tieu_de": "Biểu", "noi_dung": BODY}],
    },
    "unnumbered, long issuer": {"so": None, "ngay": "2021-04", "co_quan": "ĐIỆN LỰC THÀNH PHỐ THANH HÓA MỞ RỘNG"},
}


@pytest.mark.parametrize("loai", ["cong-van", "thong-bao"])
@pytest.mark.parametrize("parts", LETTERS)
def test_a_built_in_template_says_what_docxtpl_makes_of_it(letter, loai, parts):
    given = LETTERS[parts] if loai == "cong-van" else {**LETTERS[parts], "kinh_gui": []}
    one = letter(loai=loai, noi_dung=BODY, truong={"xa": "Đại Lộc", "so_ho": 120}, **given)
    template = template_for(one)
    values = letter_values(one)

    assert template.uses_fast_path
    expected = said(by_docxtpl(docxtpl_source(template), values))
    assert without_idle_spaces(said(template.render(values))) == without_idle_spaces(expected)


def test_a_built_in_template_without_a_body_is_an_ordinary_docxtpl_template(letter):
    from congvan.word.builtin.templates import built_in_template

    source, values = built_in_template("cong-van"), letter_values(letter())
    values["noi_dung"] = RichTextParagraph("Nội dung")
    template = CompiledTemplate(source, "cong-van.docx", UNBOUND)

    assert template.uses_fast_path
    expected = said(by_docxtpl(docxtpl_source(template), values))
    assert without_idle_spaces(said(template.render(values))) == without_idle_spaces(expected)


def test_a_letter_keeps_its_contact_line_on_both_ways(letter):
    from congvan.word.builtin.templates import built_in_template

    binding = TemplateBinding("Một {{ x }}.", lien_he=("Điện thoại: 0237", "Fax: 0238"))
    template = CompiledTemplate(built_in_template("cong-van"), "cong-van.docx", binding)
    values = letter_values(letter(lien_he=binding.lien_he))
    home = DocxTemplate(io.BytesIO(built_in_template("cong-van")))
    home.get_docx()
    fast = template.render({**values, "x": "a"})

    assert said(template.render({**values, "x": Listing("a")})) == said(fast)
    assert said(template.render({**values, "x": Listing("a")}, home)) == said(fast)
    assert "Fax: 0238" in said(fast)["word/footer1.xml"]


# --- Letters joined in one document ---


@pytest.mark.parametrize(
    ("build", "can_be_bundled"),
    [(paragraphs("{{ ten }}"), True), (properties, True), (pictures, True), (head_and_foot, False), (footnote, False)],
)
def test_letters_are_bundled_only_when_they_differ_in_their_bodies(build, can_be_bundled):
    assert WordTemplate(template_of(build))._template.compiled.can_be_bundled is can_be_bundled
