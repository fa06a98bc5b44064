"""Letters of every kind, made at random, come through both engines without a lost word.

``CONGVAN_LETTERS=1000`` tries a thousand (``make letter-test``); a usual run a few.
"""

import os
import random
import re

import pytest

from congvan.decree.kinds import KINDS
from congvan.errors import EngineError
from congvan.pdf.convert import convert_one
from congvan.pdf.engines.available import engine
from congvan.pdf.ink.document_text import read_letter_words
from congvan.word import render_docx
from congvan.word.builtin.sample import sample

LETTERS = int(os.environ.get("CONGVAN_LETTERS", "12"))
LETTERS_OF_LIBREOFFICE = LETTERS if LETTERS > 12 else 3
WORDS = [
    "thực",
    "hiện",
    "chỉ",
    "đạo",
    "của",
    "tỉnh",
    "về",
    "việc",
    "tuyên",
    "truyền",
    "thanh",
    "toán",
    "tiền",
    "điện",
    "kế",
    "hoạch",
    "đơn",
    "vị",
    "báo",
    "cáo",
    "kết",
    "quả",
]
WIDE = "vanthuphongkinhdoanhthanhhoa", "https://www.pcth.example/khach-hang/thong-bao/2026", "0123456789" * 4


class RandomLetter:
    """One letter, the same for the same ``seed``."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.notes = []
        self.count = 0

    def letter(self):
        kind = self.random.choice(sorted(KINDS))
        recipients = self.random.choice([1, 2, 5, 30, 90, 170, 400])
        parts = {"noi_dung": self.body()}
        if sample(kind).noi_nhan:
            units = [f"{self.words(4)} {number}" for number in range(recipients)]
            parts["noi_nhan"] = ["Như trên", *units, "Lưu: VT, KD"]
        return sample(kind, **parts)

    def body(self):
        blocks = [self.block() for _ in range(self.random.randint(1, 8))]
        return "\n\n".join([f"{self.words(12)}.", *blocks, *self.notes])

    def block(self):
        return self.random.choice([self.paragraph, self.paragraph, self.nested, self.items, self.table, self.noted])()

    def words(self, most):
        self.count += 1
        start, step = self.random.randrange(len(WORDS)), self.random.choice([1, 2, 5])
        said = [WORDS[(start + step * index) % len(WORDS)] for index in range(self.random.randint(1, most))]
        return " ".join([*said, f"k{self.count}"])

    def paragraph(self):
        wide = f" {self.random.choice(WIDE)}" if self.random.random() < 0.3 else ""
        return f"{self.words(120)}{wide} **{self.words(4)}**."

    def items(self):
        return "\n\n".join(f"{number}. {self.words(30)}." for number in range(1, self.random.randint(2, 7)))

    def nested(self):
        depth = self.random.randint(1, 4)
        return "\n".join(f"{'  ' * level}- {self.words(20)}" for level in range(depth))

    def noted(self):
        name = f"n{len(self.notes) + 1}"
        self.notes.append(f"[^{name}]: {self.words(25)}.")
        return f"{self.words(20)}[^{name}] {self.words(20)}."

    def table(self):
        columns = self.random.randint(2, 4)
        tall = self.random.choice([3, 3, 8, 8, 60, 500])
        rows = [[f"Cột {number}" for number in range(columns)], ["---"] * columns]
        for _ in range(self.random.choice([1, 3, 12, 50])):
            rows.append([self.words(tall if column == 1 else 3) for column in range(columns)])
            tall = self.random.choice([3, 8, tall if tall < 60 else 3])
        return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def refuse_nothing(seed, by):
    """Convert a letter, which raises what is lost; and count its marks in the document, which the pages must have."""
    made = RandomLetter(seed)
    docx = render_docx(made.letter())

    assert convert_one(docx, by).pages > 0
    assert {f"k{number}" for number in range(1, made.count + 1)} <= set(re.findall(r"k\d+", words_of(docx)))


def words_of(docx):
    words = read_letter_words(docx)
    return words.text


@pytest.mark.parametrize("seed", range(LETTERS))
def test_the_embedded_engine_prints_every_word(seed, embedded):
    refuse_nothing(seed, embedded)


@pytest.mark.parametrize("seed", range(LETTERS_OF_LIBREOFFICE))
def test_libreoffice_prints_every_word(seed):
    try:
        by = engine("libreoffice")
    except EngineError:
        pytest.skip("LibreOffice is not here")
    refuse_nothing(seed, by)


@pytest.mark.parametrize("rows", [1, 4, 12])
def test_rows_taller_than_a_page_below_heads_that_are_drawn_again_are_whole(rows, embedded):
    long = " ".join(f"việc{number}" for number in range(500))
    table = "\n".join(f"| {number} | {long} |" for number in range(rows))
    letter = sample("cong-van", noi_dung=f"Phân công:\n\n| TT | Việc |\n|---|---|\n{table}")

    assert convert_one(render_docx(letter), embedded).pages > rows
