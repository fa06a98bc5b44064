"""Letters sorted into parcels, and counted."""

from congvan.office.consignment import ConsignmentBuilder, sheets_of, totals


def test_letters_to_hamlets_go_in_parcels_by_commune_and_those_to_bodies_apart(consignment):
    assert [(parcel.name, len(parcel.copies)) for parcel in consignment.parcels] == [
        ("16015-xa-dai-loc", 2),
        ("16018-xa-trieu-loc", 1),
    ]
    assert [one.letter.so_ky_hieu for one in consignment.letters] == ["17/ĐLHL"]
    assert consignment.parcels[0].addressee == "Ủy ban nhân dân xã Đại Lộc"


def test_a_parcel_keeps_the_order_of_the_list(consignment):
    assert [copy.person for copy in consignment.copies] == ["Ông Đinh Công Ngạn", "Bà Trịnh Thị Quế", "Ông Lò Ón"]


def test_a_sheet_has_two_sides_or_one():
    assert [sheets_of(pages, duplex=True) for pages in (0, 1, 2, 3)] == [0, 1, 1, 2]
    assert [sheets_of(pages, duplex=False) for pages in (0, 1, 2, 3)] == [0, 1, 2, 3]


def test_copies_sheets_and_envelopes_are_counted_with_the_slips(consignment):
    slips = {parcel.name: 2 for parcel in consignment.parcels}
    both, one = (totals(consignment, slips, duplex=duplex) for duplex in (True, False))

    assert (both.recipients, both.letters, both.envelopes, both.electronic) == (3, 3, 2, 1)
    assert both.sheets == (1 + 1 + 2) + 2
    assert one.sheets == (1 + 2 + 3) + 4


def test_a_letter_to_several_heads_is_a_copy_for_each(sent):
    builder = ConsignmentBuilder(sent.sender)
    builder.add(sent.letter(30), [sent.head(*values) for values in sent.heads])
    one = builder.build()

    assert (len(one.copies), totals(one, {}, duplex=True).letters) == (3, 1)
    assert len(one.parcels) == 2


def test_a_vacant_post_is_addressed_by_its_office(sent):
    builder = ConsignmentBuilder(sent.sender)
    builder.add(sent.letter(31), [sent.head("16015", "xã Đại Lộc", "thôn Y Ngô", "", "", "", khuyet="khuyết")])
    (copy,) = builder.build().copies

    assert copy.person == ""
    assert copy.address_lines[0] == "Trưởng thôn Y Ngô"
