"""Single changes to a right letter in Word, as a hurried colleague makes them."""

import io
from collections.abc import Callable

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

Change = Callable[[object], None]


def changed(content: bytes, change: Change) -> bytes:
    """The bytes of a .docx after ``change`` to its python-docx document."""
    document = docx.Document(io.BytesIO(content))
    change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def paragraph_of(document, text) -> Paragraph:
    """The first paragraph, in a table or not, that says ``text``."""
    for element in document.element.body.iter(qn("w:p")):
        found = Paragraph(element, document)
        if text in "".join(node.text or "" for node in element.iter(qn("w:t"))):
            return found
    raise LookupError(text)


def words(old, new) -> Change:
    """Other words in one paragraph."""

    def change(document):
        nodes = list(paragraph_of(document, old)._p.iter(qn("w:t")))
        whole = next((node for node in nodes if old in (node.text or "")), None)
        if whole is not None:
            whole.text = whole.text.replace(old, new, 1)
            whole.set(qn("xml:space"), "preserve")
            return
        joined = "".join(node.text or "" for node in nodes)
        nodes[0].text = joined.replace(old, new, 1)
        nodes[0].set(qn("xml:space"), "preserve")
        for node in nodes[1:]:
            node.text = ""

    return change


def type_of(text, *, size=None, bold=None, italic=None, colour=None, face=None) -> Change:
    """Another type for one paragraph."""

    def change(document):
        for run in paragraph_of(document, text).runs:
            if size is not None:
                run.font.size = Pt(size)
            if bold is not None:
                run.font.bold = bold
            if italic is not None:
                run.font.italic = italic
            if colour is not None:
                run.font.color.rgb = RGBColor.from_string(colour)
            if face is not None:
                run.font.name = face
                fonts = run._r.rPr.find(qn("w:rFonts"))
                for slot in ("ascii", "hAnsi", "cs"):
                    fonts.set(qn(f"w:{slot}"), face)

    return change


def margin(side, width) -> Change:
    def change(document):
        for section in document.sections:
            setattr(section, f"{side}_margin", Mm(width))

    return change


def paper(width, height) -> Change:
    def change(document):
        for section in document.sections:
            section.page_width, section.page_height = Mm(width), Mm(height)

    return change


def format_of(text, **values) -> Change:
    """Another paragraph format: ``alignment``, ``first_line_indent``, ``line_spacing`` …"""

    def change(document):
        form = paragraph_of(document, text).paragraph_format
        for name, value in values.items():
            setattr(form, name, value)

    return change


def without(text) -> Change:
    """A paragraph taken out; a cell keeps an empty one."""

    def change(document):
        element = paragraph_of(document, text)._p
        parent = element.getparent()
        if parent.tag == qn("w:tc") and len(parent.findall(qn("w:p"))) == 1:
            for run in element.findall(qn("w:r")):
                element.remove(run)
        else:
            parent.remove(element)

    return change


def moved_behind(text, after) -> Change:
    def change(document):
        moved, over = paragraph_of(document, text)._p, paragraph_of(document, after)._p
        over.addnext(moved)

    return change


def without_rule_below(text) -> Change:
    """The line of the paragraph below ``text``, or of its own, taken away."""

    def change(document):
        below = _rule_below(document, text)
        below._p.getparent().remove(below._p)

    return change


def rule_below(text, left, right) -> Change:
    """Other indents for the paragraph with the line below ``text``: a longer or a shorter line."""

    def change(document):
        form = _rule_below(document, text).paragraph_format
        form.left_indent, form.right_indent = Mm(left), Mm(right)

    return change


def _rule_below(document, text) -> Paragraph:
    """The paragraph that draws the line below ``text``: congvan gives it a style of its own."""
    element = paragraph_of(document, text)._p
    while element is not None:
        if (paragraph := Paragraph(element, document)).style.style_id.startswith("KeDuoi"):
            return paragraph
        element = element.getnext()
    raise LookupError(text)


def ruled(text) -> Change:
    """A short line below a paragraph."""

    def change(document):
        paragraph = paragraph_of(document, text)
        below = OxmlElement("w:p")
        properties, border, line = OxmlElement("w:pPr"), OxmlElement("w:pBdr"), OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        indent = OxmlElement("w:ind")
        indent.set(qn("w:left"), "1500")
        indent.set(qn("w:right"), "1500")
        border.append(line)
        properties.extend([border, indent])
        below.append(properties)
        paragraph._p.addnext(below)

    return change


def marked(text, name, value="yellow") -> Change:
    """Words under a marker, or hidden (``vanish``)."""

    def change(document):
        run = paragraph_of(document, text).runs[0]
        mark = OxmlElement(f"w:{name}")
        if value:
            mark.set(qn("w:val"), value)
        run._r.get_or_add_rPr().append(mark)

    return change


def tracked(text, kind) -> Change:
    """The words of a paragraph as an insertion or a deletion."""

    def change(document):
        run = paragraph_of(document, text).runs[-1]._r
        around = OxmlElement(f"w:{kind}")
        around.set(qn("w:id"), "901")
        around.set(qn("w:author"), "Thử")
        run.addprevious(around)
        if kind == "del":
            copy = OxmlElement("w:r")
            deleted = OxmlElement("w:delText")
            deleted.text = " chữ bỏ"
            copy.append(deleted)
            around.append(copy)
        else:
            around.append(run)

    return change


def commented(text) -> Change:
    def change(document):
        document.add_comment(paragraph_of(document, text).runs[0], text="Xem lại câu này.", author="Thử")

    return change


def merge_field(text, name) -> Change:
    """A field of a mail merge at the end of a paragraph."""

    def change(document):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" MERGEFIELD {name} ")
        run, shown = OxmlElement("w:r"), OxmlElement("w:t")
        shown.text = " An"
        run.append(shown)
        field.append(run)
        paragraph_of(document, text)._p.append(field)

    return change


def page_number_in_footer() -> Change:
    """The page number taken from the header to the footer."""

    def change(document):
        section = document.sections[0]
        number = next(p for p in section.header.paragraphs if "PAGE" in p._p.xml)._p
        section.footer.is_linked_to_previous = False
        section.footer.paragraphs[0]._p.addprevious(number)
        section.header._element.append(OxmlElement("w:p"))

    return change


def page_number_aside() -> Change:
    def change(document):
        for paragraph in document.sections[0].header.paragraphs:
            paragraph.alignment = 0
            paragraph.paragraph_format.first_line_indent = Mm(0)

    return change


def page_number_on_first() -> Change:
    """Page 1 with the header of the others."""

    def change(document):
        document.sections[0].different_first_page_header_footer = False

    return change


def decomposed(text) -> Change:
    import unicodedata

    return words(text, unicodedata.normalize("NFD", text))


def both(*changes) -> Change:
    """One fault that needs two strokes in Word."""

    def change(document):
        for one in changes:
            one(document)

    return change
