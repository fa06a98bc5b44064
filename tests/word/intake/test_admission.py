import contextlib
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvan.errors import TemplateError, UnreadableFileError
from congvan.word.builtin.templates import built_in_template
from congvan.word.intake.admission import admit, read_docx
from congvan.word.intake.fetching_fields import is_harmless_link

damage = st.tuples(
    st.floats(0, 1, exclude_max=True), st.sampled_from(["cut", "change", "insert"]), st.binary(min_size=1, max_size=8)
)
RELATIONSHIP = '<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="{}" TargetMode="External"/>'


def changed(docx, part, change):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return target.getvalue()


def damaged(data, injuries):
    for share, kind, inserted in injuries:
        at = int(share * len(data))
        rest = {"cut": b"", "change": data[at + len(inserted) :], "insert": data[at:]}[kind]
        data = data[:at] + inserted + rest
    return data


@pytest.mark.parametrize("loai", ["cong-van", "thong-bao"])
def test_congvans_own_templates_come_in_unchanged(loai):
    source = built_in_template(loai)
    admitted = admit(source, "mau.docx")

    assert admitted.report.findings == ()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(io.BytesIO(admitted.docx)) as new:
        assert {name: old.read(name) for name in old.namelist()} == {name: new.read(name) for name in new.namelist()}


def test_what_was_let_in_is_let_in_again_as_the_same_bytes(docx_with):
    once = admit(docx_with("Kính gửi: {{ ho_ten }}", header="x"), "mau.docx")

    assert admit(once.docx, "mau.docx").docx == once.docx


def test_a_document_saved_by_a_library_comes_in_without_a_word(docx_with):
    assert admit(docx_with("Kính gửi"), "mau.docx").report.findings == ()


def test_the_text_of_a_link_that_is_taken_out_stays(docx_with, word_text):
    rels = "word/_rels/document.xml.rels"
    linked = b'<w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId77"><w:r><w:t>bao cao</w:t></w:r></w:hyperlink>'
    source = changed(
        docx_with("x"),
        rels,
        lambda data: data.replace(
            b"</Relationships>", RELATIONSHIP.format("file:///c:/x").encode() + b"</Relationships>"
        ),
    )
    source = changed(
        source, "word/document.xml", lambda data: data.replace(b"<w:t>x</w:t></w:r>", b"<w:t>x</w:t></w:r>" + linked)
    )
    admitted = admit(source, "mau.docx")

    assert [found.code for found in admitted.report] == ["intake-link-removed"]
    assert admitted.report.findings[0].values["part"] == "word/document.xml"
    assert word_text(admitted.docx) == ["xbao cao"]


@pytest.mark.parametrize(
    ("target", "harmless"),
    [
        ("https://chinhphu.vn/a?b=c", True),
        ("HTTP://x.vn", True),
        ("mailto:a@b.vn", True),
        ("tel:0950000001", True),
        ("#muc-2", True),
        ("file:///c:/x", False),
        (r"\\may\chung", False),
        ("//may/chung", False),
        ("javascript:x", False),
        ("data:text/html,x", False),
        ("ms-word:ofe|u|http://x", False),
        (r"http:\\may\chung", False),
        ("a.docx", False),
        ("", False),
    ],
)
def test_links_that_may_stay(target, harmless):
    assert is_harmless_link(target) is harmless


@given(
    injuries=st.lists(damage, min_size=1, max_size=3),
    part=st.sampled_from(
        [None, "word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"]
    ),
)
@settings(deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_document_is_let_in_or_refused_and_nothing_else(docx_with, injuries, part):
    source = docx_with("Kính gửi: {{ ho_ten }}")
    source = changed(source, part, lambda data: damaged(data, injuries)) if part else damaged(source, injuries)

    with contextlib.suppress(UnreadableFileError, TemplateError):
        assert admit(source, "mau.docx").docx


def test_a_file_too_large_is_not_even_read(tmp_path):
    path = tmp_path / "mau.docx"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    with pytest.raises(UnreadableFileError, match="MB"):
        read_docx(path)


def styles_of(names):
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="{}"/></w:style>'
    return "".join(style.format(one, one, parent) for one, parent in names).encode()


@pytest.mark.parametrize(
    ("names", "is_let_in"),
    [
        ([(f"C{number}", f"C{number - 1}") for number in range(2000)], False),
        ([(f"C{number}", f"C{number - 1}") for number in reversed(range(2000))], False),
        ([(f"C{number}", f"C{number - 1}") for number in range(60)], True),
        ([(f"C{number}", "C0") for number in range(1, 2000)], True),
        ([(f"C{number}", f"C{(number + 1) % 500}") for number in range(500)], False),
    ],
    ids=["chain", "chain from its end", "short chain", "many of one", "circle"],
)
def test_styles_that_are_based_on_one_another_by_the_hundred_are_refused(names, is_let_in):
    docx = changed(
        built_in_template("cong-van"),
        "word/styles.xml",
        lambda part: part.replace(b"</w:styles>", styles_of(names) + b"</w:styles>"),
    )
    if is_let_in:
        admit(docx, "mau.docx")
    else:
        with pytest.raises(TemplateError, match="100"):
            admit(docx, "mau.docx")
