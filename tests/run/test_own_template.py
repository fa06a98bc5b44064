"""A tier laid out by a Word template of the office's own, with fields beside the body."""

import io

import pytest

import congvan
from congvan.errors import CongvanError


@pytest.fixture
def own_template(project, docx_with, rest_of_letter):
    """The hamlet tier laid out by a template with this header and title."""

    def use(header, title="{{ ho_ten }}"):
        parts = ("{{ co_quan }} {{ so_ky_hieu }}", "Kính gửi: {{ kinh_gui[0] }}", "Mời {{ ong_ba }} {{ ho_ten }}.")
        (project.folder / "mau.docx").write_bytes(docx_with(*parts, *rest_of_letter, header=header, title=title))
        project.change("dot.yaml", "noi_dung: thon.md", "mau: mau.docx")

    return use


def run(project):
    planned = congvan.plan(congvan.load_campaign(project.campaign), only=["thon"])
    return congvan.render(planned, out=project.folder / "out", register=project.register)


def test_header_and_title_are_each_letters_own_in_word_and_pdf(project, own_template):
    import pypdf
    from docx import Document

    own_template("Gửi {{ thon }}, {{ xa }}")
    rows = run(project).letters
    heads = [Document(project.folder / "out" / row.docx.path).sections[0].header.paragraphs[0].text for row in rows]
    titles = [Document(project.folder / "out" / row.docx.path).core_properties.title for row in rows]
    pages = [pypdf.PdfReader(io.BytesIO((project.folder / "out" / row.pdf.path).read_bytes())).pages[0] for row in rows]

    assert heads[:2] == ["Gửi thôn Y Ngô, xã Đại Lộc", "Gửi thôn Đại Hữu, xã Đại Lộc"]
    assert titles[0] == "Đinh Công Ngạn"
    assert len(set(titles)) == 6
    assert all(head in page.extract_text() for head, page in zip(heads, pages, strict=True))


def test_a_field_without_a_value_in_a_header_is_found_before_a_number_is_taken(project, own_template):
    own_template("Số hộ: {{ so_ho }}")

    with pytest.raises(CongvanError) as error:
        run(project)

    assert {found.values.get("name") for found in error.value.report.errors} == {"so_ho"}
    assert not project.register.exists()
