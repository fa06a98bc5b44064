"""What a made-up power unit sends to three heads of hamlets in two communes, and to two bodies of the province."""

from datetime import date
from types import SimpleNamespace

import pytest

from congvan.letter import Agency, Signature
from congvan.office.consignment import ConsignmentBuilder, Sender, SentLetter
from congvan.recipients import Recipient

AGENCY = Agency(
    ma="dlhl",
    chu_quan="CÔNG TY ĐIỆN LỰC THANH HÓA",
    co_quan="ĐIỆN LỰC HẬU LỘC",
    ten_thuong="Điện lực Hậu Lộc",
    ky_hieu="ĐLHL",
    dia_danh="Hậu Lộc",
    lien_he=("Địa chỉ: khu 1, thị trấn Hậu Lộc", "Điện thoại: 0237 3000 400"),
)
SENDER = Sender(AGENCY, Signature(chuc_vu="GIÁM ĐỐC", ho_ten="Cao Thị Thử"), 2021)
HEADS = (
    ("16015", "xã Đại Lộc", "thôn Y Ngô", "Đinh Công Ngạn", "Ông", "0912345678"),
    ("16015", "xã Đại Lộc", "thôn Đại Hữu", "Trịnh Thị Quế", "Bà", "0912 345 679; 84 237 3852 852"),
    ("16018", "xã Triệu Lộc", "thôn Phú Điền", "Lò Ón", "Ông", ""),
)


def letter(number, pages=1, cap="thon", **parts):
    values = {
        "khoa": f"dot/{cap}/{number}",
        "cap": cap,
        "so_ky_hieu": f"{number:02}/ĐLHL",
        "ngay": date(2021, 6, 21),
        "loai": "cong-van",
        "trich_yeu": "thông báo kế hoạch",
        "trang": pages,
        "docx": f"3-{cap}/{number:03}.docx",
        "pdf": f"3-{cap}/{number:03}.pdf",
    }
    return SentLetter(**{**values, **parts})


def head(ma_xa, xa, thon, ho_ten, ong_ba, dien_thoai, **more):
    values = {
        "ma_xa": ma_xa,
        "xa": xa,
        "huyen": "huyện Hậu Lộc",
        "thon": thon,
        "loai": "thôn",
        "chuc_danh": "Trưởng thôn",
    }
    values |= {"ho_ten": ho_ten, "ong_ba": ong_ba, "dien_thoai": dien_thoai, "ten": thon, **more}
    return Recipient("thon", thon, thon, {name: value for name, value in values.items() if value})


def body(ten, **more):
    return Recipient("tinh", ten, ten, {"ten": ten, **more})


@pytest.fixture
def consignment():
    builder = ConsignmentBuilder(SENDER)
    for number, (values, pages) in enumerate(zip(HEADS, (1, 2, 3), strict=True), start=18):
        builder.add(letter(number, pages), [head(*values)])
    builder.add(letter(17, 2, "tinh"), [body("Sở Công Thương", email="so@example.vn"), body("Sở Xây dựng")])
    return builder.build()


@pytest.fixture
def sent():
    """Builds further letters and recipients: ``sent.letter(18)``, ``sent.head(…)``, ``sent.body(…)``."""
    return SimpleNamespace(letter=letter, head=head, body=body, sender=SENDER, heads=HEADS)
