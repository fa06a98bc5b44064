import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from congvan.pdf.split.object_copier import ObjectCopier, fingerprint


@pytest.fixture
def source():
    with pikepdf.new() as pdf:
        yield pdf


@pytest.fixture
def copier():
    with pikepdf.new() as pdf:
        yield ObjectCopier(pdf)


def picture(pdf, content=b"own"):
    return pdf.make_indirect(Stream(pdf, content, Subtype=Name.Image, Width=1, Height=1))


def test_only_the_resources_in_use_are_moved(source, copier):
    shared = Dictionary(XObject=Dictionary(Im0=picture(source), Im1=picture(source, b"another recipient's")))

    copied = copier.resources(shared, {"/XObject": {"/Im0"}}, {})
    assert set(copied.XObject.keys()) == {"/Im0"}
    assert copied.XObject.Im0.read_bytes() == b"own"


def test_a_form_takes_only_what_it_draws(source, copier):
    resources = Dictionary(XObject=Dictionary(Im0=picture(source), Im1=picture(source, b"another recipient's")))
    form = source.make_indirect(Stream(source, b"/Im0 Do", Subtype=Name.Form, Resources=resources))

    assert set(copier.copy(form).Resources.XObject.keys()) == {"/Im0"}


def test_ways_back_to_the_old_document_are_cut(source, copier):
    page = source.make_indirect(Dictionary(Type=Name.Page, Secret=pikepdf.String("someone else")))
    state = source.make_indirect(Dictionary(Type=Name.ExtGState, P=page, Parent=page, StructParent=3, CA=1))

    assert set(copier.copy(state).keys()) == {"/Type", "/CA"}


def test_an_object_that_was_shared_is_shared_again(source, copier):
    one = picture(source)

    assert copier.copy(one).objgen == copier.copy(one).objgen


def test_objects_that_lead_to_each_other_are_moved_once(source, copier):
    one, other = source.make_indirect(Dictionary(A=1)), source.make_indirect(Dictionary(B=2))
    one.Other, other.Other = other, one

    copied = copier.copy(one)
    assert copied.Other.Other.objgen == copied.objgen
    assert copied.Other.B == 2


def test_arrays_keep_their_entries_with_or_without_references(source, copier):
    mixed = Array([1, Name.DeviceRGB, picture(source)])

    assert copier.copy(Array([1, 2.5, Name.X])) == Array([1, 2.5, Name.X])
    assert copier.copy(mixed)[2].read_bytes() == b"own"


def test_the_fonts_that_are_moved_are_named(source, copier):
    font = source.make_indirect(Dictionary(Type=Name.Font, BaseFont=Name("/ABCDEF+Arial"), FontDescriptor=Dictionary()))
    copier.copy(font)

    assert copier.faces == {"ABCDEF+Arial"}


def test_equal_objects_of_two_files_have_one_fingerprint(source):
    with pikepdf.new() as other:
        assert fingerprint(picture(source)) == fingerprint(picture(other))
        assert fingerprint(picture(source)) != fingerprint(picture(other, b"other"))


def test_a_fingerprint_sees_what_an_object_refers_to(source):
    def masked(content):
        return Stream(source, b"same", Subtype=Name.Image, SMask=picture(source, content))

    assert fingerprint(masked(b"a")) != fingerprint(masked(b"b"))
    assert fingerprint(masked(b"a")) == fingerprint(masked(b"a"))


def test_a_moved_object_outlives_its_source(copier):
    with pikepdf.new() as short_lived:
        copied = copier.copy(picture(short_lived))
    copier.target.Root.Kept = copied
    target = io.BytesIO()
    copier.target.save(target)

    with pikepdf.open(target) as again:
        assert again.Root.Kept.read_bytes() == b"own"
