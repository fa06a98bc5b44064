"""Letters filled once: what the trial laid out is what is made, unless a number turned out to be another."""

import io

import pytest

from congvan.batch import run as batch_run
from congvan.batch.preflight import preflight
from congvan.batch.proofs import Proofs


def test_what_is_kept_comes_back_by_its_place():
    with Proofs(3) as kept:
        kept.keep(3, b"ba")
        kept.keep(1, "một".encode())

        assert [kept.of(place) for place in (1, 2, 3)] == ["một".encode(), b"", b"ba"]


def test_nothing_comes_back_once_it_is_discarded():
    with Proofs(1) as kept:
        kept.keep(1, b"PK")
        kept.discard()

        assert kept.of(1) == b""


def test_a_letter_is_filled_on_trial_and_not_again(project, monkeypatch):
    usual = project.render(out="thuong")
    monkeypatch.setattr("congvan.batch.task.render_letter", None)
    once = project.render(out="mot-lan")

    assert once.letters == usual.letters
    assert not once.failed


def test_where_there_is_no_room_letters_are_filled_again(project, monkeypatch):
    usual = project.render(out="thuong")

    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("congvan.batch.proofs.TemporaryFile", full)

    assert project.render(out="day").letters == usual.letters


@pytest.mark.parametrize("written", [0, 100])
def test_a_disk_that_fills_up_meanwhile_loses_no_letter(project, monkeypatch, written):
    usual = project.render(out="thuong")

    class Full(io.BytesIO):
        def write(self, docx):
            if not written:
                raise OSError(28, "No space left on device")
            return super().write(docx[:written])

    monkeypatch.setattr("congvan.batch.proofs.TemporaryFile", lambda **_: Full())

    assert project.render(out="day").letters == usual.letters


def test_a_number_somebody_else_took_meanwhile_is_in_no_letter(project, monkeypatch, word_text):
    def preflight_and_another_campaign(*given):
        found = preflight(*given)
        monkeypatch.setattr(batch_run, "preflight", preflight)
        project.change("dot.yaml", "ma: thu-nghiem-2021", "ma: chen-ngang-2021")
        (other,) = project.render(out="chen-ngang", only=["tinh"]).letters
        assert other.so == 465
        return found

    monkeypatch.setattr(batch_run, "preflight", preflight_and_another_campaign)
    company, *rest = project.render(formats=["docx"]).letters
    texts = ["\n".join(word_text((project.folder / "out" / row.docx.path).read_bytes())) for row in (company, *rest)]

    assert company.so == 466
    assert "Số: 466/PCTH-KD" in texts[0]
    assert "Công văn số 466/PCTH-KD" in texts[1]
    assert not any("465/PCTH" in text for text in texts)
