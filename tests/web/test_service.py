import io
import time
import zipfile
from dataclasses import replace

import docx
import pytest

import congvan
from congvan.letter.number_request import SERIES_OF_MARKED_LETTERS
from congvan.register import Register
from congvan.web import Settings


def test_a_letter_comes_back_as_pdf_or_word_file(ask, letter):
    pdf = ask("POST", "/api/letters", json=letter)
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")

    word = ask("POST", "/api/letters?file=docx", json=letter)
    assert word.content == congvan.render_docx(congvan.Letter(**letter))


def test_what_is_wrong_with_a_letter_is_said_with_code_message_and_hint(ask, letter):
    without_subject = {name: part for name, part in letter.items() if name != "trich_yeu"}
    answer = ask("POST", "/api/letters", json=without_subject, headers={"Accept-Language": "en"})
    assert answer.status_code == 422

    said = answer.json()
    assert said["code"] == "letter-part-missing"
    assert "trich_yeu" in said["message"]
    assert said["hint"]
    assert [one["place"]["key"] for one in said["findings"]] == ["trich_yeu"]
    assert "Thiếu" in ask("POST", "/api/letters", json=without_subject).json()["message"]


def test_a_body_that_is_no_json_object_is_refused_in_the_same_form(ask):
    for body in (b"{", b"[1]", b"null", b'{"so": NaN', b"\xff\xfe"):
        said = ask("POST", "/api/letters", content=body, headers={"Content-Type": "application/json"})
        assert (said.status_code, said.json()["code"]) == (422, "web-request"), body


def test_a_list_and_a_template_become_a_zip_of_letters(ask, template, people):
    answer = ask("POST", "/api/tables", files={"template": template, "data": people}, data={"files": "docx"})
    assert answer.status_code == 200

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        letters = [name for name in archive.namelist() if name.endswith(".docx")]
        first = docx.Document(io.BytesIO(archive.read(letters[0])))
    assert len(letters) == 2
    assert first.paragraphs[0].text == "Kính gửi Lê Thị Một"


def test_a_cell_that_is_missing_refuses_the_list_and_names_the_cell(ask, template):
    data = ("ds.csv", "ho_ten,xa\nLê Thị Một,\n".encode())
    body = docx.Document()
    body.add_paragraph("{{ ho_ten }} ở {{ tinh }}")
    answer = ask(
        "POST", "/api/tables", files={"template": ("m.docx", _bytes(body)), "data": data}, data={"files": "docx"}
    )

    assert answer.status_code == 422
    assert "tinh" in answer.text


def test_a_finished_letter_is_read(ask, letter):
    content = congvan.render_docx(congvan.Letter(**letter))
    read = ask("POST", "/api/facts", content=content).json()

    assert read["components"]["thanh_phan"]["ho_ten"]["dong"] == ["Lê Văn Mẫu"]
    assert ask("POST", "/api/facts", content=b"no letter").status_code == 422
    assert ask("POST", "/api/facts", content=b"").json()["code"] == "web-request"


def test_what_is_wrong_with_a_finished_letter_is_said_as_the_linter_says_it(ask, letter):
    content = congvan.render_docx(congvan.Letter(**letter))
    said = ask("POST", "/api/lint", content=content).json()

    assert said["regime"] == "hanh-chinh"
    assert said["findings"] == congvan.lint(content, "body").as_dict()["findings"]
    assert ask("POST", "/api/lint", content=b"").json()["code"] == "web-request"


@pytest.fixture
def book(tmp_path):
    where = tmp_path / "so.sqlite3"
    with Register.open(where, who="văn thư") as opened:
        opened.reserve(
            [_request("a", "phối hợp tuyên truyền"), _request("b", "việc riêng", chuoi=SERIES_OF_MARKED_LETTERS)]
        )
    return where


def test_the_register_is_searched_and_previews_numbers_without_taking_any(settings, book, service):
    ask = service(replace(settings, register=book))
    found = ask("GET", "/api/book", params={"q": "tuyen truyen"}).json()
    assert [one["so_ky_hieu"] for one in found["letters"]] == ["01/ĐLM"]

    wanted = {"khoa": "c", "don_vi": "dlm", "nam": 2026, "ky_hieu": "ĐLM", "loai": "cong-van", "trich_yeu": "mới"}
    for _ in range(2):
        assert ask("POST", "/api/numbers/preview", json=[wanted]).json()["numbers"] == {"c": 2}


def test_a_secret_letter_shows_neither_subject_nor_recipient(settings, book, service):
    found = service(replace(settings, register=book))("GET", "/api/book", params={"q": "01/ĐLM"})

    assert [one["trich_yeu"] for one in found.json()["letters"]] == ["phối hợp tuyên truyền", "…"]


def test_without_a_register_look_ups_say_so(ask):
    assert ask("GET", "/api/book", params={"q": "18"}).json()["code"] == "web-no-book"


def test_the_description_names_every_path_and_its_refusals(ask):
    paths = ask("GET", "/openapi.json").json()["paths"]

    assert set(paths) == {"/api/letters", "/api/tables", "/api/facts", "/api/lint", "/api/book", "/api/numbers/preview"}
    for path in paths.values():
        for method in path.values():
            assert {"401", "413", "422", "503", "504"} <= set(method["responses"])


@pytest.mark.parametrize("path", ["/", "/openapi.json", "/api/book?q=18", "/docs", "/nope", "/?token=wrong"])
def test_nothing_is_readable_without_the_token(ask, path):
    for token in (None, "another-token-of-characters", "ü" * 30):
        answer = ask("GET", path, token=None, headers={"Authorization": f"Bearer {token}".encode()} if token else {})
        assert (answer.status_code, answer.json()["code"]) == (401, "web-token")


def test_only_the_health_check_needs_no_token(ask):
    assert (ask("GET", "/alive", token=None).status_code, ask("GET", "/alive", token=None).content) == (204, b"")


def test_another_host_name_is_refused(ask):
    assert ask("GET", "/openapi.json", host="evil.example").json()["code"] == "web-host"
    assert ask("GET", "/alive", host="127.0.0.1.evil.example:8030").status_code == 421


def test_every_answer_has_strict_headers(ask, letter):
    for answer in (ask("GET", "/alive"), ask("GET", "/nope"), ask("POST", "/api/letters", json=letter)):
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_request_that_is_too_large_is_refused_as_it_arrives(settings, letter, service):
    ask = service(replace(settings, most_bytes=1_000))
    large = {**letter, "noi_dung": "x" * 2_000}
    assert ask("POST", "/api/letters", json=large).json()["code"] == "web-too-large"

    async def parts():
        for _ in range(10):
            yield b"x" * 200

    streamed = ask("POST", "/api/facts", content=parts())
    assert (streamed.status_code, streamed.json()["code"]) == (413, "web-too-large")


def test_a_full_queue_refuses_and_says_when_to_try_again(settings, letter, monkeypatch, service):
    monkeypatch.setattr(congvan, "render_docx", lambda _: time.sleep(0.3) or b"")
    ask = service(replace(settings, workers=1, waiting=1))
    answers = _together(ask, 4, letter)

    assert sorted(one.status_code for one in answers) == [200, 200, 503, 503]
    refused = next(one for one in answers if one.status_code == 503)
    assert (refused.headers["Retry-After"], refused.json()["code"]) == ("1", "web-busy")


def test_a_request_that_takes_too_long_is_answered_and_keeps_its_place_until_it_ends(
    settings, letter, monkeypatch, service
):
    monkeypatch.setattr(congvan, "render_docx", lambda _: time.sleep(0.4) or b"")
    ask = service(replace(settings, seconds=0.1, workers=1, waiting=0))

    assert [one.json()["code"] for one in _together(ask, 1, letter)] == ["web-too-slow"]


def test_letters_made_together_are_those_asked_for(ask, letter):
    names = [f"UBND xã {name}" for name in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")]
    answers = _together(ask, len(names), letter, lambda number: {"kinh_gui": [names[number]]})

    for name, answer in zip(names, answers, strict=True):
        others = set(names) - {name}
        text = congvan.facts(answer.content).text
        assert name in text
        assert not any(other in text for other in others)


def test_a_token_is_long_enough():
    with pytest.raises(ValueError, match="20 characters"):
        Settings(token="short")


@pytest.fixture
def template():
    document = docx.Document()
    document.add_paragraph("Kính gửi {{ ho_ten }}")
    return ("mau.docx", _bytes(document))


@pytest.fixture
def people():
    return ("ds.csv", "ho_ten\nLê Thị Một\nTrần Văn Hai\n".encode())


def _bytes(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _request(key, subject, chuoi=""):
    return congvan.NumberRequest(
        khoa=key,
        don_vi="dlm",
        nam=2026,
        ngay=None,
        ky_hieu="ĐLM",
        loai="cong-van",
        trich_yeu=subject,
        chuoi=chuoi,
    )


def _together(ask, count, letter, changes=lambda _: {}):
    return ask.together([("POST", "/api/letters?file=docx", {**letter, **changes(number)}) for number in range(count)])
