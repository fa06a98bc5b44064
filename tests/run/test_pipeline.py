import io
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import pytest
from python_calamine import CalamineWorkbook

import congvan
from congvan.errors import CampaignError, CongvanError, EngineError, OutputError

NAMES = ("Đinh Công Ngạn", "Trịnh Thị Quế", "Lò Ón", "Phùng Khắc Huy", "Nghiêm Thị Vượng", "Quách Đăng Khoa")


def run(project, out="out", **options):
    return project.render(out, **options)


def text_of(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def manifest(project):
    run(project)
    return json.loads((project.folder / "out" / "manifest.json").read_text(encoding="utf-8"))["van_ban"]


def test_letters_come_in_the_order_province_district_hamlet(manifest):
    assert [row["cap"] for row in manifest] == ["tinh"] + ["huyen"] * 2 + ["thon"] * 6
    assert [row["thu_tu"] for row in manifest] == list(range(1, 10))


def test_numbers_run_up_without_a_gap_in_each_issuers_series(manifest):
    series = {}
    for row in manifest:
        series.setdefault(row["co_quan"], []).append(row["so"])

    assert series == {
        "CÔNG TY ĐIỆN LỰC THANH HÓA": [465],
        "ĐIỆN LỰC HẬU LỘC": [12, 13, 14, 15],
        "ĐIỆN LỰC BỈM SƠN": [1, 2, 3, 4],
    }


def test_every_row_of_the_manifest_has_what_the_contract_names(manifest, project):
    import hashlib

    names = [
        "thu_tu",
        "cap",
        "ma",
        "co_quan",
        "so",
        "ky_hieu",
        "ngay",
        "loai",
        "trich_yeu",
        "kinh_gui",
        "trang",
        "khoa",
        "docx",
        "pdf",
        "trang_thai",
        "dot_gui",
        "ghi_chu",
    ]
    for row in manifest:
        assert list(row) == names
        assert row["trang_thai"] == "da-cap-so"
        for kind in ("docx", "pdf"):
            content = (project.folder / "out" / row[kind]["path"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == row[kind]["sha256"]


def test_names_of_files_are_ascii_and_sort_in_order(manifest):
    paths = [row["pdf"]["path"] for row in manifest]

    assert paths[:3] == ["1-tinh/001_465-PCTH-KD.pdf", "2-huyen/001_12-DLHL.pdf", "2-huyen/002_01-DLBS.pdf"]
    assert paths[3] == "3-thon/400-huyen-hau-loc/16015-xa-dai-loc/001_13-DLHL.pdf"
    assert all(path.isascii() for path in paths)
    assert len(set(paths)) == len(paths)


def test_later_letters_cite_the_earlier_by_their_real_number_and_date(project):
    run(project)
    pdf = (project.folder / "out" / "3-thon/400-huyen-hau-loc/16015-xa-dai-loc/001_13-DLHL.pdf").read_bytes()

    assert "Công văn số 12/ĐLHL ngày 07/6/2021" in text_of(pdf)


def test_a_second_run_changes_no_number_and_no_byte(project):
    run(project)
    first = project.files(project.folder / "out")
    run(project)
    assert project.files(project.folder / "out") == first

    run(project, out="lan-hai")
    assert project.files(project.folder / "lan-hai") == first


def test_a_changed_hamlet_name_changes_that_letter_only(project):
    run(project)
    before = project.files(project.folder / "out")
    project.change("thon.csv", "thôn Đại Hữu", "thôn Đại Hữu Đông")
    run(project)
    after = project.files(project.folder / "out")

    changed = {name for name in before if before[name] != after.get(name)}
    letter = "3-thon/400-huyen-hau-loc/16015-xa-dai-loc/002_14-DLHL"
    printed = {"in/3-thon.pdf", "in/3-thon/dlhl.pdf"}
    lists = {"manifest.json", "manifest.csv", "danh-muc.xlsx", "index.html", *printed, ".congvan/journal.jsonl"}
    assert set(after) == set(before)
    assert changed == {f"{letter}.docx", f"{letter}.pdf"} | lists


def test_secret_letters_are_listed_for_programs_alone(project):
    project.change("dot.yaml", "  - cap: huyen\n", "  - cap: huyen\n    do_mat: MẬT\n")
    run(project)
    listed = json.loads((project.folder / "out" / "manifest.json").read_text(encoding="utf-8"))["van_ban"]
    secret = [row for row in listed if row["cap"] == "huyen"]
    page = (project.folder / "out" / "index.html").read_text(encoding="utf-8")
    rows = CalamineWorkbook.from_path(project.folder / "out" / "danh-muc.xlsx").get_sheet_by_index(0).to_python()

    assert len(secret) == 2
    assert "Không liệt kê 2 văn bản có độ mật." in page
    assert not [row for row in secret if row["docx"]["path"] in page or row["kinh_gui"][0] in page]
    assert [row[0] for row in rows[1:8]] == [1, 4, 5, 6, 7, 8, 9]
    assert rows[-1][0] == "Không liệt kê 2 văn bản có độ mật."


def test_no_pdf_holds_another_recipients_data(project):
    run(project)
    letters = {
        name: content for name, content in project.files(project.folder / "out").items() if name.startswith("3-thon")
    }
    pdfs = {name: text_of(content) for name, content in letters.items() if name.endswith(".pdf")}
    found = {name: {person for person in NAMES if person in text} for name, text in pdfs.items()}

    assert all(len(people) == 1 for people in found.values())
    assert set.union(*found.values()) == set(NAMES)


def test_word_and_pdf_say_the_same(project, word_text):
    run(project)
    files = project.files(project.folder / "out")
    for name in [name for name in files if name.endswith(".docx")]:
        words = sorted(" ".join(word_text(files[name])).split())
        assert sorted(text_of(files[name.replace(".docx", ".pdf")]).split()) == words


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("dot.yaml", "ngay: 2021-06-07", "ngay: 2021-04-01", "campaign-"),
        ("dot.yaml", "he_thong_cap: [tinh, huyen, thon]", "he_thong_cap: [huyen, tinh, thon]", "campaign-"),
        ("thon.md", "{{ thon }}", "{{ so_ho }}", "campaign-"),
        ("thon.csv", "Lò Ón", "", "recipients-"),
        ("tinh.md", "từ", "{{ dot.__class__.__mro__ }}", "field-forbidden"),
    ],
)
def test_a_refused_campaign_writes_nothing_and_takes_no_number(project, file, old, new, code):
    project.change(file, old, new)

    with pytest.raises(CongvanError) as error:
        run(project)

    assert any(found.code.startswith(code) for found in error.value.report.errors)
    assert not (project.folder / "out").exists()
    assert not project.register.exists()


def test_a_district_is_no_addressee_since_july_2025(project):
    for old, new in (("2021-04-05", "2026-04-05"), ("2021-06-07", "2026-06-07"), ("2021-06-21", "2026-06-21")):
        project.change("dot.yaml", f"ngay: {old}", f"ngay: {new}")
    project.change("dot.yaml", "thang_thuc_hien: 2021-09", "thang_thuc_hien: 2026-09")

    with pytest.raises(CampaignError) as error:
        run(project)

    refused = [found for found in error.value.report.errors if found.code == "recipients-era-no-district"]
    assert {found.place.file for found in refused} == {"huyen.csv"}
    assert not project.register.exists()


def test_the_register_notes_which_campaign_took_a_number(project):
    from congvan.register import Register

    run(project)
    with Register.open(project.register) as book:
        assert {row.run for row in book.trail()} == {"thu-nghiem-2021"}
        assert book.verify().ok


def test_all_refusals_come_at_once(project):
    project.change("dot.yaml", "he_thong_cap: [tinh, huyen, thon]", "he_thong_cap: [huyen, tinh, thon]")
    project.change("dot.yaml", "ngay: 2021-06-21", "ngay: 2021-04-01")
    project.change("thon.csv", "Lò Ón", "")
    project.change("thon.csv", "Quách Đăng Khoa", "#N/A")
    project.change("thon.md", "{{ thon }}", "{{ so_ho }}")

    with pytest.raises(CampaignError) as error:
        congvan.plan_file(project.campaign)

    found = {(Path(each.place.file).name, each.code) for each in error.value.report.errors}
    assert ("dot.yaml", "campaign-tier-out-of-turn") in found
    assert ("dot.yaml", "campaign-date-backwards") in found
    assert ("thon.csv", "recipients-value-missing") in found
    assert ("thon.md", "campaign-field-unknown") in found
    rows = {each.place.row for each in error.value.report.errors if each.place.row}
    assert {4, 7} <= rows
    assert not (project.folder / "out").exists()
    assert not project.register.exists()


def test_a_name_full_of_signs_arrives_whole_in_word_and_pdf(project, word_text):
    project.change("thon.csv", "Lò Ón", '"Nguyễn <Văn> & ""Đào"""')
    run(project)
    files = project.files(project.folder / "out")
    name = "3-thon/400-huyen-hau-loc/16015-xa-dai-loc/003_15-DLHL"

    assert any('Ông Nguyễn <Văn> & "Đào"' in text for text in word_text(files[f"{name}.docx"]))
    assert 'Ông Nguyễn <Văn> & "Đào"' in text_of(files[f"{name}.pdf"])


def test_a_draft_leaves_numbers_blank_and_the_register_alone(project):
    rows = run(project, draft=True).letters

    assert {row.so for row in rows} == {None}
    assert not project.register.exists()
    assert (project.folder / "out" / "du-thao" / "1-tinh" / "001_chua-so-PCTH-KD.pdf").exists()


def test_one_tier_alone_still_cites_real_numbers_and_keeps_its_place(project):
    run(project, only=["huyen"])
    files = project.files(project.folder / "out")

    assert "2-huyen/001_12-DLHL.pdf" in files
    assert not any(name.startswith(("1-tinh", "3-thon")) for name in files)
    assert "465/PCTH-KD ngày 05/4/2021" in text_of(files["2-huyen/001_12-DLHL.pdf"])
    run(project)
    assert project.files(project.folder / "out")["2-huyen/001_12-DLHL.pdf"] == files["2-huyen/001_12-DLHL.pdf"]


def test_a_run_of_one_tier_keeps_what_an_earlier_run_made_of_the_others(project):
    run(project)
    before = project.files(project.folder / "out")
    made = run(project, only=["huyen"])

    assert len(made.letters) == 2
    assert project.files(project.folder / "out") == before


def test_a_short_run_takes_no_letter_away(project):
    run(project)
    before = project.files(project.folder / "out")
    planned = congvan.plan(congvan.load_campaign(project.campaign), limit=1)
    congvan.render(planned, out=project.folder / "out", register=project.register)

    assert project.files(project.folder / "out") == before


def test_word_alone_can_be_asked_for(project):
    made = run(project, formats=["docx"])

    assert not [name for name in project.files(project.folder / "out") if name.endswith(".pdf")]
    assert {row.pdf for row in made.letters} == {None}


def test_a_tier_may_be_laid_out_by_the_users_own_template(project, docx_with, rest_of_letter):
    parts = (
        "{{ co_quan }} {{ so_ky_hieu }}",
        "Kính gửi: {{ kinh_gui[0] }}",
        *rest_of_letter,
        "Mời {{ ong_ba }} {{ ho_ten }}.",
    )
    (project.folder / "mau.docx").write_bytes(docx_with(*parts))
    project.change("dot.yaml", "noi_dung: thon.md", "mau: mau.docx")
    run(project)
    files = project.files(project.folder / "out")

    letter = text_of(files["3-thon/400-huyen-hau-loc/16015-xa-dai-loc/001_13-DLHL.pdf"])
    assert letter.startswith("ĐIỆN LỰC HẬU LỘC 13/ĐLHL Kính gửi: Ông Đinh Công Ngạn")
    assert letter.endswith("Mời Ông Đinh Công Ngạn.")


def test_another_executor_gives_the_same_bytes(project):
    run(project)
    with ThreadPoolExecutor(2) as pool:
        run(project, out="khac", executor=pool)

    assert project.files(project.folder / "khac") == project.files(project.folder / "out")


def test_a_numbered_letter_the_campaign_no_longer_has_stays_out_of_the_print_file(project):
    run(project)
    project.change(
        "thon.csv", "14812-03,381,thị xã Bỉm Sơn,14812,phường Bắc Sơn,khu phố 3,khu phố,Quách Đăng Khoa,Ông\n", ""
    )
    report = run(project).report
    names = project.files(project.folder / "out")

    assert len([name for name in names if name.endswith(("006_04-DLBS.pdf", "006_04-DLBS.docx"))]) == 2
    (gone,) = [found for found in report if found.code == "batch-recipients-gone"]
    assert gone.values["letters"] == "04/ĐLBS"
    rows = json.loads(names["manifest.json"])["van_ban"]
    assert [(row["so"], row["ghi_chu"]) for row in rows][-1] == (4, "không còn trong danh sách")
    assert len(pypdf.PdfReader(project.folder / "out" / "in" / "3-thon.pdf").outline) == 5


def test_a_hostile_journal_removes_nothing_outside_the_folder(project):
    run(project)
    precious = project.folder / "quy.txt"
    precious.write_text("x", encoding="utf-8")
    path = project.folder / "out" / ".congvan" / "journal.jsonl"
    lines = path.read_text(encoding="utf-8")
    path.write_text(lines.replace("1-tinh/001_465-PCTH-KD.pdf", "../quy.txt"), encoding="utf-8")
    run(project)

    assert precious.exists()


def test_each_letter_of_a_print_file_starts_on_a_new_sheet(project):
    run(project)
    printed = pypdf.PdfReader(project.folder / "out" / "in" / "3-thon.pdf")
    starts = [printed.get_destination_page_number(mark) for mark in printed.outline]

    assert len(starts) == 6
    assert all(page % 2 == 0 for page in starts)
    assert next(mark.title for mark in printed.outline).startswith("4. 13/ĐLHL")


def test_the_index_page_escapes_what_it_shows(project):
    run(project)
    page = (project.folder / "out" / "index.html").read_text(encoding="utf-8")

    assert "Thử nghiệm &lt;ba&gt; &amp; cấp" in page
    assert page.count('.pdf"') == 9 + len(["in/1-tinh.pdf", "in/2-huyen.pdf", "in/3-thon.pdf"]) + 4
    assert "<ba>" not in page


def test_a_letter_whose_pdf_fails_fails_alone(project, monkeypatch):
    from congvan.pdf.engines.dxpdf.engine import EmbeddedEngine

    convert = EmbeddedEngine.convert

    def faulty(self, bundle):
        import zipfile

        with zipfile.ZipFile(io.BytesIO(bundle.docx)) as archive:
            if "Lò Ón" in archive.read("word/document.xml").decode("utf-8"):
                raise EngineError("dxpdf", "hỏng")
        return convert(self, bundle)

    monkeypatch.setattr(EmbeddedEngine, "convert", faulty)
    made = run(project)

    assert [row.ma for row in made.failed] == ["16015-03"]
    assert sum(row.pdf is not None for row in made.letters) == 8
    assert [found.code for found in made.report.errors] == ["batch-letter-failed"]


def test_an_output_folder_that_is_a_file_is_refused_with_a_finding(project):
    (project.folder / "out").write_text("x", encoding="utf-8")

    with pytest.raises(OutputError) as error:
        run(project)

    assert error.value.report.findings[0].code == "batch-output-unwritable"
    assert not project.register.exists()


def test_nothing_half_written_is_left_behind(project):
    run(project)

    assert not [name for name in project.files(project.folder / "out") if name.endswith(".tmp")]


@pytest.mark.slow
def test_processes_give_the_same_bytes_as_one(project):
    rows = [
        f"16015-{index:03},400,huyện Hậu Lộc,16015,xã Đại Lộc,thôn {index},thôn,Lê Văn Mẫu {index},Ông\n"
        for index in range(10, 80)
    ]
    with (project.folder / "thon.csv").open("a", encoding="utf-8") as file:
        file.writelines(rows)
    run(project, jobs=1, executor=None)
    run(project, out="song-song", jobs=2, executor=None)

    assert project.files(project.folder / "song-song") == project.files(project.folder / "out")
