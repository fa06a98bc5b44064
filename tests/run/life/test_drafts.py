"""Drafts: without numbers, marked on each page, in a folder of their own that is never in anybody's way."""

import docx
import pypdf

import congvan


def test_a_draft_goes_into_its_own_folder_and_touches_nothing_else(project):
    run = project.render(formats=["docx"])
    congvan.issue(run)
    before = project.files(project.folder / "out")
    book = project.register.read_bytes()
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")

    draft = project.render(draft=True)
    after = project.files(project.folder / "out")
    assert {name: content for name, content in after.items() if not name.startswith("du-thao/")} == before
    assert project.register.read_bytes() == book
    assert {(row.so, row.trang_thai) for row in draft.letters} == {(None, "du-thao")}
    assert {"du-thao/manifest.json", "du-thao/in/3-thon.pdf", "du-thao/index.html"} <= after.keys()


def headers_shown(path):
    """The headers that a page of the document can show."""
    headers = []
    for section in docx.Document(path).sections:
        headers += [section.header, section.first_page_header]
    return [header._element.xml for header in headers if not header.is_linked_to_previous]


def test_every_page_of_a_draft_says_so_in_word_and_pdf(project):
    run = project.render(draft=True)
    for row in run.letters:
        pages = pypdf.PdfReader(run.out / row.pdf.path).pages
        assert all("DỰ THẢO" in page.extract_text() for page in pages)
        headers = headers_shown(run.out / row.docx.path)
        assert headers
        assert all("DỰ THẢO" in header for header in headers)


def test_a_draft_can_be_made_again_and_again(project):
    first = project.render(draft=True)
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    second = project.render(draft=True)
    assert second.report.ok
    assert [row.docx.sha256 for row in first.letters[:5]] == [row.docx.sha256 for row in second.letters[:5]]
    text = (project.folder / "thon.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (project.folder / "thon.csv").write_text("".join(text[:-1]), encoding="utf-8")
    third = project.render(draft=True)
    assert len(third.letters) == 8
    assert len([*(third.out / "3-thon").rglob("*.pdf")]) == 5
