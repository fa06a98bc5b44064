"""What a draft may lack: a run with numbers names it and numbers nothing."""

import docx
import pytest

import congvan
from congvan.errors import CampaignError

LAST_KY = "ky: {quyen_han: [KT. GIÁM ĐỐC], chuc_vu: PHÓ GIÁM ĐỐC, ho_ten: Lê Văn Mẫu}"


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("ho_ten: Lê Văn Mẫu}", "ho_ten: null}", "ky.ho_ten"),
        ("chuc_vu: PHÓ GIÁM ĐỐC, ho_ten: Lê Văn Mẫu}", "ho_ten: Lê Văn Mẫu}", "ky.chuc_vu"),
        (LAST_KY, "ky: null", "ky.ho_ten"),
        (LAST_KY, "", "ky.ho_ten"),
        ('noi_nhan: [Như trên, "Lưu: VT, KD"]', "noi_nhan: []", "noi_nhan"),
        ('noi_nhan: [Như trên, "Lưu: VT, KD"]', "", "noi_nhan"),
        ('noi_nhan: [Như trên, "Lưu: VT, KD"]', "noi_nhan:", "noi_nhan"),
        (
            "ngay: 2021-04-05\n    trich_yeu: phối hợp tuyên truyền",
            "ngay: 2021-04-05\n    trich_yeu: null",
            "trich_yeu",
        ),
    ],
)
def test_an_open_part_is_named_before_anything_is_numbered_and_a_draft_takes_it(project, old, new, part):
    project.change("dot.yaml", old, new)
    plan = congvan.plan(congvan.load_campaign(project.campaign), only=["tinh"])

    with pytest.raises(CampaignError) as error:
        project.render(only=["tinh"], formats=["docx"])
    found = [(one.code, one.values["part"]) for one in error.value.report.errors]
    assert ("letter-part-open", part) in found
    assert error.value.report.errors[0].place.file
    assert not (project.folder / "out").exists()
    assert not congvan.check(plan, project.register).ok

    draft = project.render(only=["tinh"], draft=True, formats=["docx"])
    assert draft.report.ok
    assert docx.Document(draft.out / draft.letters[0].docx.path).tables


@pytest.mark.parametrize("ngay", ["05/4/2021", "5-4-2021", "5.4.2021", "05/04/2021"])
def test_a_date_in_the_file_is_read_as_people_write_it(project, ngay):
    project.change("dot.yaml", "ngay: 2021-04-05", f"ngay: {ngay}")

    assert str(congvan.plan(congvan.load_campaign(project.campaign)).letters[0].ngay) == "2021-04-05"


def test_a_line_with_a_colon_needs_no_quotes(project):
    project.change("dot.yaml", 'noi_nhan: [Như trên, "Lưu: VT, KD"]', "noi_nhan:\n    - Như trên\n    - Lưu: VT, KD")

    assert congvan.plan(congvan.load_campaign(project.campaign)).letters[0].noi_nhan == ("Như trên", "Lưu: VT, KD")


def test_signers_titles_and_headings_of_the_file_reach_the_letters(project):
    more = (
        "ky: {chuc_vu: GIÁM ĐỐC, chuc_danh_khac: PHÓ CHỦ TỊCH HỘI ĐỒNG, ho_ten: Lê Văn Mẫu}\n"
        "    ky_trai: {chuc_vu: TRƯỞNG BAN, ho_ten: Trần Thị Mẫu}\n"
        "    ky_giua: [{chuc_vu: PHÓ BAN, ho_ten: Hoàng Văn Mẫu}]"
    )
    project.change("dot.yaml", LAST_KY, more)
    letter = congvan.plan(congvan.load_campaign(project.campaign)).letters[0]

    assert [signer.ho_ten for signer in letter.nguoi_ky] == ["Trần Thị Mẫu", "Hoàng Văn Mẫu", "Lê Văn Mẫu"]
    assert letter.ky.chuc_danh_khac == "PHÓ CHỦ TỊCH HỘI ĐỒNG"


def test_an_open_letter_of_a_campaign_has_neither_number_nor_symbol(project):
    project.change(
        "dot.yaml",
        "loai: cong-van\n    bo_phan: KD",
        "loai: thu-cong\n    ten_loai: THƯ NGỎ\n    danh_so: de_trong",
    )
    run = project.render(only=["tinh"], formats=["docx"])
    words = "\n".join(
        cell.text
        for table in docx.Document(run.out / run.letters[0].docx.path).tables
        for row in table.rows
        for cell in row.cells
    )

    assert run.report.ok
    assert "Số:" not in words
