"""A campaign from dicts and one from its classes; a line a type checker must refuse ends with ``# refused``."""

from typing import Any

import congvan
from congvan.campaign import Agencies, Campaign, CampaignTier, SignaturePattern
from congvan.letter import Agency, IssueDate

rows: list[dict[str, str]] = [{"ma": "sct", "ten": "Sở Công Thương"}]
values: dict[str, Any] = {"ma": "x", "ten": "X", "he_thong_cap": ["tinh"], "cap": []}
campaign: Campaign = congvan.campaign_from(values, agencies=rows, recipients={"tinh": rows})
plan = congvan.plan(campaign, only=["tinh"], limit=5)
first = plan.items[0]
position: int = first.position
key: str = first.number_key  # refused
requests: tuple[congvan.NumberRequest, ...] = plan.number_requests(without={3})
congvan.campaign_from(values, agencies=rows)  # refused
congvan.campaign_from(values, agencies=5, recipients=rows)  # refused

issuer = Agency(ma="pcth", co_quan="CÔNG TY", ten_thuong="Công ty", ky_hieu="PCTH", dia_danh="Thanh Hóa")
tier = CampaignTier(
    cap="tinh",
    don_vi="pcth",
    loai="cong-van",
    ngay=IssueDate(2021, 4, 5),
    trich_yeu="phối hợp",
    nguoi_nhan=campaign.cap[0].nguoi_nhan,
    mot_van_ban_cho="cap",
    noi_dung="Đề nghị phối hợp.",
    noi_nhan=("Như trên", "Lưu: VT"),
    ky=SignaturePattern(chuc_vu="GIÁM ĐỐC", ho_ten="Lê Văn Mẫu"),
)
built = Campaign(ma="x", ten="X", he_thong_cap=("tinh",), don_vi=Agencies([issuer]), cap=(tier,))
