"""Letters tried while the rest of their campaign is still planned: the same letters, numbers and findings."""

from __future__ import annotations

import pytest

import congvan
from congvan.batch import early_trial, foretold
from congvan.batch import run as batch_run
from congvan.batch.early_trial import EarlyTrial
from congvan.batch.foretold import Foretold
from congvan.batch.numbers import Numbers
from congvan.campaign import Planning, load_campaign
from congvan.errors import CampaignError
from congvan.register import Register

NAMES = [
    f"{first} {last}"
    for first in ("Lê Thị", "Lò Văn", "Phùng", "Đinh")
    for last in ["Ón", "Bưởi", "Quế", "Vượng", "Ngạn", "Thử"]
]
HAMLETS = "".join(
    f"{huyen}-{number},{huyen},{name},{huyen}00,xã Thử,thôn {number},thôn,{NAMES[number % len(NAMES)]},Bà\n"
    for huyen, name in ((400, "huyện Hậu Lộc"), (381, "thị xã Bỉm Sơn"))
    for number in range(10, 40)
)
COPIES = """\
    ban_sao:
      hinh_thuc: sao-y
      don_vi: pcth
      ngay: 2021-06-28
      noi_nhan: [Như trên, "Lưu: VT"]
      ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Lê Văn Mẫu}
"""


@pytest.fixture
def many(project, crew, monkeypatch):
    """The campaign with many more hamlets, in small portions, and how a campaign that is still planned is rendered."""
    monkeypatch.setattr(batch_run, "_MANY", 0)
    monkeypatch.setattr("congvan.batch.portion.BUNDLE_SIZE", 7)
    with (project.folder / "thon.csv").open("a", encoding="utf-8") as file:
        file.write(HAMLETS)

    def rendered(out, *, register=project.register, **options):
        planning = Planning(load_campaign(project.campaign), **options)
        return congvan.render(planning, project.folder / out, register, formats=["docx"], executor=crew)

    project.rendered = rendered
    return project


def usual(project, out="thuong", **options):
    """The campaign rendered once it is planned, in this process."""
    return project.render(out=out, formats=["docx"], **options)


def without_register(project):
    project.register.unlink()


@pytest.fixture
def begun(monkeypatch):
    """How many letters each early trial began, and how many of its portions were of use."""
    told = []

    class Watched(EarlyTrial):
        def portions(self, given):
            used = super().portions(given)
            told.append((sum(len(portion.items) for portion in self._portions), len(used)))
            return used

    monkeypatch.setattr(batch_run, "EarlyTrial", Watched)
    return told


def test_letters_tried_while_others_are_planned_are_the_letters_of_the_plan(many, begun):
    expected = usual(many)
    without_register(many)
    run = many.rendered("som")

    assert begun == [(69, 12)]
    assert run.letters == expected.letters
    assert many.files(many.folder / "som") == many.files(many.folder / "thuong")


def test_the_first_letters_are_asked_for_before_the_last_are_planned(many, monkeypatch):
    planned, asked = [], []
    on_trial = congvan.batch.preflight._on_trial

    def noted(portion, *rest):
        asked.append((portion.items[-1].thu_tu, len(planned)))
        return on_trial(portion, *rest)

    monkeypatch.setattr("congvan.batch.preflight._on_trial", noted)
    monkeypatch.setattr(
        Planning,
        "__iter__",
        lambda self, every=Planning.__iter__: (planned.append(item) or item for item in every(self)),
    )
    many.rendered("som")

    assert len(asked) == 12
    assert all(at_that_time <= last + 7 for last, at_that_time in asked)


@pytest.mark.parametrize("numbering", ["moi_van_ban", "mot_so", "de_trong"])
@pytest.mark.parametrize("copies", ["", COPIES], ids=["letters", "letters and copies"])
@pytest.mark.parametrize("taken", ["nothing", "by another campaign", "by this one"])
def test_the_numbers_foretold_are_those_that_are_taken(many, begun, numbering, copies, taken):
    if taken == "by another campaign":
        many.change("dot.yaml", "ma: thu-nghiem-2021", "ma: truoc-do-2021")
        usual(many, "truoc", only=["tinh", "huyen"])
        many.change("dot.yaml", "ma: truoc-do-2021", "ma: thu-nghiem-2021")
    many.change("dot.yaml", "nguoi_nhan: thon.csv\n", f"nguoi_nhan: thon.csv\n    danh_so: {numbering}\n{copies}")
    if taken == "by this one":
        usual(many, "lan-dau")
    run = many.rendered("som")

    ((tried, of_use),) = begun
    assert tried == len(run.letters)
    assert of_use
    assert run.letters == usual(many).letters


def test_numbers_that_do_not_come_true_are_in_no_letter(many, begun, monkeypatch, word_text):
    expected = usual(many)
    without_register(many)
    monkeypatch.setattr(Foretold, "_next_number", lambda *_: 7001)
    run = many.rendered("som")

    assert begun == [(69, 0)]
    assert run.letters == expected.letters
    assert many.files(many.folder / "som") == many.files(many.folder / "thuong")
    texts = ["\n".join(word_text((run.out / row.docx.path).read_bytes())) for row in run.letters]
    assert not any("70" in line for text in texts for line in text.splitlines() if line.startswith("Số:"))


def test_a_number_somebody_else_took_before_the_look_is_in_no_letter(many, begun, monkeypatch, word_text):
    def others_first(plan, register):
        monkeypatch.setattr(batch_run, "Numbers", Numbers)
        many.change("dot.yaml", "ma: thu-nghiem-2021", "ma: chen-ngang-2021")
        assert many.render(out="chen-ngang", only=["tinh"]).letters[0].so == 465
        return Numbers(plan, register)

    monkeypatch.setattr(batch_run, "Numbers", others_first)
    run = many.rendered("som")
    company, district, *_ = ["\n".join(word_text((run.out / row.docx.path).read_bytes())) for row in run.letters]

    assert begun == [(69, 0)]
    assert run.letters[0].so == 466
    assert "Số: 466/PCTH-KD" in company
    assert "Công văn số 466/PCTH-KD" in district


def test_letters_beyond_those_begun_early_are_tried_afterwards(many, begun, monkeypatch):
    expected = usual(many)
    without_register(many)
    monkeypatch.setattr(early_trial, "MOST", 20)
    monkeypatch.setattr(batch_run, "_HELD", 30)
    run = many.rendered("som")

    assert begun == [(24, 5)]
    assert run.letters == expected.letters


def test_what_stops_letters_is_told_as_if_all_had_been_planned_before(many, begun):
    many.change("thon.csv", "Lò Ón", "Lò ☃")
    many.change(
        "thon.csv", "400-39,400,huyện Hậu Lộc,40000,xã Thử,thôn 39", "400-39,400,huyện Hậu Lộc,40000,xã ♞,thôn 39"
    )
    with pytest.raises(CampaignError) as before:
        usual(many)
    with pytest.raises(CampaignError) as early:
        many.rendered("som")

    assert early.value.report == before.value.report
    assert begun == [(69, 12)]
    assert not (many.folder / "som").exists()
    assert not many.register.exists()


def test_a_campaign_that_cannot_be_planned_says_so_and_leaves_the_processes_free(many, crew):
    many.change("thon.md", "{{ thon }}", "{{ thon }} {{ khong_co }}")
    with pytest.raises(CampaignError) as before:
        usual(many)
    with pytest.raises(CampaignError) as early:
        many.rendered("som")

    assert early.value.report == before.value.report
    assert crew.submit(len, "xong").result(timeout=30) == 4
    assert not (many.folder / "som").exists()


def test_a_letter_that_its_number_makes_impossible_is_told_once_all_are_planned(many, begun, monkeypatch):
    def refused(*_):
        raise CampaignError(congvan.Report())
        yield

    monkeypatch.setattr(foretold, "with_numbers", refused)
    run = many.rendered("som")

    assert begun == [(0, 0)]
    assert len(run.letters) == 69


def test_a_register_that_cannot_be_read_is_told_once_all_are_planned(many, begun):
    many.register.write_text("không phải sổ", encoding="utf-8")
    with pytest.raises(congvan.CongvanError) as before:
        usual(many)
    with pytest.raises(congvan.CongvanError) as early:
        many.rendered("som")
    many.change("thon.md", "{{ thon }}", "{{ thon }} {{ khong_co }}")
    with pytest.raises(CampaignError) as unplanned:
        many.rendered("som")

    assert str(early.value) == str(before.value)
    assert "khong_co" in str(unplanned.value)
    assert begun == []


def test_a_part_of_a_campaign_is_not_begun_before_it_is_planned(many, begun):
    run = many.rendered("som", only=["thon"], limit=3)

    assert begun == []
    assert [row.cap for row in run.letters] == ["thon"] * 3
    assert run.letters == usual(many, out="phan").letters[3:6]


def test_letters_without_numbers_are_begun_early_too(many, begun):
    run = many.rendered("nhap", register=None)

    assert begun == [(69, 12)]
    assert {row.so for row in run.letters} == {None}


def test_what_an_earlier_run_made_is_not_tried_again(many, begun):
    first = many.rendered("som")
    again = many.rendered("som")

    assert len(begun) == 1
    assert again.letters == first.letters
    assert "batch-letters-kept" in {found.code for found in again.report}


def test_a_plan_that_is_whole_is_begun_before_the_register_is_asked_for_all(many, begun, crew):
    planned = congvan.plan(load_campaign(many.campaign))
    run = congvan.render(planned, many.folder / "som", many.register, formats=["docx"], executor=crew)

    assert begun == [(69, 12)]
    with Register.open(many.register) as register:
        assert register.verify().ok
    assert [row.so for row in run.letters[:1]] == [465]
