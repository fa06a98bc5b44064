"""Right letters, and the single faults that are put into them: each with the code and the words it is found at."""

from dataclasses import dataclass
from functools import cache

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from tests.linter.word_changes import (
    Change,
    both,
    changed,
    commented,
    decomposed,
    format_of,
    margin,
    marked,
    merge_field,
    page_number_aside,
    page_number_in_footer,
    page_number_on_first,
    paper,
    rule_below,
    ruled,
    tracked,
    type_of,
    without,
    without_rule_below,
    words,
)

import congvan
from congvan.word.builtin.sample import sample

BODY = """\
Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư và khoản 2 Điều 5 \
Quy chế phối hợp giữa các bên, Công ty Điện lực Thanh Hóa đề nghị Ủy ban nhân dân tỉnh chỉ đạo các nội dung sau đây:

1. Tuyên truyền để Nhân dân biết lịch kiểm tra đường dây 110 kV vào thứ Hai, ngày 09 tháng 11 năm 2026, gồm:

a) Thông báo trên hệ thống truyền thanh của xã;

b) Niêm yết tại trụ sở;

c) Gửi đến từng thôn;

d) Đăng trên trang thông tin điện tử;

đ) Nhắc lại trước ngày kiểm tra.

2. Phối hợp với các đơn vị của Công ty trong việc giải phóng hành lang lưới điện, theo Nghị định số 30/2020/NĐ-CP \
ngày 05 tháng 3 năm 2020 và các quy định có liên quan. Các đơn vị của Công ty chịu trách nhiệm báo cáo kết quả.

3. Cử cán bộ tham gia đoàn kiểm tra tại Thành phố Hồ Chí Minh và Thủ đô Hà Nội, báo cáo khó khăn, vướng mắc nếu có.

Trân trọng đề nghị Ủy ban nhân dân tỉnh quan tâm, chỉ đạo để công tác kiểm tra đạt kết quả tốt trên toàn địa bàn.
"""

LETTER = {
    "chu_quan": "TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC",
    "co_quan": "CÔNG TY ĐIỆN LỰC THANH HÓA",
    "so": 5,
    "ky_hieu": "PCTH-KD",
    "dia_danh": "Thanh Hóa",
    "ngay": "2026-11-05",
    "loai": "cong-van",
    "trich_yeu": "phối hợp kiểm tra hành lang lưới điện",
    "kinh_gui": ["Ủy ban nhân dân tỉnh Thanh Hóa"],
    "noi_dung": BODY,
    "noi_nhan": ["Như trên", "Ban Giám đốc (để báo cáo)", "Lưu: VT, KD"],
    "ky": {"quyen_han": ["KT. GIÁM ĐỐC"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
}


@dataclass(frozen=True)
class Fault:
    """``change`` puts one fault into the letter ``base``; ``code`` finds it at a line that says ``where``.

    ``kinds`` are the files it is looked for in.
    """

    name: str
    base: str
    code: str
    where: str
    change: Change
    kinds: tuple[str, ...] = ("docx", "pdf")


WORD = ("docx",)
PAPER = ("pdf",)


@cache
def right(base: str) -> bytes:
    """A right letter as .docx: ``cv`` above, or a sample of congvan's by its name."""
    return congvan.render_docx(congvan.Letter(**LETTER) if base == "cv" else sample(base))


@cache
def right_pdf(base: str) -> bytes:
    return congvan.to_pdf(right(base))


def faulty(fault: Fault) -> bytes:
    """The letter with its fault, as Word."""
    return changed(right(fault.base), fault.change)


LEFT = WD_ALIGN_PARAGRAPH.LEFT
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DATE = "Thanh Hóa, ngày 05 tháng 11 năm 2026"

FAULTS = (
    Fault("khổ Letter", "cv", "lint-paper", "", paper(215.9, 279.4)),
    Fault("lề trái 25 mm", "cv", "lint-margins", "", margin("left", 25), WORD),
    Fault("lề trái 40 mm", "cv", "lint-margins", "", margin("left", 40), WORD),
    Fault("lề phải 12 mm", "cv", "lint-margins", "", margin("right", 12), WORD),
    Fault("lề phải 25 mm", "cv", "lint-margins", "", margin("right", 25), WORD),
    Fault("lề trên 15 mm", "cv", "lint-margins", "", margin("top", 15), WORD),
    Fault("lề trên 30 mm", "cv", "lint-margins", "", margin("top", 30), WORD),
    Fault("lề dưới 15 mm", "cv", "lint-margins", "", margin("bottom", 15), WORD),
    Fault("chữ ra lề phải", "cv", "lint-off-margin", "Trân trọng", format_of("Trân trọng", right_indent=Mm(-9)), PAPER),
    Fault("chữ ra lề trái", "cv", "lint-off-margin", "trên toàn", format_of("Trân trọng", left_indent=Mm(-6)), PAPER),
    Fault("một đoạn phông Arial", "cv", "lint-face", "Niêm yết", type_of("Niêm yết", face="Arial"), WORD),
    Fault("nơi nhận phông Calibri", "cv", "lint-face", "Như trên", type_of("Như trên", face="Calibri"), WORD),
    Fault("chữ xanh", "cv", "lint-colour", "Niêm yết", type_of("Niêm yết", colour="0563C1")),
    Fault("số màu đỏ", "cv", "lint-colour", "Số:", type_of("Số: ", colour="FF0000")),
    Fault("số trang ở chân trang", "cong-van-mat", "lint-page-number-place", "", page_number_in_footer(), WORD),
    Fault("số trang lệch trái", "cong-van-mat", "lint-page-number-place", "", page_number_aside(), WORD),
    Fault("số trang ở trang 1", "cv", "lint-page-number-on-first", "", page_number_on_first()),
    # type
    Fault("Quốc hiệu cỡ 11", "cv", "lint-size", NATION, type_of(NATION, size=11)),
    Fault("Tiêu ngữ cỡ 12", "cv", "lint-size", MOTTO, type_of(MOTTO, size=12)),
    Fault("số cỡ 12", "cv", "lint-size", "Số:", type_of("Số: ", size=12)),
    Fault("ngày cỡ 12", "cv", "lint-size", DATE, type_of("Thanh Hóa, ngày", size=12)),
    Fault("trích yếu cỡ 14", "cv", "lint-size", "V/v", type_of("V/v", size=14)),
    Fault("Kính gửi cỡ 12", "cv", "lint-size", "Kính gửi", type_of("Kính gửi", size=12)),
    Fault("nội dung cỡ 12", "cv", "lint-size", "Thực hiện", type_of("Thực hiện", size=12)),
    Fault("Nơi nhận cỡ 13", "cv", "lint-size", "Nơi nhận", type_of("Nơi nhận:", size=13)),
    Fault("danh sách nơi nhận cỡ 12", "cv", "lint-size", "Như trên", type_of("- Như trên", size=12)),
    Fault("chức vụ cỡ 12", "cv", "lint-size", "PHÓ", type_of("PHÓ GIÁM ĐỐC", size=12)),
    Fault("họ tên cỡ 12", "cv", "lint-size", "Lê Văn Mẫu", type_of("Lê Văn Mẫu", size=12)),
    Fault("tên loại cỡ 16", "thong-bao", "lint-size", "THÔNG BÁO", type_of("THÔNG BÁO", size=16)),
    Fault("căn cứ cỡ 12", "thong-bao", "lint-size", "Căn cứ", type_of("Căn cứ Luật", size=12)),
    Fault("phụ lục cỡ 13", "quyet-dinh", "lint-size", "Phụ lục", type_of("Phụ lục", size=13)),
    Fault("Quốc hiệu không đậm", "cv", "lint-not-bold", NATION, type_of(NATION, bold=False)),
    Fault("Tiêu ngữ không đậm", "cv", "lint-not-bold", MOTTO, type_of(MOTTO, bold=False)),
    Fault("chức vụ không đậm", "cv", "lint-not-bold", "PHÓ", type_of("PHÓ GIÁM ĐỐC", bold=False)),
    Fault("họ tên không đậm", "cv", "lint-not-bold", "Lê Văn Mẫu", type_of("Lê Văn Mẫu", bold=False)),
    Fault("Nơi nhận không đậm", "cv", "lint-not-bold", "Nơi nhận", type_of("Nơi nhận:", bold=False)),
    Fault("tên loại không đậm", "thong-bao", "lint-not-bold", "THÔNG BÁO", type_of("THÔNG BÁO", bold=False)),
    Fault("trích yếu thông báo không đậm", "thong-bao", "lint-not-bold", "Về việc", type_of("Về việc tạm", bold=False)),
    Fault("số đậm", "cv", "lint-bold", "Số:", type_of("Số: ", bold=True)),
    Fault("ngày đậm", "cv", "lint-bold", DATE, type_of("Thanh Hóa, ngày", bold=True)),
    Fault("trích yếu đậm", "cv", "lint-bold", "V/v", type_of("V/v", bold=True)),
    Fault("nơi nhận đậm", "cv", "lint-bold", "Như trên", type_of("- Như trên", bold=True)),
    Fault("ngày không nghiêng", "cv", "lint-not-italic", DATE, type_of("Thanh Hóa, ngày", italic=False)),
    Fault("Nơi nhận không nghiêng", "cv", "lint-not-italic", "Nơi nhận", type_of("Nơi nhận:", italic=False)),
    Fault("số nghiêng", "cv", "lint-italic", "Số:", type_of("Số: ", italic=True)),
    Fault("trích yếu nghiêng", "cv", "lint-italic", "V/v", type_of("V/v", italic=True)),
    Fault("nơi nhận nghiêng", "cv", "lint-italic", "Như trên", type_of("- Như trên", italic=True)),
    Fault("chức vụ nghiêng", "cv", "lint-italic", "PHÓ", type_of("PHÓ GIÁM ĐỐC", italic=True)),
    Fault("họ tên nghiêng", "cv", "lint-italic", "Lê Văn Mẫu", type_of("Lê Văn Mẫu", italic=True)),
    # head
    Fault("Quốc hiệu thiếu chữ", "cv", "lint-nation", "CHỦ NGHĨ ", words(NATION, NATION.replace("NGHĨA", "NGHĨ"))),
    Fault("Quốc hiệu thiếu dấu", "cv", "lint-nation", "HOA", words(NATION, NATION.replace("HÒA", "HOA"))),
    Fault("không có Quốc hiệu", "cv", "lint-nation-missing", "", without(NATION)),
    Fault("Quốc hiệu ngắt dòng", "cv", "lint-nation-wraps", "NAM", format_of(NATION, right_indent=Mm(12)), PAPER),
    Fault("Tiêu ngữ gạch dài", "cv", "lint-motto", "–", words(MOTTO, MOTTO.replace("-", "–"))),
    Fault("Tiêu ngữ gạch liền", "cv", "lint-motto", "lập-Tự", words(MOTTO, "Độc lập-Tự do-Hạnh phúc")),
    Fault("Tiêu ngữ viết hoa thừa", "cv", "lint-motto", "Phúc", words(MOTTO, "Độc lập - Tự do - Hạnh Phúc")),
    Fault("dưới Tiêu ngữ không kẻ", "cv", "lint-motto-rule-missing", MOTTO, without_rule_below(MOTTO)),
    Fault("kẻ Tiêu ngữ ngắn", "cv", "lint-motto-rule", MOTTO, rule_below(MOTTO, 32, 32)),
    Fault("dưới tên cơ quan không kẻ", "cv", "lint-issuer-rule-missing", "THANH HÓA", without_rule_below("THANH HÓA")),
    Fault("kẻ dưới tên cơ quan dài", "cv", "lint-issuer-rule", "THANH HÓA", rule_below("THANH HÓA", 6, 6)),
    Fault("tên cơ quan chữ thường", "cv", "lint-issuer", "Công ty", both(words("CÔNG TY ĐIỆN LỰC", "Công ty Điện lực"), words("THANH HÓA", "Thanh Hóa"))),
    Fault("ngày không số 0", "cv", "lint-date-zero", "ngày 5 ", words("ngày 05", "ngày 5")),
    Fault("tháng thừa số 0", "cv", "lint-date-zero", "tháng 03", words("tháng 11 năm 2026", "tháng 03 năm 2026")),
    Fault("tháng 1 thiếu số 0", "cv", "lint-date-zero", "tháng 1 ", words("tháng 11 năm 2026", "tháng 1 năm 2026")),
    Fault("thiếu dấu phẩy sau địa danh", "cv", "lint-date-form", "Hóa ngày", words("Hóa, ngày", "Hóa ngày")),
    Fault("ngày không có thật", "cv", "lint-date-impossible", "ngày 31", words("ngày 05 tháng 11", "ngày 31 tháng 11")),
    Fault("địa danh chữ thường", "cv", "lint-place-name", "thanh hóa", words("Thanh Hóa, ngày", "thanh hóa, ngày")),
    Fault("địa danh chữ hoa", "cv", "lint-place-name", "THANH HÓA,", words("Thanh Hóa, ngày", "THANH HÓA, ngày")),
    Fault("không có địa danh", "cv", "lint-place-missing", "ngày 05", words("Thanh Hóa, ngày", "ngày")),
    Fault("không có ngày", "cv", "lint-date-missing", "", without("Thanh Hóa, ngày")),
    # number and symbol
    Fault("số không có số 0", "cv", "lint-number-zero", "Số: 5/", words("05/PCTH", "5/PCTH")),
    Fault("số thừa số 0", "cv", "lint-number-zero", "005", words("05/PCTH", "005/PCTH")),
    Fault("thiếu hai chấm", "cv", "lint-number-colon", "Số 05", words("Số: 05", "Số 05")),
    Fault("ký hiệu có dấu cách", "cv", "lint-number-spaces", "PCTH - KD", words("PCTH-KD", "PCTH - KD")),
    Fault("ký hiệu gạch dài", "cv", "lint-number-spaces", "PCTH–KD", words("PCTH-KD", "PCTH–KD")),
    Fault("cách sau gạch chéo", "cv", "lint-number-spaces", "05/ PCTH", words("05/PCTH", "05/ PCTH")),
    Fault("năm trong số", "cv", "lint-number-year", "2026/PCTH", words("05/PCTH", "05/2026/PCTH")),
    Fault("ký hiệu chữ thường", "cv", "lint-symbol-small", "PCTH-kd", words("PCTH-KD", "PCTH-kd")),
    Fault("ký hiệu gạch dưới 4 nhóm", "cv", "lint-symbol-form", "A-B-C-D", words("PCTH-KD", "A-B-C-D")),
    Fault("mã công văn cũ", "cv", "lint-symbol-cv", "CV-PCTH", words("PCTH-KD", "CV-PCTH")),
    Fault("thiếu mã loại", "thong-bao", "lint-symbol-kind", "58/PCTH", words("58/TB-PCTH", "58/PCTH")),
    Fault("sai mã loại", "thong-bao", "lint-symbol-kind", "BC-PCTH", words("58/TB-PCTH", "58/BC-PCTH")),
    Fault("không có số", "cv", "lint-number-missing", "", without("Số: ")),
    # subject
    Fault("v/v chữ thường", "cv", "lint-subject-about", "v/v", words("V/v", "v/v")),
    Fault("V/v có hai chấm", "cv", "lint-subject-about", "V/v:", words("V/v", "V/v:")),
    Fault("Về việc thay V/v", "cv", "lint-subject-about", "Về việc", words("V/v", "Về việc")),
    Fault("trích yếu có dấu chấm", "cv", "lint-subject-mark", "điện.", words("hành lang lưới điện", "hành lang lưới điện.")),
    Fault("thông báo có V/v", "thong-bao", "lint-subject-about-named", "V/v", words("Về việc tạm", "V/v tạm")),
    Fault("dưới trích yếu không kẻ", "thong-bao", "lint-subject-rule-missing", "", without_rule_below("Về việc tạm")),
    Fault("kẻ trích yếu dài", "thong-bao", "lint-subject-rule", "", rule_below("Về việc tạm", 10, 10)),
    Fault("kẻ dưới trích yếu công văn", "cv", "lint-subject-ruled", "", ruled("V/v")),
    Fault("công văn không có trích yếu", "cv", "lint-subject-missing", "", without("V/v")),
    # addressees
    Fault("thiếu hai chấm sau Kính gửi", "cv", "lint-addressees-colon", "Kính gửi", words("Kính gửi:", "Kính gửi")),
    Fault("một nơi nhận có gạch", "cv", "lint-addressee-alone", "- Ủy", words("Kính gửi: Ủy", "Kính gửi: - Ủy")),
    Fault("không có Kính gửi", "cv", "lint-addressees-missing", "", without("Kính gửi")),
    Fault(
        "nơi nhận thiếu dấu chấm phẩy", "cong-van-nhieu-noi", "lint-addressees-mark", "Công an",
        words("Công an tỉnh Thanh Hóa;", "Công an tỉnh Thanh Hóa,"),
    ),
    Fault("nơi nhận cuối thiếu dấu chấm", "cong-van-nhieu-noi", "lint-addressees-mark", "Nga Sơn", words("Nga Sơn.", "Nga Sơn;")),
    Fault(
        "gạch đầu dòng lệch", "cong-van-nhieu-noi", "lint-addressees-aligned", "Công an",
        format_of("Công an tỉnh", left_indent=Mm(60))),
    # recipients and signature
    Fault("NƠI NHẬN chữ hoa", "cv", "lint-recipients-title", "NƠI NHẬN", words("Nơi nhận:", "NƠI NHẬN:")),
    Fault("Nơi nhận thiếu hai chấm", "cv", "lint-recipients-title", "Nơi nhận", words("Nơi nhận:", "Nơi nhận")),
    Fault("nơi nhận dấu cộng", "cv", "lint-recipients-dash", "+ Như", words("- Như trên", "+ Như trên")),
    Fault("nơi nhận gạch dài", "cv", "lint-recipients-dash", "– Như", words("- Như trên", "– Như trên")),
    Fault("gạch dính chữ", "cv", "lint-recipients-dash", "-Như", words("- Như trên", "-Như trên")),
    Fault("nơi nhận dấu phẩy", "cv", "lint-recipients-mark", "trên,", words("Như trên;", "Như trên,")),
    Fault("dòng lưu không chấm", "cv", "lint-recipients-mark", "KD", words("VT, KD.", "VT, KD")),
    Fault("Lưu thiếu hai chấm", "cv", "lint-kept-copy", "Lưu VT", words("Lưu: VT", "Lưu VT")),
    Fault("lưu chữ thường", "cv", "lint-kept-copy", "lưu:", words("Lưu: VT", "lưu: VT")),
    Fault("không có dòng lưu", "cv", "lint-kept-copy-missing", "KD", words("Lưu: VT, KD.", "Phòng KD.")),
    Fault("không có Như trên", "cv", "lint-as-above", "Sở", words("Như trên;", "Sở Công Thương;")),
    Fault("T/M thay TM.", "cv", "lint-authority", "K/T", words("KT. GIÁM", "K/T GIÁM")),
    Fault("KT không chấm", "cv", "lint-authority", "KT GIÁM", words("KT. GIÁM", "KT GIÁM")),
    Fault("KT dính chữ", "cv", "lint-authority", "KT.GIÁM", words("KT. GIÁM", "KT.GIÁM")),
    Fault("TL dính chữ", "thong-bao", "lint-authority", "TL.GIÁM", words("TL. GIÁM", "TL.GIÁM")),
    Fault("chức vụ chữ thường", "cv", "lint-title-capitals", "Giám đốc", words("KT. GIÁM ĐỐC", "KT. Giám đốc")),
    Fault("họ tên chữ hoa", "cv", "lint-signer-name", "LÊ VĂN MẪU", words("Lê Văn Mẫu", "LÊ VĂN MẪU")),
    Fault("học vị trước tên", "cv", "lint-academic-title", "TS.", words("Lê Văn Mẫu", "TS. Lê Văn Mẫu")),
    Fault("thạc sĩ trước tên", "cv", "lint-academic-title", "ThS.", words("Lê Văn Mẫu", "ThS. Lê Văn Mẫu")),
    Fault("không có họ tên", "cv", "lint-signer-missing", "PHÓ", without("Lê Văn Mẫu")),
    # content
    Fault("không kết thúc ./.", "cv", "lint-end-sign", "", words("địa bàn./.", "địa bàn.")),
    Fault("thiếu chấm của ./.", "cv", "lint-end-sign", "", words("địa bàn./.", "địa bàn/.")),
    Fault("đoạn canh trái", "cv", "lint-justified", "Trân trọng", format_of("Trân trọng", alignment=LEFT), WORD),
    Fault("lùi đầu dòng 5 mm", "cv", "lint-first-line", "Trân trọng", format_of("Trân trọng", first_line_indent=Mm(5)), WORD),
    Fault("không lùi đầu dòng", "cv", "lint-first-line", "Trân trọng", format_of("Trân trọng", first_line_indent=Mm(0)), WORD),
    Fault("đoạn sát nhau", "cv", "lint-paragraph-gap", "Niêm yết", format_of("Niêm yết", space_before=Pt(0)), WORD),
    Fault("giãn 2 dòng", "cv", "lint-line-spacing", "Trân trọng", format_of("Trân trọng", line_spacing=2.0), WORD),
    Fault("giãn 0,8 dòng", "cv", "lint-line-spacing", "Trân trọng", format_of("Trân trọng", line_spacing=0.8), WORD),
    Fault("nhảy Điều", "quyet-dinh", "lint-article-order", "Điều 4", words("Điều 3. Quyết định này", "Điều 4. Quyết định này")),
    Fault("trùng Điều", "quyet-dinh", "lint-article-order", "Điều 3", words("Điều 2. Tổ", "Điều 1. Tổ")),
    Fault("nhảy khoản", "cv", "lint-clause-order", "4. Cử", words("3. Cử", "4. Cử")),
    Fault("nhảy khoản trong Điều", "quyet-dinh", "lint-clause-order", "3. Theo", words("2. Theo dõi", "3. Theo dõi")),
    Fault("thiếu điểm đ", "cv", "lint-point-order", "e) Nhắc", words("đ) Nhắc", "e) Nhắc")),
    Fault("nhảy điểm", "cv", "lint-point-order", "d) Gửi", words("c) Gửi", "d) Gửi")),
    Fault("Khoản viết hoa", "cv", "lint-provision-case", "Khoản 2", words("khoản 2 Điều 5", "Khoản 2 Điều 5")),
    Fault("điều viết thường", "cv", "lint-provision-case", "điều 5", words("khoản 2 Điều 5", "khoản 2 điều 5")),
    Fault("viện dẫn ngược", "cv", "lint-citation-order", "Điều 5 khoản 2", words("khoản 2 Điều 5", "Điều 5 khoản 2")),
    Fault("nghị định viết thường", "cv", "lint-citation-capital", "nghị định", words("Thực hiện Nghị định", "Thực hiện nghị định")),
    Fault("thiếu chữ số", "cv", "lint-citation-word", "Nghị định 30", words("hiện Nghị định số 30", "hiện Nghị định 30")),
    Fault("viện dẫn hai ngày", "cv", "lint-citation-twice", "", words("2020 và", "2021 và")),
    Fault("viện dẫn hai loại", "cv", "lint-citation-twice", "", words("theo Nghị định số", "theo Thông tư số")),
    # writing
    Fault("chữ tổ hợp", "cv", "lint-decomposed", "Niêm yết", decomposed("Niêm yết tại trụ sở"), WORD),
    Fault("Ð thay Đ", "cv", "lint-lookalike", "Ð", words("d) Đăng", "d) Ðăng")),
    Fault("chữ Nga", "cv", "lint-lookalike", "trụ", words("trụ sở", "trụ s\u043eở")),
    Fault("mã TCVN3", "cv", "lint-legacy-text", "", words("b) Niêm yết tại trụ sở;", "b) Niªm yÕt t¹i trô së ñy ban nh©n d©n x·;"), WORD),
    Fault("hai dấu cách", "cv", "lint-double-space", "Niêm yết", words("Niêm yết tại", "Niêm yết  tại"), WORD),
    Fault("cách trước dấu phẩy", "cv", "lint-space-before-mark", "", words("quan tâm, chỉ", "quan tâm , chỉ")),
    Fault("cách trước chấm phẩy", "cv", "lint-space-before-mark", "", words("trụ sở;", "trụ sở ;")),
    Fault("thiếu cách sau dấu phẩy", "cv", "lint-space-after-mark", "", words("quan tâm, chỉ", "quan tâm,chỉ")),
    Fault("110kV", "cv", "lint-unit-space", "110kV", words("110\u00a0kV", "110kV")),
    Fault("chữ lặp", "cv", "lint-repeated", "của của", words("đơn vị của Công ty trong", "đơn vị của của Công ty trong")),
    Fault("đầu câu chữ thường", "cv", "lint-sentence-start", "", words("liên quan. Các", "liên quan. các")),
    Fault("thành phố Hồ Chí Minh", "cv", "lint-city", "thành phố", words("Thành phố Hồ Chí", "thành phố Hồ Chí")),
    Fault("thủ đô Hà Nội", "cv", "lint-city", "thủ đô", words("Thủ đô Hà", "thủ đô Hà")),
    Fault("thứ hai", "cv", "lint-weekday", "hai", words("thứ Hai", "thứ hai")),
    Fault("nhân dân chữ thường", "cv", "lint-state-people", "để nhân dân", words("để Nhân dân", "để nhân dân")),
    # leftovers
    Fault("nhận xét", "cv", "lint-comments", "Niêm yết", commented("Niêm yết"), WORD),
    Fault("chữ thêm được theo dõi", "cv", "lint-tracked", "Niêm yết", tracked("Niêm yết", "ins"), WORD),
    Fault("chữ xóa được theo dõi", "cv", "lint-tracked", "Niêm yết", tracked("Niêm yết", "del"), WORD),
    Fault("tô vàng", "cv", "lint-marker", "Niêm yết", marked("Niêm yết", "highlight"), WORD),
    Fault("trường trộn thư", "cv", "lint-open-field", "Niêm yết", merge_field("Niêm yết", "Ho_va_ten"), WORD),
    Fault("trường chưa điền", "cv", "lint-placeholder", "{{ ten }}", words("Gửi đến từng thôn", "Gửi đến {{ ten }}")),
    Fault("chữ giữ chỗ", "cv", "lint-placeholder", "xxx", words("Gửi đến từng thôn", "Gửi đến thôn xxx")),
    Fault("ba chấm trong ngoặc", "cv", "lint-placeholder", "[…]", words("Gửi đến từng thôn", "Gửi đến thôn […]")),
    Fault("trường Word hỏng", "cv", "lint-placeholder", "Error!", words("Gửi đến từng thôn", "Gửi Error! Reference source not found")),
    Fault("kèm theo số khác", "quyet-dinh", "lint-other-letter", "811", words("số 812/QĐ-PCTH ngày", "số 811/QĐ-PCTH ngày")),
    Fault("kèm theo ngày khác", "quyet-dinh", "lint-other-letter", "ngày 04", words("PCTH ngày 05", "PCTH ngày 04")),
)  # fmt: skip
