"""Deliveries of a small campaign: everything is counted alike in every paper, and what was filled in stays."""

import json
from datetime import date
from email import message_from_bytes

import openpyxl
import pypdf
import pytest
from python_calamine import CalamineWorkbook

import congvan
from congvan import DeliverySettings
from congvan.errors import CampaignError, RegisterError, TemplateError
from congvan.findings.catalogue import codes
from congvan.office.receipts import COLUMNS, read_receipts
from congvan.register import Register

NOTHING_BUT_LISTS = frozenset({"phieu", "nhan", "bi", "so", "so-pdf", "dien-tu", "eml"})


@pytest.fixture
def rendered(project):
    """The campaign with its letters as Word and PDF."""
    project.render()
    return project


def deliver(project, **settings):
    plan = congvan.plan(congvan.load_campaign(project.campaign))
    return congvan.deliver(
        plan, project.folder / "out", project.register, settings=DeliverySettings(**settings), executor=project.executor
    )


def rows_of(path, sheet=0):
    return CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python()[1:]


def page_texts(path):
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def manifest(project, cap):
    listed = json.loads((project.folder / "out" / "manifest.json").read_text(encoding="utf-8"))["van_ban"]
    return [row for row in listed if row["cap"] == cap]


def test_recipients_letters_receipts_manifest_and_labels_are_as_many(rendered):
    made = deliver(rendered)
    hamlets = manifest(rendered, "thon")
    receipts = [row for body in ("dlhl", "dlbs") for row in rows_of(made.out / body / "ky-nhan.xlsx")]
    labels = sum(text.count("Số: ") for body in ("dlhl", "dlbs") for text in page_texts(made.out / body / "nhan.pdf"))
    summary = rows_of(made.out / "tong-hop.xlsx")

    assert made.report.findings == ()
    assert made.totals.recipients == made.totals.letters == len(receipts) == len(hamlets) == labels == 6
    assert [row[-1] for row in receipts] == [row["khoa"] for row in hamlets]
    assert made.totals.envelopes == len(summary) - 1 == 2
    assert summary[-1][3:7] == [6, 6, made.totals.sheets, 2]


def test_a_print_file_has_the_slip_and_the_very_pages_of_its_letters(rendered):
    made = deliver(rendered)
    out = rendered.folder / "out"
    sheets = 0
    for path in sorted(made.out.glob("*/in/*.pdf")):
        printed = pypdf.PdfReader(path)
        starts = [printed.get_destination_page_number(mark) for mark in printed.outline]
        sheets += len(printed.pages) // 2
        letters = [row for row in manifest(rendered, "thon") if row["ma"].startswith(path.name[:5])]

        assert all(start % 2 == 0 for start in starts)
        assert len(starts) == 1 + len(letters)
        assert "PHIẾU GỬI" in printed.pages[0].extract_text()
        for start, row in zip(starts[1:], letters, strict=True):
            pages = page_texts(out / row["pdf"]["path"])
            assert [printed.pages[start + at].extract_text() for at in range(len(pages))] == pages
    assert sheets == made.totals.sheets


def test_on_one_side_there_are_no_blank_pages(rendered):
    made = deliver(rendered, duplex=False)
    pages = [len(pypdf.PdfReader(path).pages) for path in made.out.glob("*/in/*.pdf")]

    assert sum(pages) == made.totals.sheets == 6 + 2 * 2


def test_letters_to_bodies_lie_apart_with_their_list_and_a_draft(rendered):
    made = deliver(rendered)
    folder = made.out / "pcth" / "dien-tu"
    (draft,) = folder.glob("*.eml")
    message = message_from_bytes(draft.read_bytes())

    assert made.totals.electronic == 3
    assert len(rows_of(folder / "danh-sach.xlsx")) == 2
    assert message.get_payload()[1].get_payload(decode=True) == (folder / "001_465-PCTH-KD.pdf").read_bytes()


def test_the_outgoing_register_of_the_batch_has_ten_columns_and_its_numbers(rendered):
    made = deliver(rendered)
    book = (
        CalamineWorkbook.from_path(made.out / "dlhl" / "so-dang-ky-van-ban-di.xlsx").get_sheet_by_index(1).to_python()
    )

    assert len(book[0]) == 10
    assert [row[0] for row in book[2:]] == ["12/ĐLHL", "13/ĐLHL", "14/ĐLHL", "15/ĐLHL"]
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in page_texts(made.out / "dlhl" / "so-dang-ky-van-ban-di.pdf")[0]


def test_the_same_run_gives_the_same_bytes(rendered):
    before = {path: path.read_bytes() for path in deliver(rendered).out.rglob("*") if path.is_file()}
    for path in before:
        path.unlink()
    deliver(rendered)

    assert {path: path.read_bytes() for path in before} == before


def test_what_is_no_longer_made_goes_and_the_letters_stay(rendered):
    letters = {path: path.read_bytes() for path in (rendered.folder / "out" / "3-thon").rglob("*.pdf")}
    made = deliver(rendered)
    assert (made.out / "dlhl" / "nhan.pdf").exists()
    deliver(rendered, without=NOTHING_BUT_LISTS)

    assert not (made.out / "dlhl" / "nhan.pdf").exists()
    assert {path: path.read_bytes() for path in letters} == letters


def fill(path, lines):
    day, signer = (
        next(at for at, one in enumerate(COLUMNS, start=1) if one.head == name)
        for name in ("Ngày nhận", "Người ký nhận")
    )
    book = openpyxl.load_workbook(path)
    for row, values in lines.items():
        book.active.cell(row, day).value, book.active.cell(row, signer).value = values
    book.save(path)


def test_a_list_that_was_filled_in_is_left_alone(rendered):
    made = deliver(rendered, without=NOTHING_BUT_LISTS)
    path = made.out / "dlhl" / "ky-nhan.xlsx"
    fill(path, {2: ("22/6/2021", "Đinh Công Ngạn")})
    filled = path.read_bytes()
    again = deliver(rendered, without=NOTHING_BUT_LISTS)

    assert [one.code for one in again.report] == ["delivery-file-filled-in"]
    assert path.read_bytes() == filled


def test_a_run_that_was_killed_leaves_no_file_it_would_not_know(rendered, monkeypatch):
    from congvan.run.deliveries.delivered_files import DeliveredFiles

    def killed(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(DeliveredFiles, "finish", killed)
    with pytest.raises(KeyboardInterrupt):
        deliver(rendered, without=NOTHING_BUT_LISTS)
    monkeypatch.undo()
    rendered.change("thon.csv", "Lò Ón", "Lò Ón Hai")
    rendered.render()

    assert deliver(rendered, without=NOTHING_BUT_LISTS).report.findings == ()


def receive(project, path):
    receipts, findings = read_receipts(path, date(2021, 7, 1))
    assert findings == []
    with Register.open(project.register) as book:
        return book.letters.receive(receipts)


def test_a_filled_list_is_read_into_the_book(rendered):
    made = deliver(rendered, without=NOTHING_BUT_LISTS)
    path = made.out / "dlhl" / "ky-nhan.xlsx"
    fill(path, {2: ("22/6/2021", "Đinh Công Ngạn")})
    congvan.issue(congvan.plan(congvan.load_campaign(rendered.campaign)), rendered.folder / "out", rendered.register)

    assert receive(rendered, path) == ("thu-nghiem-2021/thon/16015-01",)
    assert receive(rendered, path) == (), "again: nothing changes"
    with Register.open(rendered.register) as book:
        assert book.verify().findings == ()
    made = deliver(rendered, without=NOTHING_BUT_LISTS - {"so"})
    book = (
        CalamineWorkbook.from_path(made.out / "dlhl" / "so-dang-ky-van-ban-di.xlsx").get_sheet_by_index(1).to_python()
    )
    assert [row[7:9] for row in book[3:5]] == [["22/6/2021", "Đinh Công Ngạn"], ["", ""]]


def test_a_letter_that_is_not_issued_cannot_have_been_received(rendered):
    made = deliver(rendered, without=NOTHING_BUT_LISTS)
    fill(made.out / "dlhl" / "ky-nhan.xlsx", {2: ("22/6/2021", "Đinh Công Ngạn")})

    with pytest.raises(RegisterError) as error:
        receive(rendered, made.out / "dlhl" / "ky-nhan.xlsx")
    assert error.value.code == "register-letter-not-issued"


def test_a_day_before_the_letters_own_is_refused(rendered):
    made = deliver(rendered, without=NOTHING_BUT_LISTS)
    fill(made.out / "dlhl" / "ky-nhan.xlsx", {2: ("20/6/2021", "Đinh Công Ngạn")})
    congvan.issue(congvan.plan(congvan.load_campaign(rendered.campaign)), rendered.folder / "out", rendered.register)

    with pytest.raises(RegisterError) as error:
        receive(rendered, made.out / "dlhl" / "ky-nhan.xlsx")
    assert error.value.code == "delivery-day-before-letter"


def test_secret_letters_are_only_counted(project):
    project.change("dot.yaml", "  - cap: thon\n", "  - cap: thon\n    do_mat: MẬT\n")
    project.render()
    made = deliver(project)

    assert [one.code for one in made.report] == ["delivery-letters-secret"]
    assert made.totals.recipients == 0
    assert not list(made.out.glob("*/ky-nhan.xlsx"))


def test_letters_without_pdf_cannot_be_delivered(project):
    project.render(formats=["docx"])
    made = deliver(project)

    assert [one.code for one in made.report] == ["delivery-letters-without-pdf"]


def test_deliveries_come_after_the_letters(project):
    with pytest.raises(CampaignError) as error:
        deliver(project)
    assert error.value.code == "issue-folder-empty"


def test_a_message_with_an_unknown_field_stops_before_anything_is_made(rendered):
    with pytest.raises(TemplateError):
        deliver(rendered, text="{{ luong }}")
    assert not (rendered.folder / "out" / "giao-nhan").exists()


def test_a_size_there_is_none_of_is_refused():
    with pytest.raises(ValueError, match="90x90"):
        DeliverySettings(labels="90x90")


def test_every_finding_of_deliveries_is_in_both_languages():
    assert all({*meaning.messages} == {"vi", "en"} for code, meaning in codes().items() if code.startswith("delivery-"))


def test_names_in_the_pages_are_text(project):
    project.change("thon.csv", "Trịnh Thị Quế", "<script>alert(1)</script>")
    project.change("thon.csv", "xã Đại Lộc", "xã <b>Đại</b> Lộc")
    project.render()
    page = (deliver(project, without=NOTHING_BUT_LISTS).out / "index.html").read_text(encoding="utf-8")

    assert "<b>Đại" not in page
    assert "<script" not in page


def test_a_link_in_the_folder_leads_no_file_elsewhere(rendered, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("khac")
    (rendered.folder / "out" / "giao-nhan").mkdir()
    (rendered.folder / "out" / "giao-nhan" / "dlhl").symlink_to(elsewhere)
    made = deliver(rendered, without=NOTHING_BUT_LISTS)

    assert {one.code for one in made.report} == {"batch-folder-link"}
    assert not list(elsewhere.iterdir())


def test_the_print_file_of_an_unnumbered_tier_says_so(project):
    project.change(
        "dot.yaml", "    mot_van_ban_cho: nguoi_nhan\n", "    mot_van_ban_cho: nguoi_nhan\n    danh_so: de_trong\n"
    )
    project.render()
    made = deliver(project)

    assert made.totals.letters == 6
    assert "…/ĐLHL" in rows_of(made.out / "dlhl" / "ky-nhan.xlsx")[0]
