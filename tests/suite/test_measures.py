"""Every kind's sample letter measured against the decree: on the page of its PDF, and in its Word file.

Expected sizes, ranges and lengths come from :mod:`congvan.decree.measures`; each test names its clause (Annex I of Decree
30/2020). What is measured is read by :func:`congvan.facts`, which shares nothing with the layout or the engine
(see ``test_reader.py`` for how it is itself checked). Sizes are exact, lengths good to half a millimetre.
"""

from functools import cache
from itertools import pairwise

import pytest

import congvan
from congvan.decree.measures import (
    COMPONENTS,
    FONT,
    MARGINS,
    MARK_HEIGHT,
    MARK_WIDTHS,
    PARAGRAPH_GAP,
    QUOC_HIEU_TEXT,
    RULE_SHARE,
    TIEU_NGU_TEXT,
    Range,
)
from congvan.letter.office_style import measures_of
from congvan.word.builtin.sample import SAMPLES, sample

pytestmark = pytest.mark.xdist_group("measures")  # each letter is made once

TOLERANCE = 0.5  # mm
MM_PER_PT = 25.4 / 72
SINGLE = 1.149  # of the type size: the distance of lines of a Times face
LINE_SPACING = Range(1, 1.5)
FIRST_LINES = (10, 12.7)  # mm
FAR_END = {
    "le_tren": 25,
    "le_duoi": 25,
    "le_trai": 35,
    "le_phai": 15,
    "co_chu": 13,
    "thut_dong": 12.7,
    "gian_dong": 1.5,
    "cach_doan": 9,
}
STYLED = {"cong-van-kieu-rieng": "cong-van", "quyet-dinh-kieu-rieng": "quyet-dinh"}
"""Letters in the style of an office that chose the other end of every range."""
BODY = ("can_cu", "noi_dung")
FREE_WEIGHT = {"noi_dung", "o_bang", "kinh_gui"}
"""Parts in which a word may be stressed."""
WITHOUT_PLACE_AND_DATE = {"bien-ban"}
"""Model 1.9 has none in its head."""

every_sample = pytest.mark.parametrize("name", [*SAMPLES, *STYLED])
both_forms = pytest.mark.parametrize("form", ["pdf", "docx"])


def near(value):
    return pytest.approx(value, abs=TOLERANCE)


@cache
def letter_of(name):
    return sample(STYLED[name], trinh_bay=FAR_END) if name in STYLED else sample(name)


@cache
def docx(name):
    return congvan.render_docx(letter_of(name))


@cache
def read(name, form):
    facts = congvan.facts(docx(name) if form == "docx" else congvan.to_pdf(docx(name)))
    return facts, congvan.components(facts)


def text_edges(name):
    """Left and right edge of the text in mm, as the Word file sets them."""
    sheet = read(name, "docx")[0].sheets[0]
    return sheet.margins.left, sheet.width - sheet.margins.right


def cells(name):
    """The left and the right cell of the heading: their edges in mm."""
    left, right = text_edges(name)
    widths = read(name, "docx")[0].tables[0].widths
    return (left, left + widths[0]), (right - widths[1], right)


def middle(edges):
    return sum(edges) / 2


def printed(line):
    return [span for span in line.spans if span.text.strip()]


def lines_of(parts, *names):
    return [line for name in names if name in parts for line in parts[name].lines]


def paragraphs(lines):
    groups = {}
    for line in lines:
        groups.setdefault((line.page, line.paragraph), []).append(line)
    return list(groups.values())


# --- what is there -------------------------------------------------------------------------------


@every_sample
@both_forms
def test_every_part_of_the_letter_is_found_where_it_belongs(name, form):
    letter, (_, parts) = letter_of(name), read(name, form)

    def text(part):
        return " ".join(parts[part].text.split()) if part in parts else ""

    assert text("quoc_hieu") == QUOC_HIEU_TEXT
    assert text("tieu_ngu") == TIEU_NGU_TEXT
    assert text("chu_quan") == " ".join((letter.chu_quan or "").split())
    assert text("co_quan") == " ".join(letter.co_quan.split())
    assert text("so_ky_hieu").replace(" ", "") == f"Số: {letter.so_ky_hieu}".replace(" ", "").replace("\u00a0", "")
    assert ("dia_danh_ngay" in parts) == (letter.loai not in WITHOUT_PLACE_AND_DATE)
    assert ("ten_loai" in parts) == (not letter.kind.la_cong_van)
    assert ("kinh_gui" in parts) == bool(letter.kinh_gui)
    assert ("can_cu" in parts) == bool(letter.can_cu)
    assert ("phu_luc" in parts) == bool(letter.phu_luc)
    for mark in ("do_mat", "do_khan", "luu_hanh"):
        assert text(mark) == (getattr(letter, mark) or "")
    assert ("lien_he" in parts) == bool(letter.lien_he)
    assert text("noi_nhan_tieu_de") == "Nơi nhận:"
    assert len([line for line in parts["noi_nhan"].lines if line.text.startswith("- ")]) == len(letter.noi_nhan)
    assert text("noi_dung")
    assert "khac" not in parts


@every_sample
def test_word_and_pdf_hold_the_same_words_in_every_part(name):
    in_word, in_pdf = (read(name, form)[1] for form in ("docx", "pdf"))
    once = {found.name for found in in_word} | {found.name for found in in_pdf}

    differing = [
        part
        for part in once - {"so_trang"}  # Word repeats it by itself
        if part not in in_word
        or part not in in_pdf
        or sorted(in_word[part].text.split()) != sorted(in_pdf[part].text.split())
    ]
    assert differing == []


# --- the page (part I, 1 to 4) -------------------------------------------------------------------


@every_sample
@both_forms
def test_the_paper_is_a4_upright(name, form):
    facts, _ = read(name, form)

    assert {(near(210) == sheet.width, near(297) == sheet.height) for sheet in facts.sheets} == {(True, True)}


@every_sample
def test_the_margins_word_keeps_are_within_the_ranges(name):
    for sheet in read(name, "docx")[0].sheets:
        for side, allowed in MARGINS.items():
            assert getattr(sheet.margins, side) in type(allowed)(allowed.low - 0.01, allowed.high + 0.01), side


@every_sample
def test_the_text_on_paper_keeps_the_margins(name):
    facts, parts = read(name, "pdf")
    wanted = read(name, "docx")[0].sheets[0].margins
    outside = {id(line) for line in lines_of(parts, "so_trang", "luu_hanh", "lien_he")}
    text = [line for line in facts.lines if id(line) not in outside]

    assert min(line.left for line in text) == near(wanted.left)
    assert max(line.right for line in text) <= 210 - wanted.right + TOLERANCE
    assert min(line.top for line in text if line.page == 1) == near(wanted.top)
    assert max(line.bottom for line in text) <= 297 - wanted.bottom + TOLERANCE


@every_sample
def test_one_typeface_prints_everything(name):
    printed_with, _ = read(name, "pdf")
    written_with, _ = read(name, "docx")

    assert {span.font.family for line in printed_with.lines for span in line.spans} == {"Liberation Serif"}
    assert all(font.embedded for font in printed_with.fonts)
    assert {span.font.family for line in written_with.lines for span in line.spans} == {FONT}


@every_sample
@both_forms
def test_everything_is_black_but_the_marks_of_secrecy_and_urgency(name, form):
    facts, parts = read(name, form)
    red = {id(line) for line in lines_of(parts, "do_mat", "do_khan")}

    assert {line.font.colour for line in facts.lines if id(line) in red} <= {"FF0000"}
    assert {span.font.colour for line in facts.lines if id(line) not in red for span in printed(line)} == {"000000"}


@every_sample
def test_pages_are_numbered_from_the_second_on_and_each_annex_anew(name):
    """Part I, 7: Arabic, 13 to 14 pt, upright, centred in the top margin, hidden on the first page."""
    facts, parts = read(name, "pdf")
    starts = {
        1,
        *(line.page for line in lines_of(parts, "phu_luc")),
        *(line.page for line in lines_of(parts, "van_ban_kem_theo")[:1]),
    }
    numbers = {line.page: line for line in lines_of(parts, "so_trang")}

    counted = 0
    for sheet in facts.sheets:
        counted = 1 if sheet.number in starts else counted + 1
        if counted == 1:
            assert sheet.number not in numbers
            continue
        line = numbers[sheet.number]
        assert line.text == str(counted)
        assert line.middle == near(middle(text_edges(name)))
        assert line.bottom < read(name, "docx")[0].sheets[0].margins.top


# --- size, weight and place of every part (part II) ----------------------------------------------


@every_sample
@both_forms
def test_every_part_has_exactly_the_size_and_weight_the_decree_gives_it(name, form):
    _, parts = read(name, form)
    chosen, wrong = measures_of(letter_of(name).trinh_bay), []
    for found in parts:
        wanted = COMPONENTS.get(found.name)
        for span in [span for line in found.lines for span in printed(line)] if wanted else []:
            if span.font.size != chosen.size(found.name) or span.font.size not in wanted.allowed:
                wrong.append((found.name, span.text, span.font.size))
            if found.name not in FREE_WEIGHT and (span.font.bold, span.font.italic) != (wanted.bold, wanted.italic):
                wrong.append((found.name, span.text, span.font))
    assert wrong == []


@every_sample
@both_forms
def test_quoc_hieu_and_tieu_ngu_stand_centred_at_the_right(name, form):
    """Item 1."""
    _, parts = read(name, form)
    right = cells(name)[1]

    assert parts["quoc_hieu"].lines[0].middle == near(middle(right))
    assert parts["tieu_ngu"].lines[0].middle == near(middle(right))
    assert len(parts["quoc_hieu"].lines) == 1
    assert parts["quoc_hieu"].lines[0].left > text_edges(name)[0] + 55


@every_sample
@both_forms
def test_the_issuer_stands_centred_at_the_left_under_its_parent(name, form):
    """Item 2."""
    _, parts = read(name, form)
    left = cells(name)[0]

    for line in lines_of(parts, "chu_quan", "co_quan"):
        assert line.middle == near(middle(left))
        assert line.right <= left[1] + TOLERANCE


@every_sample
@both_forms
def test_the_number_is_centred_under_the_issuer_and_the_date_under_the_motto(name, form):
    """Items 3 and 4."""
    _, parts = read(name, form)
    left, right = cells(name)

    assert lines_of(parts, "so_ky_hieu")[0].middle == near(middle(left))
    for line in lines_of(parts, "dia_danh_ngay"):
        assert line.middle == near(middle(right))
        if form == "pdf":
            assert line.base == near(lines_of(parts, "so_ky_hieu")[0].base)


@every_sample
@both_forms
def test_the_kind_and_its_subject_are_centred_across_the_page(name, form):
    """Item 5a."""
    _, parts = read(name, form)

    for line in lines_of(parts, "ten_loai", "trich_yeu", "tham_quyen", "quyet_dinh"):
        assert line.middle == near(middle(text_edges(name)))


@every_sample
@both_forms
def test_the_subject_of_a_cong_van_stands_under_its_number(name, form):
    """Item 5b: centred under the number, 6 pt below it."""
    _, parts = read(name, form)
    lines = lines_of(parts, "trich_yeu_cong_van")

    for line in lines:
        assert line.middle == near(middle(cells(name)[0]))
    if lines and form == "pdf":
        gap = lines[0].base - parts["so_ky_hieu"].lines[0].base
        assert gap == near((SINGLE * lines[0].font.size + 6) * MM_PER_PT)


@every_sample
@both_forms
def test_addressees_stand_on_the_line_of_kinh_gui_or_their_dashes_under_its_colon(name, form):
    """Item 9a."""
    letter, (_, parts) = letter_of(name), read(name, form)
    lines = lines_of(parts, "kinh_gui")
    if not lines or not lines[0].text.startswith("Kính gửi"):
        return
    listed = [line for line in lines if line.text.startswith("- ")]
    if len(letter.kinh_gui) == 1 and not listed:
        assert lines[0].text.startswith("Kính gửi: ")
        return
    assert lines[0].text == "Kính gửi:"
    colon = lines[0].right - 0.278 * lines[0].font.size * MM_PER_PT  # where the colon begins
    assert [line.left for line in listed] == [near(colon)] * len(listed)


@every_sample
@both_forms
def test_the_signature_stands_in_the_right_half_with_the_name_centred_under_the_post(name, form):
    """Items 7a and 7b."""
    _, parts = read(name, form)
    post, signed = lines_of(parts, "quyen_han"), lines_of(parts, "ho_ten")

    assert post
    assert {line.middle > middle(text_edges(name)) for line in post + signed} == {True}
    assert [line.middle for line in post + signed] == [near(post[0].middle)] * len(post + signed)


@every_sample
@both_forms
def test_recipients_stand_flush_left(name, form):
    """Item 9b."""
    _, parts = read(name, form)
    for line in lines_of(parts, "noi_nhan_tieu_de", "noi_nhan"):
        assert line.left == near(text_edges(name)[0])


@every_sample
def test_recipients_are_level_with_the_authority_unless_two_sign(name):
    """Item 9b: the words stand level with the authority line of item 7a."""
    _, parts = read(name, "pdf")
    title, authority = lines_of(parts, "noi_nhan_tieu_de")[0], lines_of(parts, "quyen_han")[0]

    if "ky_trai" in parts:
        assert title.top > max(line.bottom for line in lines_of(parts, "ky_trai", "ho_ten"))
    else:
        assert title.page == authority.page
        assert title.top == near(authority.top)


@every_sample
def test_the_parts_follow_each_other_down_the_page(name):
    _, parts = read(name, "pdf")
    order = (
        "quoc_hieu",
        "tieu_ngu",
        "dia_danh_ngay",
        "ten_loai",
        "trich_yeu",
        "tham_quyen",
        "kinh_gui",
        "quyet_dinh",
        "noi_dung",
        "quyen_han",
        "ho_ten",
    )
    places = [(part, lines_of(parts, part)[0]) for part in order if part in parts]

    wrong = [(one, two) for (one, a), (two, b) in pairwise(places) if (a.page, a.base) >= (b.page, b.base)]
    assert wrong == []


# --- rules (part II, 1, 2 and 5) -----------------------------------------------------------------


@every_sample
@both_forms
def test_the_rule_under_the_motto_is_as_long_as_the_motto(name, form):
    """Item 1."""
    _, parts = read(name, form)
    motto = parts["tieu_ngu"]

    assert motto.rule.length == near(motto.lines[0].width)
    assert motto.rule.middle == near(motto.lines[0].middle)


@every_sample
@both_forms
def test_the_rule_under_the_issuer_is_a_third_to_a_half_of_its_line(name, form):
    """Item 2."""
    _, parts = read(name, form)
    issuer = parts["co_quan"]
    longest = max(line.width for line in issuer.lines)

    assert issuer.rule.length / longest in RULE_SHARE
    assert issuer.rule.middle == near(issuer.lines[-1].middle)


@every_sample
@both_forms
def test_the_rule_under_the_subject_is_a_third_to_a_half_of_its_line(name, form):
    """Item 5a; a công văn has no rule under its subject (5b)."""
    _, parts = read(name, form)
    if "trich_yeu_cong_van" in parts:
        assert parts["trich_yeu_cong_van"].rule is None
        return
    under = parts["trich_yeu"] if "trich_yeu" in parts else parts["ten_loai"]
    longest = max(line.width for line in under.lines)

    assert under.rule.length / longest in RULE_SHARE
    assert under.rule.middle == near(middle(text_edges(name)))


@every_sample
@both_forms
def test_number_date_and_addressees_have_no_rule(name, form):
    _, parts = read(name, form)

    ruled = [
        part
        for part in ("so_ky_hieu", "dia_danh_ngay", "kinh_gui", "quoc_hieu", "chu_quan")
        if part in parts and parts[part].rule
    ]
    assert ruled == []


@every_sample
@both_forms
def test_marks_stand_in_boxes_of_the_prescribed_size(name, form):
    """Item 10b: 30 x 8 mm HỎA TỐC, 40 x 8 mm THƯỢNG KHẨN, 20 x 8 mm KHẨN."""
    _, parts = read(name, form)
    for part in ("do_mat", "do_khan", "luu_hanh"):
        if part in parts:
            mark = parts[part]
            assert mark.frame.height == near(MARK_HEIGHT)
            if mark.text in MARK_WIDTHS:
                assert mark.frame.width == near(MARK_WIDTHS[mark.text])


@every_sample
def test_the_contact_line_ends_the_first_page_under_a_rule_across_the_text(name):
    """Item 13."""
    _, parts = read(name, "pdf")
    if "lien_he" not in parts:
        return
    left, right = text_edges(name)
    contact, in_word = parts["lien_he"], read(name, "docx")[1]["lien_he"]

    assert (in_word.rule_above.left, in_word.rule_above.right) == (near(left), near(right))
    assert (contact.rule_above.left, contact.rule_above.right) == (near(left), near(right))
    assert {line.page for line in contact.lines} == {1}
    assert contact.lines[-1].bottom > 297 - MARGINS["bottom"].high


# --- gaps and paragraphs (part II, 1, 2 and 6) ---------------------------------------------------


@every_sample
def test_the_lines_of_the_heading_follow_each_other_in_single_spacing(name):
    """Items 1 and 2."""
    _, parts = read(name, "pdf")
    for above, below in (
        (parts["quoc_hieu"].lines[0], parts["tieu_ngu"].lines[0]),
        *pairwise(lines_of(parts, "chu_quan", "co_quan")),
    ):
        assert below.base - above.base == near(SINGLE * below.font.size * MM_PER_PT)


@every_sample
def test_lines_of_the_text_are_one_to_one_and_a_half_lines_apart(name):
    """Item 6."""
    _, parts = read(name, "pdf")
    for paragraph in paragraphs(lines_of(parts, *BODY)):
        for above, below in pairwise(paragraph):
            spacing = (below.base - above.base) / (SINGLE * below.font.size * MM_PER_PT)
            assert LINE_SPACING.low - 0.05 < spacing < LINE_SPACING.high + 0.05
    for line in lines_of(read(name, "docx")[1], *BODY):
        assert line.paragraph_format.spacing in LINE_SPACING


@every_sample
def test_paragraphs_of_the_text_are_at_least_six_points_apart(name):
    """Item 6."""
    _, parts = read(name, "pdf")
    for above, below in pairwise(paragraphs(lines_of(parts, *BODY))):
        if above[-1].page == below[0].page and below[0].base - above[-1].base > 0:
            gap = below[0].base - above[-1].base - SINGLE * below[0].font.size * MM_PER_PT
            assert gap > PARAGRAPH_GAP * MM_PER_PT - TOLERANCE
    for line in lines_of(read(name, "docx")[1], *BODY):
        assert line.paragraph_format.before + line.paragraph_format.after >= PARAGRAPH_GAP


@every_sample
def test_paragraphs_of_the_text_begin_one_centimetre_in(name):
    """Item 6: 1 cm or 1.27 cm."""
    left = text_edges(name)[0]
    _, in_pdf = read(name, "pdf")
    first_page = paragraphs([line for line in lines_of(in_pdf, *BODY) if line.page == 1])
    for paragraph in first_page:
        assert paragraph[0].left - left in [near(indent) for indent in FIRST_LINES], paragraph[0].text
        assert [line.left for line in paragraph[1:]] == [near(left)] * (len(paragraph) - 1)
    for line in lines_of(read(name, "docx")[1], *BODY):
        assert line.paragraph_format.left + line.paragraph_format.first_line in [near(indent) for indent in FIRST_LINES]


@every_sample
def test_the_text_is_justified_on_both_sides(name):
    """Item 6."""
    right = text_edges(name)[1]
    _, in_pdf = read(name, "pdf")
    for paragraph in paragraphs(lines_of(in_pdf, *BODY)):
        assert [line.right for line in paragraph[:-1]] == [near(right)] * (len(paragraph) - 1), paragraph[0].text
    for line in lines_of(read(name, "docx")[1], *BODY):
        assert line.paragraph_format.align == "both"


# --- annexes (part II, annex) --------------------------------------------------------------------


@every_sample
@both_forms
def test_the_lines_that_open_an_annex_are_centred(name, form):
    _, parts = read(name, form)
    for line in lines_of(parts, "phu_luc", "tieu_de_phu_luc", "kem_theo"):
        assert line.middle == near(middle(text_edges(name)))
    assert all(line.text.isupper() for line in lines_of(parts, "tieu_de_phu_luc"))
