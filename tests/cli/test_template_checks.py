"""``congvan template check``, ``diff`` and ``from`` as a clerk calls them."""

import io

import pytest
from docx import Document
from docx.shared import Mm
from ruamel.yaml import YAML

import congvan as library
from congvan.word.builtin.sample import sample


@pytest.fixture
def template(tmp_path, docx_with):
    path = tmp_path / "mau.docx"
    path.write_bytes(docx_with("Kính gửi: {{ ten }}, {{ thon }}", "Trân trọng."))
    return path


def rows(folder, *lines):
    path = folder / "ds.csv"
    path.write_text("\n".join(("ten,thon", *lines)) + "\n", encoding="utf-8")
    return path


def test_a_template_alone_is_checked(congvan, template):
    done = congvan("template", "check", template)

    assert (done.status, done.out) == (0, "mau.docx: 2 trường. Không có lỗi.\n")


def test_a_template_is_filled_with_every_row_and_nothing_is_written(congvan, template, tmp_path):
    data = rows(tmp_path, "Nguyễn Văn Mẫu,Mẫu Một", "Trần Thị Mẫu,Mẫu Hai")
    done = congvan("template", "check", template, "--data", data)

    assert done.status == 0, done.err
    assert "điền được 2 văn bản" in done.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ds.csv", "mau.docx"]


def test_a_row_that_lacks_a_value_is_named(congvan, template, tmp_path):
    data = tmp_path / "ds.csv"
    data.write_text("ten\nNguyễn Văn Mẫu\n", encoding="utf-8")
    done = congvan("template", "check", template, "--data", data)

    assert done.status == 1
    assert "thon" in done.err


def test_two_forms_of_a_template_are_compared(congvan, template, tmp_path, docx_with):
    new = tmp_path / "mau-moi.docx"
    new.write_bytes(docx_with("Kính gửi: {{ ten }}, {{ xa }}", "Trân trọng."))
    done = congvan("template", "diff", template, new)

    assert done.status == 0, done.err
    assert done.out.splitlines() == [
        "Trường thêm: xa",
        "Trường bỏ: thon",
        "- Kính gửi: {{ ten }}, {{ thon }}",
        "+ Kính gửi: {{ ten }}, {{ xa }}",
    ]


def test_a_letter_becomes_a_style_an_office_can_use(congvan, tmp_path):
    from congvan.campaign.file.office_style_file import read_office_style

    letter = tmp_path / "thu.docx"
    letter.write_bytes(library.render_docx(sample("cong-van")))
    done = congvan("template", "from", letter, "-o", "trinh-bay.yaml")
    style, wrong = read_office_style(tmp_path / "trinh-bay.yaml")

    assert done.status == 0, done.err
    assert not wrong
    assert style.parts["trinh_bay"].le_trai == 30
    assert style.ky_hieu.co_quan == ("PCTH",)


def test_what_the_decree_does_not_allow_is_said_and_left_out(congvan, tmp_path):
    document = Document(io.BytesIO(library.render_docx(sample("cong-van"))))
    document.sections[0].left_margin = Mm(40)
    document.save(tmp_path / "thu.docx")
    done = congvan("template", "from", "thu.docx")

    assert done.status == 1
    assert "«le_trai» là 40; Nghị định 30/2020 cho phép 30 - 35" in done.err
    assert "le_trai" not in YAML().load(done.out)
    assert "# le_trai: 40" in done.out
