import io
import re

from docx import Document

from congvan.word import bundle, render_letter, template_for


def joined(letters):
    template = template_for(letters[0])
    return bundle(template, [render_letter(each, template).content for each in letters])


def test_each_letter_is_a_section_that_counts_its_pages_from_one(letter, part):
    made = joined([letter(kinh_gui=[name]) for name in ("A", "B", "C")])
    xml = part(made.docx, "word/document.xml")

    assert xml.count("<w:sectPr") == 3
    assert xml.count('<w:pgNumType w:start="1"/>') == 3
    assert len(Document(io.BytesIO(made.docx)).sections) == 3


def test_the_start_of_each_letter_is_known_exactly(letter, part):
    made = joined([letter(kinh_gui=["Một"]), letter(kinh_gui=["Hai", "Ba", "Bốn"]), letter(kinh_gui=["Năm"])])
    blocks = list(Document(io.BytesIO(made.docx)).element.body)

    marked = [[name for name in made.bookmarks if f'w:name="{name}"' in part_of(block)] for block in blocks]
    ends = [place for place, block in enumerate(blocks) if "<w:sectPr" in part_of(block)]
    starts = [0, *(end + 1 for end in ends[:-1])]

    assert len(set(made.bookmarks)) == len(ends) == 3
    assert marked == [[made.bookmarks[starts.index(place)]] if place in starts else [] for place in range(len(blocks))]


def part_of(element):
    from lxml import etree

    return etree.tostring(element).decode()


def test_a_bundle_holds_every_letter_once_and_in_order(letter, word_text):
    names = ["Nguyễn Văn A", "Trần <Thị> B", "Lê & C"]
    text = "\n".join(word_text(joined([letter(kinh_gui=[name]) for name in names]).docx))

    assert re.findall(r"Kính gửi: (.*)", text) == names


def test_a_bundle_of_one_is_that_letter_with_its_section(letter, word_text):
    made = letter()

    assert word_text(joined([made]).docx) == word_text(render_letter(made).docx)
