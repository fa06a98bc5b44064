"""Every sample is a sound letter that its built-in template lays out."""

import pytest

from congvan.letter import KINDS
from congvan.word import render_docx
from congvan.word.builtin.sample import SAMPLES, sample


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_laid_out_with_its_kind_and_number(name, word_text):
    made = sample(name)
    texts = " ".join(" ".join(word_text(render_docx(made))).split())

    assert f"Số: {made.so_ky_hieu}" in texts
    assert made.ky.ho_ten in texts
    if not made.kind.la_cong_van:
        assert made.kind.ten.upper() in texts


def test_there_is_a_sample_of_every_kind():
    assert {sample(name).loai for name in SAMPLES} == set(KINDS)


def test_the_samples_show_every_form_of_signature():
    signatures = [sample(name).ky for name in SAMPLES]
    lines = [(*signature.quyen_han, signature.chuc_vu) for signature in signatures]
    forms = {" + ".join(line.split(".")[0] for line in block if "." in line) for block in lines}

    assert forms == {"", "TM", "KT", "TL", "TUQ", "Q", "TM + KT", "TL + KT"}
