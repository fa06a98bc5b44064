"""Deliberate losses: each is found, before a file is written, with its words and its cause."""

import io
import re
from functools import cache

import pikepdf
import pytest

import congvan
from congvan.errors import EngineError, LostWordsError
from congvan.pdf.engine import Bundle, ConvertedBundle
from congvan.pdf.engines.available import engine
from congvan.pdf.ink.document_text import read_letter_words
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.split.bundle_splitter import split_bundle

BODY = """Thực hiện kế hoạch năm, đơn vị báo cáo như sau:

1. Kết quả thứ nhất đạt yêu cầu.

2. Kết quả thứ hai chưa đạt.

| TT | Việc | Người |
|----|------|-------|
""" + "\n".join(f"| {n} | Việc thứ {n} | Lê Văn Mẫu |" for n in range(1, 41))
LETTER = congvan.Letter(
    co_quan="SỞ Y TẾ",
    so=12,
    ky_hieu="SYT-VP",
    dia_danh="Thanh Hóa",
    ngay="2026-03-05",
    trich_yeu="báo cáo kết quả",
    kinh_gui=["UBND xã A"],
    noi_dung=BODY,
    noi_nhan=["Như trên", "Lưu: VT"],
    ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Trần Thị Thử"},
)
BLOCK = re.compile(rb"(?:q [^\n]* rg\n)?BT\n(?:(?!BT\n).)*?ET\n(?:Q\n)?", re.DOTALL)
"""A word of the embedded engine, a piece of a line of LibreOffice."""
ENGINES = "dxpdf", "libreoffice"


@cache
def docx():
    return congvan.render_docx(LETTER)


@cache
def converted(name):
    return engine(name).convert(Bundle(docx()))


def check(pdf, pages, name="dxpdf"):
    """Cut the letter from ``pdf`` as a run does, and return what is found."""
    bundle = ConvertedBundle(pdf, (0,), pages)
    try:
        split_bundle(bundle, [PdfMetadata(title="")], [read_letter_words(docx())])
    except LostWordsError as error:
        return error.report.findings[0]
    return None


def changed(name, change):
    """What is found when ``change`` was done to the engine's PDF."""
    with pikepdf.open(io.BytesIO(converted(name).pdf)) as pdf:
        change(pdf)
        target = io.BytesIO()
        pdf.save(target)
        return check(target.getvalue(), len(pdf.pages), name)


def on_page(number, edit):
    """A change of the content of one page."""

    def change(pdf):
        page = pdf.pages[number]
        content = page.Contents.read_bytes()
        page.Contents = pdf.make_stream(edit(content))

    return change


def at_block(index, edit, page=0):
    """A change of one word or piece, by its index on the page."""

    def edited(content):
        found = list(BLOCK.finditer(content))[index]
        return content[: found.start()] + edit(found[0]) + content[found.end() :]

    return on_page(page, edited)


def around(before, after=b"Q\n"):
    return lambda block: b"q\n" + before + block + after


def wholly(before, after=b""):
    return lambda content: before + content + after


def point(block):
    """Where a word begins: the embedded engine counts from the top, LibreOffice from the foot."""
    found = re.search(rb"([\d.]+) ([\d.]+) (?:Tm|Td)", block)
    return float(found[1]), float(found[2])


def covered(paint):
    """A word with something painted over it afterwards."""

    def edit(block):
        x, y = point(block)
        return block + b"q\n" + paint(x - 3, y - 18) + b"Q\n"

    return edit


def rectangle(x, y, colour=b"1 1 1 rg", high=30):
    return b"%s %.1f %.1f 300 %d re f\n" % (colour, x, y, high)


def ellipse(x, y):
    return b"1 1 1 rg %.1f %.1f m %.1f %.1f %.1f %.1f %.1f %.1f c %.1f %.1f %.1f %.1f %.1f %.1f c f\n" % (
        *(x - 20, y + 15, x - 20, y - 60, x + 300, y - 60, x + 300, y + 15),
        *(x + 300, y + 80, x - 20, y + 80, x - 20, y + 15),
    )


def stroke(x, y):
    return b"1 1 1 RG 30 w %.1f %.1f m %.1f %.1f l S\n" % (x, y + 15, x + 300, y + 15)


def drawn_over(kind):
    """A picture or a form laid over the middle of page 1."""

    def change(pdf):
        page = pdf.pages[0]
        if kind == "picture":
            thing = pdf.make_stream(b"\xff" * 12, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
            thing.Width, thing.Height, thing.BitsPerComponent = 2, 2, 8
            thing.ColorSpace = pikepdf.Name.DeviceRGB
            draw = b"q 400 0 0 200 80 300 cm /Over Do Q"
        else:
            thing = pdf.make_stream(b"1 g 0 0 400 200 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
            thing.BBox = [0, 0, 400, 200]
            draw = b"q 1 0 0 1 80 300 cm /Over Do Q"
        page.Resources.XObject = pikepdf.Dictionary(Over=thing)
        page.Contents = pdf.make_stream(b"q\n" + page.Contents.read_bytes() + b"\nQ\n" + draw)

    return change


def in_form(matrix=(1, 0, 0, 1, 0, 0), box=(0, 0, 600, 850)):
    """The whole page put into a form."""

    def change(pdf):
        page = pdf.pages[0]
        form = pdf.make_stream(page.Contents.read_bytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.Resources, form.Matrix, form.BBox = page.Resources, list(matrix), list(box)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Whole=form))
        page.Contents = pdf.make_stream(b"/Whole Do")

    return change


def see_through(alpha):
    def change(pdf):
        page = pdf.pages[0]
        page.Resources.ExtGState = pikepdf.Dictionary(
            {**page.Resources.get("/ExtGState", {}), "/Faint": pikepdf.Dictionary(ca=alpha)}
        )
        at_block(20, around(b"/Faint gs\n"))(pdf)

    return change


def on_hidden_layer(pdf):
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Ẩn"))
    usual = pikepdf.Dictionary(OFF=[layer])
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=usual)
    pdf.pages[0].Resources.Properties = pikepdf.Dictionary(Layer=layer)
    at_block(20, lambda block: b"/OC /Layer BDC\n" + block + b"EMC\n")(pdf)


def set_box(name, *box):
    def change(pdf):
        pdf.pages[0][name] = pikepdf.Array(box)

    return change


def without_page(number):
    def change(pdf):
        del pdf.pages[number]

    return change


def pages_swapped(pdf):
    pdf.pages.append(pdf.pages[0])
    del pdf.pages[0]


def page_twice(pdf):
    pdf.pages.append(pdf.pages[0])


def moved(x, y):
    return around(b"1 0 0 1 %d %d cm\n" % (x, y))


def swapped(first, second, page=0):
    def edited(content):
        one, two = list(BLOCK.finditer(content))[first], list(BLOCK.finditer(content))[second]
        return b"".join(
            [content[: one.start()], two[0], content[one.end() : two.start()], one[0], content[two.end() :]]
        )

    return on_page(page, edited)


def upon(first, second):
    """A word moved upon another one."""

    def edited(content):
        one, two = list(BLOCK.finditer(content))[first], list(BLOCK.finditer(content))[second]
        (x, y), (u, v) = point(one[0]), point(two[0])
        return content[: one.start()] + moved(u - x, v - y)(one[0]) + content[one.end() :]

    return on_page(0, edited)


def without_glyphs(block):
    """Half a word: its last glyph is missing."""
    return re.sub(rb"(?:[0-9A-F]{4}|[0-9A-F]{2})>( ?Tj|\]TJ)", rb">\1", block)


def taken_out(first, last, page=0):
    """A row cut: the words from one index to another."""

    def edited(content):
        found = list(BLOCK.finditer(content))
        return content[: found[first].start()] + content[found[last].end() :]

    return on_page(page, edited)


IN_THE_PDF = {
    "the first word dropped": (at_block(0, lambda _: b""), "pdf-lost-words"),
    "a word in the middle dropped": (at_block(40, lambda _: b""), "pdf-lost-words"),
    "the last word dropped": (at_block(-1, lambda _: b"", page=1), "pdf-lost-words"),
    "a word on page 2 dropped": (at_block(8, lambda _: b"", page=1), "pdf-lost-words"),
    "the page number dropped": (at_block(0, lambda _: b"", page=1), "pdf-lost-words"),
    "a row cut": (taken_out(60, 66), "pdf-lost-words"),
    "all below the fold cut": (taken_out(50, -1), "pdf-lost-words"),
    "the end of a word cut": (at_block(20, without_glyphs), "pdf-"),
    "a page dropped": (without_page(1), "pdf-lost-words"),
    "the first page dropped": (without_page(0), "pdf-"),
    "a page emptied": (on_page(1, lambda _: b""), "pdf-lost-words"),
    "pages in the wrong order": (pages_swapped, "pdf-"),
    "a page twice": (page_twice, "pdf-words-added"),
    "a word twice": (at_block(20, lambda block: block + moved(0, 3)(block)), "pdf-words-"),
    "a word twice, elsewhere": (at_block(20, lambda block: block + moved(0, 40)(block)), "pdf-"),
    "two words in the wrong order": (swapped(8, 9), "pdf-words-moved"),
    "two far words in the wrong order": (swapped(12, 50), "pdf-words-moved"),
    "white text": (at_block(20, lambda block: white(block, b"1 1 1 rg")), "pdf-words-invisible"),
    "nearly white text": (at_block(20, lambda block: white(block, b"0.95 0.95 0.95 rg")), "pdf-words-invisible"),
    "white text in grey": (at_block(20, lambda block: white(block, b"1 g")), "pdf-words-invisible"),
    "white text in CMYK": (at_block(20, lambda block: white(block, b"0 0 0 0 k")), "pdf-words-invisible"),
    "white ground before white text": (
        at_block(20, lambda block: b"q 0 0 0 rg 0 0 5 5 re f Q\n" + white(block, b"1 1 1 rg")),
        "pdf-words-invisible",
    ),
    "invisible text": (at_block(20, lambda block: mode(block, 3)), "pdf-words-invisible"),
    "text as a clip": (at_block(20, lambda block: mode(block, 7)), "pdf-words-invisible"),
    "outlined in white": (at_block(20, lambda block: mode(block, 1, b"1 1 1 RG\n")), "pdf-words-invisible"),
    "transparent text": (see_through(0), "pdf-words-invisible"),
    "hardly opaque text": (see_through(0.05), "pdf-words-invisible"),
    "text on a layer that is off": (on_hidden_layer, "pdf-words-invisible"),
    "tiny type": (at_block(20, lambda block: sized(block, b"1")), "pdf-words-tiny"),
    "type of no size": (at_block(20, lambda block: sized(block, b"0")), "pdf-words-tiny"),
    "type scaled to nothing": (at_block(20, around(b"0.01 0 0 0.01 300 300 cm\n")), "pdf-words-tiny"),
    "type pressed flat": (at_block(20, around(b"1 0 0 0.01 0 300 cm\n")), "pdf-words-tiny"),
    "off the page to the left": (at_block(20, moved(-600, 0)), "pdf-words-off-page"),
    "off the page to the right": (at_block(20, moved(700, 0)), "pdf-words-off-page"),
    "off the page at the top": (at_block(20, moved(0, -900)), "pdf-words-off-page"),
    "off the page at the foot": (at_block(20, moved(0, 900)), "pdf-words-off-page"),
    "half off the page": (on_page(0, wholly(b"q 1 0 0 1 -130 0 cm\n", b"\nQ")), "pdf-words-off-page"),
    "a page moved down": (on_page(0, wholly(b"q 1 0 0 1 0 -200 cm\n", b"\nQ")), "pdf-words-off-page"),
    "a page turned on its side": (on_page(0, wholly(b"q 0 1 -1 0 0 0 cm\n", b"\nQ")), "pdf-words-off-page"),
    "a smaller sheet": (set_box("/MediaBox", 0, 0, 595, 400), "pdf-words-off-page"),
    "a cropped sheet": (set_box("/CropBox", 0, 0, 300, 842), "pdf-words-off-page"),
    "a form off the page": (in_form(matrix=(1, 0, 0, 1, 0, 1000)), "pdf-words-off-page"),
    "a form that is cut": (in_form(box=(0, 400, 600, 850)), "pdf-words-clipped"),
    "clipped away": (at_block(20, around(b"0 0 10 10 re W n\n")), "pdf-words-clipped"),
    "clipped by nothing": (at_block(20, around(b"W n\n")), "pdf-words-clipped"),
    "a page clipped at half": (on_page(0, wholly(b"q 0 0 595 400 re W n\n", b"\nQ")), "pdf-words-clipped"),
    "a white rectangle over a word": (at_block(20, covered(rectangle)), "pdf-words-covered"),
    "a black rectangle over a word": (
        at_block(20, covered(lambda x, y: rectangle(x, y, b"0 0 0 rg"))),
        "pdf-words-covered",
    ),
    "a shape over a word": (at_block(20, covered(ellipse)), "pdf-words-covered"),
    "a thick stroke over a word": (at_block(20, covered(stroke)), "pdf-words-covered"),
    "a sheet of white over all": (
        on_page(0, lambda content: b"q\n" + content + b"\nQ 1 g 0 0 600 850 re f"),
        "pdf-words-covered",
    ),
    "a picture over the text": (drawn_over("picture"), "pdf-words-covered"),
    "a form over the text": (drawn_over("form"), "pdf-words-covered"),
    "a word upon another": (upon(20, 24), "pdf-words-overprinted"),
    "a word upon one far away": (upon(40, 8), "pdf-words-overprinted"),
    "lines on one another": (
        on_page(0, lambda content: content + moved(4, 0)(BLOCK.findall(content)[20])),
        "pdf-words-overprinted",
    ),
}


def white(block, colour):
    block = re.sub(rb"^q [^\n]* rg\n", b"q\n", block)
    return b"q\n" + block.replace(b"BT\n", b"BT\n" + colour + b"\n") + b"Q\n"


def mode(block, number, before=b""):
    return b"q\n" + block.replace(b"BT\n", b"BT\n%d Tr\n%s" % (number, before)) + b"Q\n"


def sized(block, size):
    return re.sub(rb"(/\w+) [\d.]+ Tf", rb"\1 " + size + b" Tf", block)


def unchanged(_pdf):
    """A page as the engine drew it."""


@pytest.fixture
def libreoffice():
    try:
        return engine("libreoffice")
    except EngineError:
        pytest.skip("LibreOffice is not here")


@pytest.mark.parametrize("name", ENGINES)
def test_a_letter_as_the_engine_drew_it_has_lost_nothing(name, embedded, libreoffice):
    assert changed(name, unchanged) is None


@pytest.mark.parametrize("loss", IN_THE_PDF)
def test_a_loss_in_the_pdf_is_found(loss, embedded):
    change, code = IN_THE_PDF[loss]
    found = changed("dxpdf", change)

    assert found is not None
    assert found.code.startswith(code), str(found)
    assert found.code == "pdf-lost-words" or found.code.startswith("pdf-words-")
    assert found.values["words"]


@pytest.mark.parametrize("loss", IN_THE_PDF)
def test_a_loss_in_the_pdf_of_libreoffice_is_found(loss, libreoffice):
    change, _ = IN_THE_PDF[loss]

    assert changed("libreoffice", change) is not None
