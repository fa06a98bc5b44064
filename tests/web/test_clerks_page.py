"""The clerk's page without a browser: what it refuses, what it writes, what it never shows."""

import io
import time

import docx
import pytest
from made_up import ROWS, rows_for, write_messy_list

from congvan.campaign import load_campaign
from congvan.web import Settings

HTML = {"Accept": "text/html"}
MADE_UP = {
    "co_quan": "dien-luc-mau",
    "ten": "Đợt một",
    "cap": "thon",
    "trich_yeu": "thông báo lịch ghi chỉ số",
    "chuc_vu": "GIÁM ĐỐC",
    "ho_ten": "Lê Văn Mẫu",
    "noi_nhan": "Như trên\nLưu: VT",
}
CAMPAIGN = "dien-luc-mau/dot/dot-mot/campaign.yaml"


@pytest.fixture
def page(tmp_path, service, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    folder = tmp_path / "van-thu"
    folder.mkdir()
    return Page(service(Settings(token="a-token-of-made-up-characters", folder=folder)), folder, tmp_path)


class Page:
    def __init__(self, ask, folder, elsewhere):
        self._ask = ask
        self.folder = folder
        self._elsewhere = elsewhere

    def get(self, where, **query):
        return self._ask("GET", where, headers=HTML, params={"dot": CAMPAIGN, **query})

    def post(self, path, data=None, files=None, **query):
        return self._ask("POST", path, headers=HTML, params={"dot": CAMPAIGN, **query}, data=data, files=files)

    def office(self):
        return self.post("/offices", {"co_quan": "ĐIỆN LỰC MẪU", "ky_hieu": "ĐLM", "dia_danh": "Mẫu"})

    def campaign(self, rows=ROWS, **changes):
        listed = write_messy_list(self._elsewhere / "thon.xlsx", rows)
        files = {"danh_sach": ("thon.xlsx", listed.read_bytes())}
        return self.post("/campaigns", {**MADE_UP, **changes}, files)

    def finished(self):
        for _ in range(600):
            if (job := self._ask("GET", "/job", params={"dot": CAMPAIGN}).json())["state"] != "running":
                return job["state"]
            time.sleep(0.1)
        raise TimeoutError


def test_a_campaign_made_by_forms_is_one_the_command_line_reads(page):
    assert page.office().status_code == 303
    made = page.campaign([ROWS[1]])

    assert made.headers["location"] == f"/list?dot={CAMPAIGN}"
    campaign = load_campaign(page.folder / CAMPAIGN)
    assert (campaign.ten, [tier.cap for tier in campaign.cap]) == ("Đợt một", ["thon"])


def test_a_form_that_lacks_something_says_so_and_keeps_what_was_typed(page):
    page.office()
    refused = page.campaign(ho_ten="", trich_yeu="việc đang gõ")

    assert refused.status_code == 422
    assert "ho_ten" in refused.text
    assert "việc đang gõ" in refused.text
    assert not (page.folder / CAMPAIGN).exists()


def test_nothing_that_is_there_is_made_again(page):
    page.office()
    page.campaign()
    office = (page.folder / "dien-luc-mau" / "co-quan.yaml").read_bytes()

    assert (page.office().status_code, page.campaign(trich_yeu="khác").status_code) == (422, 422)
    assert (page.folder / "dien-luc-mau" / "co-quan.yaml").read_bytes() == office


def test_a_value_of_a_list_never_becomes_markup(page):
    page.office()
    page.campaign([(*ROWS[0][:7], "<script>alert(1)</script>", "Ô")])
    shown = page.get("/list").text

    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "dien-luc-mau/co-quan.yaml", "dien-luc-mau/../dien-luc-mau/x.yaml", ""]
)
def test_a_campaign_is_one_of_those_found_and_nothing_else(page, name):
    page.office()

    assert page._ask("GET", "/list", params={"dot": name}).status_code == 404


@pytest.mark.parametrize("path", ["../campaign.yaml", "/etc/passwd", ".congvan/x", "..", "", "in/../../../don-vi.csv"])
def test_only_files_of_the_output_folder_are_handed_out(page, path):
    page.office()
    page.campaign()
    (page.folder / CAMPAIGN).parent.joinpath("out", "dot-mot", ".congvan").mkdir(parents=True)

    assert page.get("/file", path=path).status_code == 404


def test_a_mended_list_is_a_copy_and_the_file_that_came_is_unchanged(page):
    page.office()
    page.campaign([ROWS[0], ROWS[3]])
    listed = (page.folder / CAMPAIGN).parent / "noi-nhan" / "thon.xlsx"
    before = listed.read_bytes()
    shown = page.post("/list/mend").text

    assert "<del>PHÙNG KHẮC THỬ</del> → <ins>Phùng Khắc Thử</ins>" in shown
    assert listed.read_bytes() == before
    assert "noi-nhan/thon-da-sua.xlsx" in (page.folder / CAMPAIGN).read_text(encoding="utf-8")


def test_what_has_no_one_meaning_stays_an_error_in_the_copy(page):
    page.office()
    page.campaign()
    shown = page.post("/list/mend").text

    assert shown.count('<td class="error">') == 1
    assert "Ô bắt buộc để trống" in shown


def test_a_text_with_a_wrong_field_says_so_where_its_pages_would_be(page):
    page.office()
    page.campaign([ROWS[1]])
    page.post("/text", {"noi_dung": "Kính báo {{ ong_bà_nào }}."})

    assert page.get("/text/pages").json()["findings"]


def test_a_word_file_takes_the_place_of_the_text(page):
    page.office()
    page.campaign([ROWS[1]])
    refused = page.post("/text/word", files={"mau": ("mau.docx", b"no Word file")})
    assert refused.status_code == 422
    assert "mau:" not in (page.folder / CAMPAIGN).read_text(encoding="utf-8")

    template = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("{{ noi_dung }}")
    document.save(template)
    page.post("/text/word", files={"mau": ("mau.docx", template.getvalue())})
    assert "mau: mau/thon.docx" in (page.folder / CAMPAIGN).read_text(encoding="utf-8")


def test_letters_are_issued_only_when_they_are_said_to_be_signed(page):
    page.office()
    page.campaign([ROWS[1]])

    assert page.post("/letters/issue").status_code == 422
    assert page.post("/letters/nope").status_code == 404


@pytest.mark.slow
def test_a_run_that_was_stopped_takes_no_number_and_goes_on(page):
    page.office()
    page.campaign(rows_for(150), ngay=time.strftime("%d/%m/%Y"))
    page.post("/letters/number")
    page.post("/letters/cancel")
    assert page.finished() == "cancelled"
    assert "Làm tiếp" in page.get("/letters").text
    assert not (page.folder / "dien-luc-mau" / "so.sqlite3").exists()

    page.post("/letters/number")
    assert page.finished() == "done"
    assert "150 đã cấp số" in page.get("/letters").text
