"""The reader itself, checked by other means: poppler's places of words, and the ink of the page as a picture.

Pages are drawn at 300 dots an inch, so that a dot is 0.085 mm wide.
"""

import re
import shutil
import subprocess
from functools import cache
from html import unescape
from pathlib import Path

import pytest

import congvan
from congvan.word.builtin.sample import sample

pytestmark = [
    pytest.mark.xdist_group("measures"),
    pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler, the other reader, is not installed here"),
]

MM_PER_PT = 25.4 / 72
DOT = 25.4 / 300
DARK = 128
NAMES = ("cong-van-mat", "thong-bao")
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
ENGINES = (
    None,  # the embedded one
    pytest.param("libreoffice", marks=pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")),
)

every_letter = pytest.mark.parametrize("name", NAMES)
both_engines = pytest.mark.parametrize("engine", ENGINES)


@cache
def pdf(name, engine):
    return congvan.to_pdf(congvan.render_docx(sample(name)), engine)


@cache
def read(name, engine):
    facts = congvan.facts(pdf(name, engine))
    return facts, congvan.components(facts)


class Page:
    """The first page as a picture; places in mm."""

    def __init__(self, picture: bytes):
        _, size, _, self.dots = picture.split(b"\n", 3)
        self.width, self.height = map(int, size.split())

    def ink(self, left, top, right, bottom):
        """The box of everything dark inside a box."""
        columns = range(int(left / DOT), int(right / DOT))
        rows = [self.row(row)[columns.start : columns.stop] for row in range(int(top / DOT), int(bottom / DOT))]
        dark = [(x, y) for y, row in enumerate(rows) for x, dot in enumerate(row) if dot < DARK]
        xs, ys = [x for x, _ in dark], [y for _, y in dark]
        return left + min(xs) * DOT, top + min(ys) * DOT, left + (max(xs) + 1) * DOT, top + (max(ys) + 1) * DOT

    def row(self, number):
        return self.dots[number * self.width : (number + 1) * self.width]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")

    @cache
    def draw(name, engine):
        (folder / "x.pdf").write_bytes(pdf(name, engine))
        command = [
            "pdftoppm",
            "-gray",
            "-r",
            "300",
            "-f",
            "1",
            "-l",
            "1",
            "-singlefile",
            folder / "x.pdf",
            folder / "x",
        ]
        subprocess.run(command, check=True)
        return Page((folder / "x.pgm").read_bytes())

    return draw


def words_by_poppler(content, folder: Path):
    """The words of page 1 with their left and right ends in mm."""
    (folder / "x.pdf").write_bytes(content)
    command = ["pdftotext", "-bbox", "-l", "1", folder / "x.pdf", "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [
        (unescape(text), float(left) * MM_PER_PT, float(right) * MM_PER_PT)
        for left, _, right, _, text in WORD.findall(told)
    ]


@every_letter
@both_engines
def test_lines_begin_and_end_where_poppler_sees_their_first_and_last_word(name, engine, tmp_path):
    facts, _ = read(name, engine)
    words = words_by_poppler(pdf(name, engine), tmp_path)

    for line in facts.on_page(1):
        first, *_, last = [*line.text.split(), line.text.split()[-1]]
        assert any(word == first and left == pytest.approx(line.left, abs=0.2) for word, left, _ in words), line.text
        assert any(word == last and right == pytest.approx(line.right, abs=0.2) for word, _, right in words), line.text


@every_letter
def test_every_word_poppler_reads_is_read_once(name, tmp_path):
    facts, _ = read(name, None)
    ours = sorted(word for line in facts.on_page(1) for word in line.text.split())

    assert sorted(word for word, _, _ in words_by_poppler(pdf(name, None), tmp_path)) == ours


@every_letter
@both_engines
@pytest.mark.parametrize("part", ["quoc_hieu", "co_quan", "so_ky_hieu", "ho_ten"])
def test_the_ink_of_a_line_is_where_the_reader_says(name, engine, part, drawn):
    """Letters stand up to half a millimetre inside their width; a capital's foot is on the base line."""
    line, page = read(name, engine)[1][part].lines[-1], drawn(name, engine)
    left, _, right, _ = page.ink(line.left - 2, line.top, line.right + 2, line.base)
    *_, foot = page.ink(line.left - 0.2, line.top, line.left + 1.4, line.bottom + 0.5)  # the first letter

    assert left == pytest.approx(line.left, abs=0.5)
    assert right == pytest.approx(line.right, abs=0.5)
    assert foot == pytest.approx(line.base, abs=0.2)


@every_letter
@both_engines
@pytest.mark.parametrize("part", ["tieu_ngu", "co_quan"])
def test_the_ink_of_a_rule_is_as_long_and_thick_as_the_reader_says(name, engine, part, drawn):
    rule = read(name, engine)[1][part].rule
    left, top, right, bottom = drawn(name, engine).ink(rule.left - 2, rule.top - 0.5, rule.right + 2, rule.bottom + 0.5)

    assert (left, right) == (pytest.approx(rule.left, abs=0.2), pytest.approx(rule.right, abs=0.2))
    assert (top, bottom) == (pytest.approx(rule.top, abs=0.2), pytest.approx(rule.bottom, abs=0.2))


@both_engines
def test_the_ink_of_a_box_is_as_large_as_the_reader_says(engine, drawn):
    name = "cong-van-mat"
    frame = read(name, engine)[1]["do_khan"].frame
    left, top, right, bottom = drawn(name, engine).ink(
        frame.left - 1, frame.top - 1, frame.right + 1, frame.top + frame.height + 1
    )

    assert right - left == pytest.approx(frame.width, abs=0.2)
    assert bottom - top == pytest.approx(frame.height, abs=0.2)
