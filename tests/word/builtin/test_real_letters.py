"""Letters real offices send, as the built-in templates lay them out."""

import io
import re

import docx
import pypdf
import pytest

from congvan.letter import KINDS
from congvan.pdf import PdfMetadata, to_pdf
from congvan.run.documents import to_pdfs
from congvan.word import render_docx
from congvan.word.builtin.builder import build

SIGNERS = [
    {"quyen_han": ["KT. GIÁM ĐỐC SỞ TÀI CHÍNH"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Trần Thị Mẫu"},
    {"quyen_han": ["KT. GIÁM ĐỐC SỞ NỘI VỤ"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
    {"chuc_vu": "TRƯỞNG BAN", "chuc_danh_khac": "PHÓ CHỦ TỊCH UBND", "ho_ten": "Hoàng Văn Mẫu"},
]
OF_KIND = {
    "giay-moi": {"giay_moi": {"toi_du": "họp", "chu_tri": "Ông A", "thoi_gian": "8 giờ", "dia_diem": "Hội trường"}},
    "quyet-dinh": {"can_cu": ["Luật Điện lực"], "tham_quyen": "GIÁM ĐỐC SỞ Y TẾ"},
    "nghi-quyet": {"can_cu": ["Luật Điện lực"]},
    "cong-dien": {"kinh_gui": ["Sở A"]},
}
ADDRESSED = ("cong-van", "giay-moi", "cong-dien")


def lines(docx_file: bytes) -> list[str]:
    """Every line of the document's paragraphs and cells, in order."""
    body = docx.Document(io.BytesIO(docx_file)).element.body
    texts = [
        "".join(
            "\n" if part.tag.endswith("}br") else part.text or ""
            for part in one.iter()
            if part.tag.endswith(("}t", "}br"))
        )
        for one in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    ]
    return [line for text in texts for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    "loai", ["cong-van", "ke-hoach", "huong-dan", "giay-moi", "quyet-dinh", "nghi-quyet", "cong-dien"]
)
@pytest.mark.parametrize("count", [2, 3])
def test_every_signer_of_a_joint_document_is_printed_once_above_the_recipients(letter, loai: str, count: int) -> None:
    addressees = ["Sở A"] if loai in ADDRESSED else []
    made = letter(loai=loai, ky=SIGNERS[:count], **{"kinh_gui": addressees, **OF_KIND.get(loai, {})})
    printed = lines(render_docx(made))
    names = [signer["ho_ten"] for signer in SIGNERS[:count]]

    assert [line for line in printed if line in names] == names
    assert printed.index("Nơi nhận:") > printed.index(names[-1])


def test_another_title_stands_between_signature_and_name(letter) -> None:
    made = letter(ky={**SIGNERS[2], "quyen_han": ["TM. BAN CHỈ ĐẠO"]})

    assert lines(render_docx(made))[-4:] == ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN", "PHÓ CHỦ TỊCH UBND", "Hoàng Văn Mẫu"]


def test_heads_in_small_letters_are_printed_in_capitals(letter) -> None:
    printed = lines(
        render_docx(
            letter(
                chu_quan="UBND tỉnh Thanh Hóa",
                co_quan="Sở Y tế",
                ky={"quyen_han": ["KT. Giám đốc"], "chuc_vu": "Phó Giám đốc", "ho_ten": "Lê Văn Mẫu"},
            )
        )
    )

    assert {"UBND TỈNH THANH HÓA", "SỞ Y TẾ", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn Mẫu"} <= set(printed)


def test_line_ends_of_the_user_stay_and_the_rest_is_broken_by_sense(letter) -> None:
    made = letter(
        loai="quyet-dinh",
        kinh_gui=[],
        can_cu=["Luật Điện lực"],
        co_quan="ỦY BAN NHÂN DÂN XÃ HẬU LỘC",
        chu_quan="BAN\nCHỈ ĐẠO",
        tham_quyen="CHỦ TỊCH\nỦY BAN NHÂN DÂN XÃ HẬU LỘC",
    )
    printed = lines(render_docx(made))

    assert printed[:4] == ["BAN", "CHỈ ĐẠO", "ỦY BAN NHÂN DÂN", "XÃ HẬU LỘC"]
    assert printed[printed.index("CHỦ TỊCH") + 1] == "ỦY BAN NHÂN DÂN XÃ HẬU LỘC"


def test_an_open_letter_prints_no_label_without_its_part(letter) -> None:
    bare = {"so": None, "ky_hieu": None, "noi_nhan": [], "chu_quan": None}
    made = letter(loai="thu-cong", ten_loai="Thư ngỏ", **bare, ky={"quyen_han": ["KÍNH THƯ"], "chuc_vu": "CHỦ TỊCH"})
    printed = lines(render_docx(made))

    assert not any(line.startswith(("Số:", "Nơi nhận", "V/v")) for line in printed)
    assert printed.index("THƯ NGỎ") < printed.index("Kính gửi: UBND tỉnh Thanh Hóa") < printed.index("KÍNH THƯ")


@pytest.mark.parametrize(
    "loai", [name for name in KINDS if name not in {*OF_KIND, "bien-ban", "giay-gioi-thieu", "giay-nghi-phep"}]
)
def test_a_draft_with_everything_open_is_one_page_of_blanks(letter, loai: str) -> None:
    made = letter(
        loai=loai,
        so=None,
        ky_hieu=None,
        dia_danh=None,
        ngay=None,
        trich_yeu=None,
        kinh_gui=[],
        noi_nhan=[],
        ky=None,
        noi_dung=None,
    )

    assert len(pypdf.PdfReader(io.BytesIO(to_pdf(render_docx(made)))).pages) == 1


def test_the_properties_of_a_docx_reach_its_pdf_on_every_path(letter) -> None:
    made = letter(co_quan="ỦY BAN NHÂN DÂN\nXÃ HẬU LỘC")
    word = render_docx(made)

    for pdf in (to_pdf(word), *to_pdfs([word, word], jobs=1)):
        info = pypdf.PdfReader(io.BytesIO(pdf)).metadata
        assert info is not None
        assert (info.title, info.subject) == (made.trich_yeu, "công văn 465/PCTH-KD")
        assert info.author == "ỦY BAN NHÂN DÂN XÃ HẬU LỘC"


def test_properties_of_the_caller_win_and_missing_ones_are_none(letter) -> None:
    pdf = to_pdf(render_docx(letter()), metadata=PdfMetadata(title="Khác"))

    assert pypdf.PdfReader(io.BytesIO(pdf)).metadata.title == "Khác"
    assert PdfMetadata.of_docx({}) == PdfMetadata.of_docx({"docProps/core.xml": b"<a"}) == PdfMetadata(title="")


def styles() -> dict[str, str]:
    """The definitions of the built-in template by their ids."""
    document = docx.Document(io.BytesIO(build("cong-van")))
    return {style.style_id: style.element.xml for style in document.styles}


def test_styles_of_the_text_are_built_on_that_of_the_body() -> None:
    for name in ("Khoan", "Diem", "GachDauDong", "CanCu", "Dieu", "TieuDe2", "TieuDe3", "LoiGui"):
        assert '<w:basedOn w:val="NoiDung"/>' in styles()[name]
        assert "w:firstLine" not in styles()[name]


def test_a_clerk_who_presses_enter_goes_on_in_the_style_that_follows() -> None:
    following = {
        name: found[1] for name, xml in styles().items() if (found := re.search(r'<w:next w:val="(\w+)"', xml))
    }

    assert following["TieuDe1"] == following["TrichYeu"] == following["KinhGui"] == "NoiDung"
    assert (following["CoQuanChuQuan"], following["Chuong"]) == (
        "CoQuanBanHanh",
        "TenPhanChuongMuc",
    )


def test_headings_of_the_text_are_words_own() -> None:
    document = docx.Document(io.BytesIO(build("cong-van")))

    assert [document.styles[f"Heading {level}"].style_id for level in (1, 2, 3)] == ["TieuDe1", "TieuDe2", "TieuDe3"]
