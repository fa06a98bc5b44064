"""The whole campaign of ``examples/tron-dot``: it keeps every rule of its source, and breaks each when it is made to."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from congvan.campaign import Verdict, load_campaign, plan, plan_file
from congvan.campaign.rules.typed_dates import planned_days
from congvan.campaign.starter import write_starter
from congvan.errors import CampaignError
from congvan.letter.frozen_fields import plain_fields
from congvan.text.dates import parse_date
from congvan.text.fields.pattern import fill

ROOT = Path(__file__).parents[2]
KEPT = {Verdict.KEPT, Verdict.IDLE}
OF_OTHERS = {parse_date("23/02/2018")}
"""Days of documents that the letters cite."""


def copied(folder):
    for name in ("examples/tron-dot", "examples/xoa-thu-tien-dien", "recipients/thanh-hoa"):
        shutil.copytree(ROOT / name, folder / name)
    return folder / "examples" / "tron-dot"


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """The example with the lists of the whole province."""
    return copied(tmp_path_factory.mktemp("congvan"))


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """The example with a few rows of each of its districts."""
    folder = tmp_path_factory.mktemp("congvan")
    examples = copied(folder)
    for name in ("huyen", "xa", "thon"):
        path = folder / "recipients" / "thanh-hoa" / f"{name}.csv"
        head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [row for row in rows if re.search(r"(?:^|,)(?:381|384|400),", row)]
        path.write_text("".join([head, *kept]), encoding="utf-8")
    return examples


class Changed:
    """Copies of the campaign file with changes."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, *changes):
        text = (self.folder / "campaign.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"the campaign has no {old!r}"
            text = text.replace(old, new, 1)
        path = self.folder / "sua.yaml"
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def campaign(few):
    return Changed(few)


def test_inside_an_office_the_whole_campaign_takes_the_offices_register_and_a_code_of_its_own(starter):
    further = starter.parent / "dot" / "nam-sau"
    write_starter(further, whole=True)

    assert not (further / "co-quan.yaml").exists()
    assert load_campaign(further / "campaign.yaml").ma == "nam-sau"


def unkept(planned):
    return {one.rule.ma: one.verdict for one in planned.judgements() if one.verdict not in KEPT}


def days_in_texts(planned):
    """Every day that a letter of the plan prints in its text."""
    seen = set()
    for item in planned.items:
        for body in item.tier.bodies:
            values = {**plain_fields(item.letter.truong), "ngay_hop_dong": "", "so_hop_dong": ""}
            text = fill(body, values)
            seen |= {parse_date(day) for day in re.findall(r"\d{1,2}/\d{1,2}/\d{4}", text)}
    return seen - OF_OTHERS


@pytest.fixture(scope="module")
def starter(tmp_path_factory):
    """The campaign that ``init --whole`` writes: that of the scheme since July 2025."""
    folder = tmp_path_factory.mktemp("co-quan") / "dien-luc"
    write_starter(folder, whole=True)
    return folder / "campaign.yaml"


@pytest.mark.parametrize("scheme", ["2021", "2025"])
def test_the_whole_campaign_keeps_every_rule(examples, starter, scheme):
    planned = plan_file({"2021": examples / "campaign.yaml", "2025": starter}[scheme])

    assert unkept(planned) == {}
    assert {one.code for one in planned.report if one.severity != "info"} == set()


def test_the_whole_province_keeps_every_rule(examples):
    campaign = Changed(examples)
    scope = 'pham_vi: ["381", "384", "400"]          # cả tỉnh thì bỏ dòng này\n'
    planned = plan_file(campaign(('dia_ban: ["381", "384", "400"]', "dia_ban: [toàn tỉnh]"), (scope, "")))

    assert unkept(planned) == {}
    assert sum(item.cap == "thon" for item in planned.items) == 4426
    assert {item.cap for item in planned.items} >= {"bao_cao", "tinh", "huyen", "thon", "phu_luc_hop_dong"}


def test_the_scheme_of_2025_reaches_166_communes(starter):
    planned = plan_file(starter)

    assert sum(item.cap == "xa" for item in planned.items) == 166
    assert {item.unit_code("xa") for item in planned.items if item.cap == "thon"} == {
        item.unit_code("xa") for item in planned.items if item.cap == "xa"
    }


@pytest.mark.parametrize("month", ["2021-09", "2021-10"])
def test_in_any_month_of_effect_no_text_says_a_day_that_is_not_of_the_plan(campaign, month):
    planned = plan_file(campaign(("thang_thuc_hien: 2021-09", f"thang_thuc_hien: {month}")))
    known = planned_days(planned.campaign)

    assert unkept(planned) == {}
    assert days_in_texts(planned) <= set(known.fields)
    texts = " ".join(
        fill(body, plain_fields(item.letter.truong)) for item in planned.items for body in item.tier.bodies
    )
    assert f"từ tháng {int(month[-2:])} năm 2021" in texts.lower()
    assert not re.search(rf"từ tháng (?!{int(month[-2:])} )\d+ năm 2021", texts.lower())


BROKEN = [
    ("P1", [('dia_ban: ["381", "384", "400"]', 'dia_ban: ["381", "400"]')], "Bỏ nơi ấy khỏi danh sách"),
    ("P2", [("  ngay: 2021-03-15", "  ngay: 2021-04-02")], "từ 02/4/2021 trở đi"),
    ("P3", [("  hoi_dap: 2021-03-30\n", "")], "chậm nhất 01/4/2021"),
    ("P4", [("  phan_cong: 2021-03-01", "  phan_cong: 2021-03-09")], "từ 09/3/2021 trở đi"),
    ("L1", [("    ngay: 2021-04-05", "    ngay: 2021-06-08")], "từ 08/6/2021 trở đi"),
    ("L1b", [("    ngay: 2021-02-24", "    ngay: 2021-06-02")], "chậm nhất 01/6/2021"),
    ("L1c", [("    ngay: 2021-02-26", "    ngay: 2021-04-06")], "từ 06/4/2021 trở đi"),
    ("L2", [("    ngay: 2021-06-07", "    ngay: 2021-08-02"), ("ngay: 2021-06-21", "ngay: 2021-08-02")], "01/8/2021"),
    ("L3", [("    ngay: 2021-06-21", "    ngay: 2021-08-03")], "chậm nhất 01/8/2021"),
    ("L3b", [("    nguoi_nhan: ../../recipients/thanh-hoa/thon.csv\n",
              '    nguoi_nhan: ../../recipients/thanh-hoa/thon.csv\n    pham_vi: ["381"]\n')], "Thêm nơi ấy vào danh sách"),
    ("M1", [("  hop_bao: 2021-07-09", "  hop_bao: 2021-09-01")], "chậm nhất 31/8/2021"),
    ("M1b", [("    ngay: 2021-07-02", "    ngay: 2021-07-12")], "từ 12/7/2021 trở đi"),
    ("M2", [(", 2021-07-26]\n  ky_ghi", "]\n  ky_ghi")], "Thêm 1 ngày"),
    ("M2", [(", 2021-07-26]\n  ky_ghi", ", 2021-08-19]\n  ky_ghi")], "chậm nhất 18/8/2021"),
    ("M3", [("so_ngay: 10", "so_ngay: 9")], "Thêm 1 ngày"),
    ("M3", [("moi_ngay: 2, gio", "moi_ngay: 1, gio")], "moi_ngay: 2"),
    ("M3", [("tu: 2021-07-12, so_ngay", "tu: 2021-07-24, so_ngay")], "chậm nhất 01/8/2021"),
    ("M4", [("    ngay: 2021-06-22", "    ngay: 2021-08-02")], "chậm nhất 01/8/2021"),
    ("M5", [("  - ngay: 2021-07-26", "  - ngay: 2021-08-05")], "chậm nhất 01/8/2021"),
    ("M5b", [("  - ngay: 2021-07-26", "  - ngay: 2021-07-05")], "Thêm 1 ngày"),
    ("M6", [("  dang_web: 2021-07-09\n", "")], "Ghi việc ấy vào lich"),
    ("M6b", [("- ma: thong_cao_bao_chi", "- ma: thong_cao")], "khóa viec: thong_cao_bao_chi"),
    ("M7", [("  bien_hieu: 2021-08-06", "  bien_hieu: 2021-09-06")], "chậm nhất 31/8/2021"),
    ("I1", [("- ma: chi_dao_noi_bo", "- ma: chi_dao")], "khóa viec: chi_dao_noi_bo"),
    ("I2", [("  hop_ghi_thu: 2021-06-30", "  hop_ghi_thu: 2021-08-09")], "từ 09/8/2021 trở đi"),
    ("I3", [("    ngay: 2021-06-25", "    ngay: 2021-09-01")], "chậm nhất 31/8/2021"),
    ("I3b", [("  bao_tong_dai: 2021-07-12", "  bao_tong_dai: 2021-09-02")], "chậm nhất 31/8/2021"),
    ("C1", [("    ngay: 2021-06-28", "    ngay: 2021-09-06")], "chậm nhất 31/8/2021"),
    ("C2", [("  ra_soat_diem_thu: 2021-06-11", "  ra_soat_diem_thu: 2021-06-23")], "từ 23/6/2021 trở đi"),
    ("C3", [("  bao_khach_som: 2021-05-31", "  bao_khach_som: 2021-06-02")], "chậm nhất 01/6/2021"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes", "right"), BROKEN, ids=[f"{one[0]}-{at}" for at, one in enumerate(BROKEN)])
def test_a_rule_broken_on_purpose_is_named_with_its_source_and_what_would_be_right(campaign, rule, changes, right):
    try:
        report = plan_file(campaign(*changes)).report
    except CampaignError as error:
        report = error.report
    found = [one for one in report if one.values.get("rule") == rule and one.code.startswith("rule-")]

    assert found, [f"{one.code} {one.message}" for one in report]
    assert all(one.values["nguon"] and one.values["nguon"] in one.message for one in found)
    assert any(right in one.hint for one in found), [one.hint for one in found]


def test_every_rule_of_the_shipped_set_is_broken_by_one_of_these(examples):
    rules = {rule.ma for rule in load_campaign(examples / "campaign.yaml").quy_tac.quy_tac}

    assert {rule for rule, _, _ in BROKEN} == rules


def test_a_missed_hard_rule_stops_before_anything_is_made_and_a_soft_one_warns(campaign):
    with pytest.raises(CampaignError):
        plan(load_campaign(campaign(("  hop_bao: 2021-07-09", "  hop_bao: 2021-09-01"))))

    planned = plan_file(campaign(("  bao_khach_som: 2021-05-31", "  bao_khach_som: 2021-06-02")))
    assert [one.code for one in planned.report.warnings] == ["rule-advised"]


def test_a_waived_rule_stops_nothing_and_stays_in_the_plan(campaign):
    waived = "mien_quy_tac: {M1: UBND tỉnh đã tổ chức họp báo chung}\nda_xong:"
    planned = plan_file(campaign(("  hop_bao: 2021-07-09", "  hop_bao: 2021-09-01"), ("da_xong:", waived)))

    assert unkept(planned) == {"M1": Verdict.WAIVED}


def test_an_open_reading_is_chosen_by_the_campaign_and_said_in_words(campaign):
    late = ("tu: 2021-07-12, so_ngay", "tu: 2021-07-28, so_ngay")
    planned = plan_file(campaign(late, ("{M3: ca_dot}", "{M3: bat_dau}")))

    read = {one.reading.loi for one in planned.judgements() if one.rule.ma == "M3"}
    assert read == {"đợt phát bắt đầu trước một tháng"}
