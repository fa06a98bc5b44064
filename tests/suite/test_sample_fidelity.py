"""Every sample letter, drawn by the embedded engine and by LibreOffice: the same pages, every word within a millimetre.

LibreOffice starts once for all of them.
"""

import shutil
import subprocess
from statistics import median

import pytest

import congvan
from congvan.word.builtin.sample import SAMPLES, sample

MILLIMETRE = 72 / 25.4
HALF_A_POINT = 0.5

pytestmark = [
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice, the yardstick, is not installed here"),
    pytest.mark.skipif(
        not shutil.which("pdftotext"), reason="poppler, which measures both PDFs, is not installed here"
    ),
]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Every sample as Word, drawn by both engines; a folder of each."""
    folder = tmp_path_factory.mktemp("fidelity")
    made = {name: sample(name) for name in SAMPLES}
    (folder / "ours").mkdir()
    for name, letter in made.items():
        docx = congvan.render_docx(letter)
        (folder / f"{name}.docx").write_bytes(docx)
        (folder / "ours" / f"{name}.pdf").write_bytes(congvan.to_pdf(docx))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = [folder / f"{name}.docx" for name in made]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder / "theirs", *sources]
    subprocess.run(command, capture_output=True, check=True)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("case", SAMPLES)
def test_every_word_is_where_libreoffice_puts_it(case, drawn, words):
    ours = words(drawn / "ours" / f"{case}.pdf")
    theirs = words(drawn / "theirs" / f"{case}.pdf")

    assert [[word.text for word in page] for page in ours] == [[word.text for word in page] for page in theirs]
    pairs = [pair for mine, other in zip(ours, theirs, strict=True) for pair in zip(mine, other, strict=True)]
    across = [abs(mine.left - other.left) for mine, other in pairs]
    down = [abs(mine.top - other.top) for mine, other in pairs]
    far = [pair for pair, *apart in zip(pairs, across, down, strict=True) if max(apart) > MILLIMETRE]
    assert far == []
    assert median(across) < MILLIMETRE / 2
    assert median(down) < MILLIMETRE / 2


@pytest.mark.slow
def test_text_below_two_boxed_marks_is_as_high_as_in_libreoffice(drawn, words):
    (ours,), (theirs,) = (words(drawn / engine / "cong-van-mat.pdf") for engine in ("ours", "theirs"))
    apart = {mine.text: abs(mine.top - other.top) for mine, other in zip(ours, theirs, strict=True)}

    assert {word: apart[word] for word in ("MẬT", "THƯỢNG", "Kính") if apart[word] > HALF_A_POINT} == {}
