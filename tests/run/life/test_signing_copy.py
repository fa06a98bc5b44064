"""Letters for their signer: no number, no date, no mark, a slip in front; and those that change afterwards."""

import pypdf


def test_a_signing_copy_leaves_number_and_date_blank_and_has_no_mark(project, word_text):
    run = project.render(signing=True)
    assert run.out.name == "trinh-ky"
    assert not project.register.exists()
    text = "\n".join(word_text((run.out / run.letters[3].docx.path).read_bytes()))
    assert "Số: \u00a0" in text or "/ĐLHL" in text
    assert "tháng 6" not in text
    assert "DỰ THẢO" not in pypdf.PdfReader(run.out / run.letters[3].pdf.path).pages[0].extract_text()


def test_a_slip_with_what_is_to_be_signed_lies_in_front(project):
    run = project.render(signing=True)
    printed = pypdf.PdfReader(run.out / "in" / "1-tinh.pdf")
    slip = " ".join(printed.pages[0].extract_text().split())
    assert printed.outline[0].title == "Phiếu trình ký"
    assert "PHIẾU TRÌNH KÝ" in slip
    assert "Phối hợp tuyên truyền" in slip
    assert "Sở Công Thương tỉnh Thanh Hóa" in slip
    assert "Ý kiến của người ký" in slip


def test_letters_that_differ_from_what_was_signed_are_named_when_they_are_numbered(project):
    project.render(signing=True)
    assert "batch-signed-differs" not in {found.code for found in project.render().report}
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    (found,) = [found for found in project.render().report if found.code == "batch-signed-differs"]
    assert found.values["count"] == "1"
    assert "Lò Văn Ón" in found.values["letters"]
