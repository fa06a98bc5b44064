import errno
import io
import zlib
from pathlib import Path

import pikepdf
import pypdf
import pytest

from congvan.errors import EngineError
from congvan.inspect.pdf.facts import read_facts
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.print.print_file import write_print_file
from congvan.pdf.split.bundle_splitter import split_bundle

NAMES = [f"Thôn {word} {number}" for number, word in enumerate(["Đoàn Kết", "Yên Ổn", "Vĩnh Hữu", "Gò Mu", "Khuê Ẩn"])]


@pytest.fixture
def letters(letter, bundle_of, embedded):
    """Bookmarks and PDFs; every letter has one page, but the third has two."""
    bundle = bundle_of([letter(name=name, paragraphs=9 if index == 2 else 2) for index, name in enumerate(NAMES)])
    parts = split_bundle(embedded.convert(bundle), [PdfMetadata(name) for name in NAMES])
    return [(f"{name} & <con>", part.pdf) for name, part in zip(NAMES, parts, strict=True)]


def written(letters):
    target = io.BytesIO()
    pages = write_print_file(target, letters)
    return pages, target.getvalue()


def test_every_letter_starts_on_a_new_sheet(letters):
    pages, pdf = written(letters)
    facts = read_facts(pdf)

    assert pages == len(facts.pages) == 10
    for index, name in enumerate(NAMES):
        assert f"Kính gửi: {name}" in facts.pages[2 * index].text


def test_a_letter_with_an_odd_number_of_pages_is_followed_by_a_blank_one_of_its_size(letters):
    facts = read_facts(written(letters)[1])

    assert [not page.text for page in facts.pages] == [False, True, False, True, False, False, False, True, False, True]
    assert len({(page.width_mm, page.height_mm) for page in facts.pages}) == 1


def test_every_letter_has_a_bookmark_that_leads_to_its_first_page(letters):
    reader = pypdf.PdfReader(io.BytesIO(written(letters)[1]))

    places = [(str(entry.title), reader.get_destination_page_number(entry)) for entry in reader.outline]
    assert places == [(title, 2 * index) for index, (title, _) in enumerate(letters)]


def test_fonts_are_written_once(letters):
    with pikepdf.open(io.BytesIO(written(letters)[1])) as pdf:
        programs = [found for found in pdf.objects if isinstance(found, pikepdf.Stream) and "/Length1" in found]

    assert len(programs) == 4


def test_the_file_grows_with_the_text_and_not_with_the_fonts(letters):
    many = letters * 20
    largest = max(len(pdf) for _, pdf in letters)

    assert len(written(many)[1]) < 10 * largest


def test_letters_look_in_the_print_file_as_they_do_alone(letters):
    with pikepdf.open(io.BytesIO(written(letters)[1])) as pdf:
        for index, (_, letter) in enumerate(letters):
            with pikepdf.open(io.BytesIO(letter)) as alone:
                assert drawn(pdf.pages[2 * index]) == drawn(alone.pages[0])


def test_a_picture_that_several_letters_share_is_written_once(letter, bundle_of, embedded, picture_of):
    crest, other = picture_of(200, 0, 0), picture_of(0, 0, 200)
    bundle = bundle_of([letter(picture=crest), letter(picture=other), letter(picture=crest)])
    parts = split_bundle(embedded.convert(bundle), [PdfMetadata("a"), PdfMetadata("b"), PdfMetadata("c")])
    _, pdf = written([("x", part.pdf) for part in parts])

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        images = [found for found in opened.objects if isinstance(found, pikepdf.Stream) and "/Width" in found]
    assert len(images) == 2


def test_the_same_letters_give_the_same_bytes(letters):
    assert written(letters) == written(letters)


def test_a_print_file_of_no_letters_has_no_page():
    assert written([])[0] == 0


def test_a_path_is_written_whole_or_not_at_all(letters, tmp_path):
    target = tmp_path / "in.pdf"
    assert write_print_file(target, letters) == 10
    before = target.read_bytes()

    with pytest.raises(EngineError):
        write_print_file(target, [*letters, ("hỏng", b"%PDF-1.7 broken")])
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["in.pdf"]


def test_a_place_that_cannot_be_written_is_an_engine_error(letters):
    with pytest.raises(EngineError, match="print file"):
        write_print_file(Path(__file__) / "in.pdf", letters)


def test_fonts_with_other_glyph_numbers_are_kept_apart(letters, letter, bundle_of, embedded):
    unusual = split_bundle(embedded.convert(bundle_of([letter(name="Иван")])), [PdfMetadata("a")])[0].pdf
    _, pdf = written([*letters, ("Иван", unusual)])
    facts = read_facts(pdf)

    assert "Kính gửi: Иван" in facts.pages[10].text
    assert f"Kính gửi: {NAMES[0]}" in facts.pages[0].text


def drawn(page):
    """A page's content, and for each font it names the outlines it can draw: what meets the eye."""
    return zlib.crc32(page.Contents.read_bytes()), [str(box) for box in page.MediaBox], sorted(page.Resources.keys())


class Full(io.BytesIO):
    """A disk without room."""

    def write(self, _content):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_without_room_is_told_whichever_way_the_letters_are_put_together(letters):
    """pikepdf would end the process."""
    document = pikepdf.open(io.BytesIO(letters[0][1]))
    document.save(foreign := io.BytesIO())
    for some in (letters, [(letters[0][0], foreign.getvalue()), *letters]):
        with pytest.raises(EngineError) as error:
            write_print_file(Full(), some)
        assert isinstance(error.value.__cause__, OSError)


def test_letters_of_plain_text_are_written_as_they_are_read(letters):
    target = io.BytesIO()
    sizes = []

    def read():
        for letter in letters:
            sizes.append(target.tell())
            yield letter

    write_print_file(target, read())
    assert sizes == sorted(set(sizes))
