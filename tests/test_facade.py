"""What another tool imports: every name of the façade is there, and the contract's calls work."""

from datetime import date

import congvan


def test_every_name_of_the_facade_can_be_imported():
    for name in congvan.__all__:
        assert getattr(congvan, name) is not None


def test_names_are_listed_in_order_and_only_once():
    assert congvan.__all__ == sorted(set(congvan.__all__))
    assert dir(congvan) == congvan.__all__


def test_the_type_checkers_names_are_those_at_run_time():
    import ast
    from pathlib import Path

    tree = ast.parse(Path(congvan.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    typed = {alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}

    assert typed | {"__version__"} == set(congvan.__all__)


def test_an_unknown_name_is_an_ordinary_attribute_error():
    assert not hasattr(congvan, "lettre")


def test_numbers_in_words_as_promised():
    assert congvan.text.in_words(1_000_005) == "một triệu không nghìn không trăm linh năm"


def test_one_letter_from_python_becomes_word_and_pdf():
    letter = congvan.Letter(
        chu_quan="TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC",
        co_quan="CÔNG TY ĐIỆN LỰC THANH HÓA",
        so=465,
        ky_hieu="PCTH-KD",
        dia_danh="Thanh Hóa",
        ngay=date(2021, 3, 3),
        loai="cong-van",
        trich_yeu="phối hợp tuyên truyền",
        kinh_gui=["UBND tỉnh Thanh Hóa"],
        can_cu=[],
        noi_dung="Đề nghị phối hợp.",
        noi_nhan=["Như trên", "Lưu: VT, KD"],
        ky={"quyen_han": ["KT. GIÁM ĐỐC"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
        do_khan=None,
        do_mat=None,
        phu_luc=[],
    )
    docx = congvan.render_docx(letter)

    assert docx.startswith(b"PK")
    assert congvan.to_pdf(docx).startswith(b"%PDF-")
