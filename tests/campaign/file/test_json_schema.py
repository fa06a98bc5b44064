"""An editor marks with the schema exactly the keys that ``check`` refuses."""

import copy
import importlib.util
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from congvan.campaign.file.entry_reader import read_entry
from congvan.campaign.file.office_style_file import office_style
from congvan.campaign.file.schema import OfficeEntry
from congvan.campaign.file.yaml_source import key_path, parse_source
from congvan.campaign.load import load_campaign
from congvan.errors import CampaignError

ROOT = Path(__file__).parents[3]
STARTER = ROOT / "src" / "congvan" / "campaign" / "khoi-dau"
EXAMPLES = [
    path
    for path in sorted((ROOT / "examples").rglob("*.yaml"))
    if path.name == "co-quan.yaml" or "\ncap:\n" in path.read_text(encoding="utf-8")
]

# Each line changes one key of the starter's campaign: the key, and what is written in place of its value.
WRONG_CAMPAIGNS = """
ma: mã của đợt
ma: [a]
maa: x
ten: null
ten: "  "
tenn: Tên
thang_thuc_hien: 2027
thang_thuc_hien: tháng ba
thang_thuc_hien: 2027-13
thang_thuc_hien: 1/3/2027
he_thong_cap: tinh
he_thong_cap: []
he_thong_cap: [tinh, "cấp xã"]
chap_thuan: ngày 5
chap_thuan.ngay: 31/2/2026
chap_thuan.ngay: 2026-02-30
chap_thuan.so_van_ban: 1
chap_thuan.ky_hieu: 5
du_lieu: [a]
thoi_han: {cach_tinh: rat-chat}
thoi_han: {lui_ve_ngay_lam_viec: có}
thoi_han: {ngay_nghi: [32/1/2027]}
thoi_han: {ngay_nghi: 2027-01-03}
don_vi_hanh_chinh: {thoi_ky: "2022"}
don_vi_hanh_chinh: {tinh: 38}
sua_danh_sach: đúng
chap_nhan_sua_doi: 2
bo_qua: [khong-co-ma-nay]
bo_qua: [campaign-key-unknown]
khi_da_ban_hanh: xoa
pham_vi: {a: b}
cap[1].cap: Cấp tỉnh
cap[1].don_vi: null
cap[1].loai: cong-vann
cap[1].loai: 5
cap[1].ngay: 21/13/2026
cap[1].ngay: 31/4/2026
cap[1].ngay: 5/4/26
cap[1].ngay: hôm nay
cap[1].ngay: [hai, ba]
cap[1].trich_yeu: ""
cap[1].trich_yeu: [a, b]
cap[1].nguoi_nhan: 5
cap[1].mot_van_ban_cho: nguoi-nhan
cap[1].mot_van_ban_cho: null
cap[1].thu_tu: abc
cap[1].khi_khuyet: bo-qua
cap[1].danh_so: mot-so
cap[1].noi_nhan: {a: b, c: d}
cap[1].noi_nhan: [[a]]
cap[1].can_cu: 5
cap[1].ky: Nguyễn Văn A
cap[1].ky.chuc_danh: GIÁM ĐỐC
cap[1].ky.ho_ten: [a]
cap[1].ky_giua: {chuc_vu: A}
cap[1].so_ban: nhiều
cap[1].bang_ma: vni3
cap[1].siet_trang: 2
cap[1].kinh_gui: 7
cap[1].phu_luc: a.md
cap[1].phu_luc: [{tieu_de: A}]
cap[1].van_ban_kem_theo: {loai: quy-che, trich_yeu: a}
cap[1].ban_sao: {hinh_thuc: sao}
cap[1].ban_sao: {hinh_thuc: sao-y, ngay: 5/5/2027, noi_nhan: [a], ky: {}, so: 0}
cap[1].nguoinhan: a.csv
cap[2].ngay_thang: 2026-12-07
""".strip().splitlines()
RIGHT_CAMPAIGNS = """
thang_thuc_hien: 3/2027
chap_thuan.ngay: ngày 5 tháng 10 năm 2026
cap[1].ngay: 2/11/2026
cap[1].ngay: null
cap[1].ngay: hom-nay
cap[1].ngay: 2026-11
cap[1].noi_nhan: [Như trên, Lưu: VT]
cap[1].kinh_gui: [{nhom: Các sở, gom: [Sở A, Sở B]}]
bo_qua: campaign-scope-left-out
pham_vi: 14812
don_vi_hanh_chinh: {thoi_ky: 2025-07, tinh: 38}
""".strip().splitlines()
WRONG_OFFICES = """
ten: null
tenn: Tên
ngay_nghi: [30/2/2027]
quyen: {cap_so: 5}
quyen: {ky: [a]}
khi_da_ban_hanh: bo
cho_phep: {a: b, c: d}
""".strip().splitlines()
WRONG_STYLES = """
le_tren: hai phân
le_traii: 30
dau_ket_thuc: không
ky_hieu: {phong: [a]}
""".strip().splitlines()


def schema(name):
    return Draft202012Validator(json.loads((STARTER / "luoc-do" / f"{name}.json").read_text(encoding="utf-8")))


def marked(validator, values):
    """The keys that an editor marks: of a choice of rules the key itself, unless the fault lies in one of its own."""
    return {key_path(path) for error in validator.iter_errors(values) for path in _paths(error, values)}


def _paths(error, values):
    if error.validator == "additionalProperties":
        known = set(error.schema["properties"])
        return [(*error.absolute_path, key) for key in error.instance if key not in known]
    if error.validator == "required":
        return [(*error.absolute_path, key) for key in error.validator_value if key not in error.instance]
    if error.validator == "anyOf":
        deeper = [inner for inner in error.context if _shape_fits(inner, error)]
        return [path for inner in deeper for path in _paths(inner, values)] or [tuple(error.absolute_path)]
    return [tuple(error.absolute_path)]


def _shape_fits(inner, outer):
    """Whether the value has the shape of this choice, so that the fault is one of the keys inside it."""
    return len(inner.absolute_path) > len(outer.absolute_path) or inner.validator in {
        "additionalProperties",
        "required",
    }


def refused(text, tmp_path):
    """The keys that ``check`` names."""
    path = tmp_path / "campaign.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        load_campaign(path)
    except CampaignError as error:
        wrong = (
            found
            for found in error.report
            if found.code.startswith(("campaign-value-", "campaign-key-", "office-ignored"))
        )
        return {found.place.key for found in wrong}
    return set()


def changed(base, line):
    """The file with one key changed, as values and as YAML that reads as these values."""
    path, _, written = line.partition(": ")
    value = parse_source(f"x: {written}", "x")[0].values["x"]
    values = copy.deepcopy(base)
    steps = [int(step) - 1 if step.isdigit() else step for step in re.findall(r"\w+", path)]
    inner = values
    for step in steps[:-1]:
        inner = inner[step]
    inner[steps[-1]] = value
    return values


def as_yaml(values):
    return json.dumps(values, ensure_ascii=False, indent=1)


@pytest.fixture(scope="module")
def campaign():
    text = (STARTER / "campaign.yaml").read_text(encoding="utf-8")
    return {**parse_source(text, "x")[0].values, "don_vi": "don-vi.csv"}


@pytest.mark.parametrize("line", WRONG_CAMPAIGNS)
def test_the_schema_marks_what_check_refuses_in_a_campaign(line, campaign, tmp_path):
    values = changed(campaign, line)
    marks = marked(schema("dot"), values)

    assert marks == refused(as_yaml(values), tmp_path)
    assert marks != set()


@pytest.mark.parametrize("line", RIGHT_CAMPAIGNS)
def test_the_schema_marks_nothing_in_a_right_campaign(line, campaign, tmp_path):
    values = changed(campaign, line)

    assert marked(schema("dot"), values) == set() == refused(as_yaml(values), tmp_path)


@pytest.mark.parametrize("line", WRONG_OFFICES)
def test_the_schema_marks_what_is_refused_in_the_office_file(line):
    values = changed({"ten": "Sở Ví dụ"}, line)
    _, found = read_entry(OfficeEntry, parse_source(as_yaml(values), "x")[0])

    assert marked(schema("co-quan"), values) == {one.place.key for one in found} != set()


@pytest.mark.parametrize("line", WRONG_STYLES)
def test_the_schema_marks_what_is_refused_in_the_style_file(line):
    values = changed({}, line)
    _, found = office_style(parse_source(as_yaml(values), "x")[0])

    assert marked(schema("trinh-bay"), values) == {one.place.key for one in found} != set()


def test_at_least_sixty_wrong_files_are_tried():
    assert len(WRONG_CAMPAIGNS) + len(WRONG_OFFICES) + len(WRONG_STYLES) >= 60


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name + "/" + path.name)
def test_the_examples_are_right_by_the_schema(path):
    name = "co-quan" if path.name == "co-quan.yaml" else "dot"
    values = parse_source(path.read_text(encoding="utf-8"), "x")[0].values

    assert marked(schema(name), values) == set()


def test_the_schemas_are_those_of_the_models_and_the_reference():
    spec = importlib.util.spec_from_file_location("schema_files", ROOT / "docs" / "reference" / "schema_files.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    # Where they differ, run `make golden`.
    for name, content in script.schema_files().items():
        assert (STARTER / "luoc-do" / name).read_text(encoding="utf-8") == content
