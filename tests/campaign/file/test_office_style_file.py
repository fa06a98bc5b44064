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


def spelling(folder):
    return [found for found in folder.load().report if found.code == "campaign-tone-marks"]


def test_nobody_looks_at_tone_marks_unless_the_office_says_how_it_places_them(folder):
    with_house(folder, "le_trai: 30\n")
    folder.add("thon.md", "\nỦy ban, Uỷ ban.\n")

    assert spelling(folder) == []


def test_texts_of_the_office_spelled_otherwise_are_told_with_their_places(folder):
    with_house(folder, "dau_thanh: hòa\n")
    folder.change("dot.yaml", "trich_yeu: ngừng thu", "trich_yeu: khoá sổ và ngừng thu")
    signed = 'noi_nhan: ["Lưu: VT"]\n    ky: {chuc_vu: GIÁM ĐỐC, ho_ten: "{{ don_vi.giam_doc }}"}'
    otherwise = 'noi_nhan: [Uỷ ban MTTQ, "Lưu: VT"]\n    ky: {chuc_vu: UỶ VIÊN, ho_ten: Lê Văn Hoà}'
    folder.change("dot.yaml", signed, otherwise)
    folder.add("thon.md", "\nUỷ ban, **uỷ quyền**, uỷ ban và\nhoà, thuỷ của quý vị.\n")
    found = spelling(folder)

    assert {one.severity for one in found} == {"warning"}
    assert [(one.place.key, one.values["words"]) for one in found] == [
        ("cap[3].trich_yeu", "khoá → khóa"),
        ("cap[3].noi_nhan[1]", "Uỷ → Ủy"),
        ("cap[3].ky.chuc_vu", "UỶ → ỦY"),
        (None, "Uỷ → Ủy, uỷ → ủy, hoà → hòa, …"),
    ]
    assert (found[-1].place.file, found[-1].place.line) == ((folder.path / "thon.md").as_posix(), 3)
    assert found[-1].values["count"] == "5"


def test_an_office_may_write_the_new_way(folder):
    with_house(folder, "dau_thanh: hoà\n")
    folder.add("tinh.md", "\nỦy ban, Uỷ ban.\n")

    assert [one.values["words"] for one in spelling(folder)] == ["Ủy → Uỷ"]


def test_values_of_fields_and_names_are_left_to_their_bearers(folder):
    with_house(folder, "dau_thanh: hoà\n")  # bodies of the campaign are called Thanh Hóa
    folder.change("thon.csv", "Lê Văn Minh", "Lê Văn Hòa")
    folder.add("thon.md", "\nCông ty Điện lực Thanh Hóa và ông Lê Hòa, {{ 'hòa' }}, UBND tỉnh Thanh Hóa, Thanh Hóa.\n")
    folder.change("dot.yaml", "ho_ten: Vũ Thị Nga", "ho_ten: Vũ Thị Hòa")
    folder.add("tinh.md", "\nVũ Thị Hòa ký.\n")

    assert spelling(folder) == []


def test_a_text_that_several_tiers_share_is_told_once(folder):
    with_house(folder, "dau_thanh: hòa\n")
    folder.write("huyen.md", "Đề nghị phối hợp hoà giải.\n")
    folder.change("dot.yaml", "noi_dung: thon.md", "noi_dung: huyen.md")

    assert len(spelling(folder)) == 1


def test_a_word_that_shows_no_way_of_placing_tone_marks_is_refused(folder):
    with_house(folder, "dau_thanh: quý\n")
    (found,) = folder.refusals()

    assert (found.code, found.place.line, found.values["known"]) == ("campaign-value-not-choice", 1, "hòa, hoà")


def test_annexes_and_attached_texts_are_the_offices_own(folder):
    with_house(folder, "dau_thanh: hòa\n")
    folder.write("phu-luc.md", "| STT | Tên |\n|---|---|\n| 1 | Điểm thuỷ điện |\n")
    folder.change(
        "dot.yaml", "noi_dung: thon.md", "noi_dung: thon.md\n    phu_luc: [{tieu_de: Thuỷ điện, noi_dung: phu-luc.md}]"
    )
    found = spelling(folder)

    assert [(one.place.key, one.values["words"]) for one in found] == [
        ("cap[3].phu_luc[1].tieu_de", "Thuỷ → Thủy"),
        (None, "thuỷ → thủy"),
    ]
    assert (found[1].place.file, found[1].place.line) == ((folder.path / "phu-luc.md").as_posix(), 3)


def test_symbols_by_the_rule_of_the_office_are_sound(folder):
    with_house(folder, "ky_hieu: {co_quan: [PCTH, ĐLHL, ĐLHTr], bo_phan: [KD, KT]}\n")

    assert [letter.ky_hieu for letter in folder.plan().letters] == [
        *("PCTH-KD", "ĐLHTr", "ĐLHL", "TB-ĐLHTr", "TB-ĐLHL", "TB-ĐLHL"),
    ]


def test_a_unit_and_a_body_the_rule_does_not_know_stop_the_campaign(folder):
    with_house(folder, "ky_hieu: {co_quan: [PCTH, ĐLHL], bo_phan: KT}\n")
    body, unit = folder.refusals()

    assert (body.code, body.place.column, body.values["value"]) == ("campaign-symbol-body", "ky_hieu", "ĐLHTr")
    assert (body.place.row, body.values["near"]) == (4, "ĐLHL")
    assert (unit.code, unit.place.key, unit.values["value"]) == ("campaign-symbol-unit", "cap[1].bo_phan", "KD")


def test_a_unit_in_a_symbol_that_was_written_out_is_held_to_the_rule(folder):
    with_house(folder, "ky_hieu: {bo_phan: [KD, KT]}\n")
    folder.change("dot.yaml", "bo_phan: KD", 'ky_hieu: "{{ don_vi.ky_hieu }}-KDO"')
    (found,) = folder.refusals()

    assert (found.code, found.place.key, found.values["near"]) == ("campaign-symbol-unit", "cap[1].ky_hieu", "KD")


def test_a_symbol_written_out_in_another_form_is_told(folder):
    with_house(folder, "ky_hieu: {bo_phan: [KD]}\n")
    folder.change("dot.yaml", "bo_phan: KD", "ky_hieu: KD-PCTH")
    folder.add("dot.yaml", "    ky_hieu: PCTH-TB\n")
    found = [one for one in folder.plan().report if one.code == "campaign-symbol-form"]

    assert {one.severity for one in found} == {"warning"}
    assert [(one.place.key, one.values["value"], one.values["usual"]) for one in found] == [
        ("cap[1].ky_hieu", "KD-PCTH", "PCTH"),
        ("cap[3].ky_hieu", "PCTH-TB", "TB-ĐLHTr"),
        ("cap[3].ky_hieu", "PCTH-TB", "TB-ĐLHL"),
    ]


def test_an_abbreviation_no_symbol_can_hold_is_told_in_the_offices_file(folder):
    with_house(folder, "co_chu: 14\nky_hieu:\n  co_quan: PC TH\n  bo_phan: [KD, K/T]\n  phong: KD\n")
    found = folder.refusals()

    assert [(one.code, one.place.line) for one in found] == [
        ("campaign-value-not-abbreviation", 3),
        ("campaign-value-not-abbreviation", 4),
        ("campaign-key-unknown", 5),
    ]
