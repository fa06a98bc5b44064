import io
import zipfile

import pytest

from congvan.errors import UnreadableFileError
from congvan.word.package import Package, pack_parts, read_part

CONTENTS = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>" * 500, "đuôi.xml": "chữ".encode()}


def read(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_parts_come_back_in_their_order():
    assert list(read(pack_parts(CONTENTS)).items()) == list(CONTENTS.items())


def test_replaced_and_new_parts_go_last_and_the_others_stay_as_they_are():
    made = Package(pack_parts(CONTENTS)).with_parts({"word/document.xml": b"<b/>", "docProps/core.xml": b"<c/>"})

    assert list(read(made).items()) == [
        ("[Content_Types].xml", b"<Types/>"),
        ("đuôi.xml", "chữ".encode()),
        ("word/document.xml", b"<b/>"),
        ("docProps/core.xml", b"<c/>"),
    ]


def test_a_package_gives_the_same_bytes_whatever_was_asked_of_it_before():
    package, document = Package(pack_parts(CONTENTS)), {"word/document.xml": b"<b/>"}
    first = package.with_parts(document)

    package.with_parts({"đuôi.xml": b"<d/>", "word/document.xml": b"<e/>"})
    package.with_parts({})

    assert package.with_parts(document) == first
    assert read(package.with_parts({})) == CONTENTS
    assert read(package.with_parts(dict.fromkeys(CONTENTS, b"<f/>"))) == dict.fromkeys(CONTENTS, b"<f/>")


@pytest.mark.parametrize("last", [b"", b"<b/>", b"<b/>" * 5_000])
def test_one_part_is_read_by_its_whole_name(last):
    contents = {**CONTENTS, "a/word/document.xml": b"<other/>", "word/document.xml.rels": last}
    replaced = {"word/document.xml": b"<w>word/document.xml"}
    docx = Package(pack_parts(contents)).with_parts(replaced)

    assert {name: read_part(docx, name) for name in contents} == {**contents, **replaced}


def test_what_is_no_zip_is_refused():
    with pytest.raises(UnreadableFileError):
        Package(b"no zip")
