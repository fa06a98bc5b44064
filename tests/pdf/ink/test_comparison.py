"""The words of the pages are followed along those of the .docx; what is missing, added or moved stops them."""

import pytest
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvan.pdf.ink.comparison import compare
from congvan.pdf.ink.document_text import DocumentReader
from congvan.pdf.paragraphs import match_key


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows, head=0):
    made = []
    for number, cells in enumerate(rows):
        properties = "<w:trPr><w:tblHeader/></w:trPr>" if number < head else ""
        inside = "".join(f"<w:tc>{cell if cell.startswith('<w:') else paragraph(cell)}</w:tc>" for cell in cells)
        made.append(f"<w:tr>{properties}{inside}</w:tr>")
    return f"<w:tbl>{''.join(made)}</w:tbl>"


def letter(*blocks, **parts):
    body = "".join(block if block.startswith("<w:") else paragraph(block) for block in blocks)
    others = {f"word/{name}.xml": part.encode() for name, part in parts.items()}
    return DocumentReader(others).read(f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>")


def pages(*texts):
    return [[match_key(word) for word in text.split()] for text in texts]


def missing(words, *texts):
    found = compare(words, pages(*texts))
    return found.missing if found else None


def test_nothing_is_missed_where_all_is_printed():
    assert missing(letter("Thôn 1", "Thôn 2"), "Thôn 1 Thôn 2") is None


def test_a_word_that_is_not_printed_stops_the_reading():
    assert missing(letter("Thôn 1", "Thôn 2"), "Thôn 1 Thôn") == "2"


def test_a_paragraph_that_breaks_off_is_missed_from_there_as_it_is_written():
    long = " ".join(f"việc {number};" for number in range(100))

    assert missing(letter(long), " ".join(f"việc {number};" for number in range(60))).startswith("việc 60; việc 61;")


def test_a_text_is_asked_for_as_often_as_the_letter_says_it():
    twice = letter(table(["Như trên", "Như trên"]))

    assert missing(twice, "Như trên") == "Như trên"
    assert missing(twice, "Như trên Như trên") is None
    assert missing(twice, "Như trên Như trên Như trên") is not None


def test_part_of_a_longer_word_is_not_taken_for_the_word():
    assert missing(letter("Thôn 1", "Thôn 10"), "Thôn 10 Thôn 1") is not None


def test_words_in_another_order_stop_the_reading():
    assert missing(letter("một hai ba"), "một ba hai") == "hai ba"


def test_rows_in_another_order_stop_the_reading():
    assert missing(letter(table(["a", "b"], ["c", "d"])), "c d a b") is not None


def test_text_after_a_table_waits_until_the_table_is_done():
    words = letter(table(["một hai", "ba bốn"]), "sau bảng")

    assert missing(words, "một ba bốn hai sau bảng") is None
    assert missing(words, "một ba bốn sau bảng hai") is not None


def test_cells_that_go_on_overleaf_beside_each_other_are_followed():
    words = letter(table(["Giao Sở Tài chính cấp", "Xong trước tháng sáu"]))

    assert missing(words, "Giao Sở Tài Xong trước tháng", "chính cấp sáu") is None


def test_a_word_that_another_cell_has_too_does_not_lead_astray():
    assert missing(letter(table(["xã an", "xã bình"])), "xã xã", "bình an") is None


def test_recipients_go_on_beside_the_signature():
    words = letter(table(["Nơi nhận: - A; - B; - C; - Lưu: VT.", "GIÁM ĐỐC Trần Thị Thử"]))

    assert missing(words, "Nơi nhận: - A; GIÁM ĐỐC Trần Thị Thử", "- B; - C; - Lưu: VT.") is None


def test_heads_may_be_printed_again_on_a_later_page_and_only_whole():
    words = letter(table(["TT", "Tên xã"], ["1", "A"], ["2", "B"], head=1))

    assert missing(words, "TT Tên xã 1 A", "TT Tên xã 2 B") is None
    assert missing(words, "TT Tên xã 1 A", "2 B") is None
    assert missing(words, "TT Tên xã 1 A", "TT Tên 2 B") is not None
    assert missing(words, "TT Tên xã TT Tên xã 1 A", "2 B") is not None


def test_hidden_deleted_and_moved_text_is_not_asked_for():
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hiện</w:t></w:r></w:p>"
    gone = "<w:p><w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom><w:r><w:t>mới</w:t></w:r></w:p>"
    deleted = "<w:p><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins></w:p>"

    assert missing(letter(hidden, gone, deleted), "hiện mới thêm") is None
    assert missing(letter(hidden), "ẩn hiện") is not None


def test_text_in_wrappers_is_asked_for():
    wrapped = (
        "<w:p><w:smartTag><w:r><w:t>một</w:t></w:r></w:smartTag><w:dir><w:r><w:t>hai</w:t></w:r></w:dir>"
        "<w:sdt><w:sdtContent><w:r><w:t>ba</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )

    assert missing(letter(wrapped), "một hai ba") is None
    assert missing(letter(wrapped), "một ba") == "haiba"


def test_the_label_of_a_list_may_stand_before_its_item():
    item = paragraph("Việc đầu", '<w:numPr><w:numId w:val="3"/></w:numPr>')

    assert missing(letter(item), "1. Việc đầu") is None
    assert missing(letter(item), "Việc đầu") is None
    assert missing(letter(item), "1. Việc") == "đầu"


def test_a_field_that_is_worked_out_may_say_anything_and_another_what_it_says():
    def simple(code):
        return (
            f'<w:p><w:fldSimple w:instr="{code}"><w:r><w:t>cũ</w:t></w:r></w:fldSimple><w:r><w:t>sau</w:t></w:r></w:p>'
        )

    assert missing(letter(simple("DATE")), "05/3/2026 sau") is None
    assert missing(letter(simple("MERGEFIELD ten")), "cũ sau") is None
    assert missing(letter(simple("MERGEFIELD ten")), "sau") == "cũsau"


def test_text_of_merged_cells_stands_beside_any_of_its_rows():
    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("Huyện A B")
    words = letter(table([merged, "1"], ["<w:tcPr><w:vMerge/></w:tcPr>" + paragraph(""), "2"]))

    assert missing(words, "Huyện A 1", "B 2") is None
    assert missing(words, "Huyện 1 2") == "A B"


def test_a_hyphen_and_the_dots_of_a_tab_may_be_added():
    assert missing(letter("thanh toán"), "thanh- toán") is None
    assert missing(letter("Ký tên"), "Ký ........ tên") is None


def test_a_note_stands_where_the_engine_puts_it():
    said = '<w:p><w:r><w:t>Một</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t> hai</w:t></w:r></w:p>'
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Chú thích.</w:t>"
        "</w:r></w:p></w:footnote></w:footnotes>"
    )

    assert missing(letter(said, footnotes=notes), "Một 1 hai 1 Chú thích.") is None
    assert missing(letter(said, footnotes=notes), "Một 1 hai 1") == "Chú thích."


texts = st.lists(st.sampled_from(["a", "b", "ab", "ba", "xã", "an", "1", "2", "12"]), min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(left=texts, right=texts, after=texts, cut=st.integers(0, 6), fold=st.integers(0, 6))
def test_whatever_two_cells_say_they_are_found_however_they_are_broken_over_pages(left, right, after, cut, fold):
    words = letter(table([" ".join(left), " ".join(right)]), " ".join(after))
    drawn = [[*left[:cut], *right[:fold]], [*left[cut:], *right[fold:], *after]]

    assert compare(words, [[match_key(word) for word in page] for page in drawn]) is None


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(said=st.lists(texts, min_size=1, max_size=4), data=st.data())
def test_a_word_less_or_more_is_always_found(said, data):
    words = letter(*map(" ".join, said))
    drawn = [word for paragraph in said for word in paragraph]
    index = data.draw(st.integers(0, len(drawn) - 1))

    assert compare(words, [drawn[:index] + drawn[index + 1 :]]) is not None
    assert compare(words, [[*drawn[:index], drawn[index], *drawn[index:]]]) is not None


@pytest.mark.parametrize("count", [300])
def test_a_long_table_of_equal_cells_takes_no_long_time(count):
    words = letter(table(*[["0"] * 8 for _ in range(count)]))

    assert compare(words, [["0"] * 8 * count]) is None
    assert compare(words, [["0"] * (8 * count - 1)]) is not None
