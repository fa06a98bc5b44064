"""The office's own style, in a file that all its campaigns name."""


def with_house(folder, text):
    folder.write("nha.yaml", text)
    folder.change("dot.yaml", "don_vi: don-vi.csv\n", "don_vi: don-vi.csv\nnha: nha.yaml\n")


def test_every_letter_is_set_in_the_style_of_its_office(folder):
    with_house(folder, "le_trai: 35\nthut_dong: 12,7\ngian_dong: 1.15\ndau_ket_thuc: false\n")
    letters = folder.plan().letters

    styles = {(each.trinh_bay.le_trai, each.trinh_bay.thut_dong, each.trinh_bay.gian_dong) for each in letters}
    assert styles == {(35, 12.7, 1.15)}
    assert {each.ket_thuc for each in letters} == {""}


def test_a_choice_outside_the_decree_is_told_with_its_line(folder):
    with_house(folder, "le_trai: 30\nco_chu: 12\n")
    (found,) = folder.refusals()

    assert (found.code, found.place.line, found.place.key) == ("letter-style-out-of-range", 2, "co_chu")


def test_a_choice_that_is_no_number_is_told(folder):
    with_house(folder, "le_trai: rộng\nle_tria: 30\n")

    assert [found.code for found in folder.refusals()] == ["campaign-value-not-number", "campaign-key-unknown"]


def test_a_missing_house_file_is_told_at_the_key_that_names_it(folder):
    folder.change("dot.yaml", "don_vi: don-vi.csv\n", "don_vi: don-vi.csv\nnha: nha.yaml\n")
    (found,) = folder.refusals()

    assert (found.code, found.place.key) == ("campaign-file-missing", "nha")


def test_one_tier_may_be_set_tighter_than_the_others(folder):
    folder.change("dot.yaml", "noi_dung: thon.md", "noi_dung: thon.md\n    siet_trang: true")

    assert [letter.siet_trang for letter in folder.plan().letters[:1]] == [False]
    assert all(letter.siet_trang for letter in folder.plan(only=["thon"]).letters)
