"""The lists shipped in ``recipients/thanh-hoa``."""

import importlib.util
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from congvan.recipients import read_directory

FOLDER = Path(__file__).parents[2] / "recipients" / "thanh-hoa"
TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}


@pytest.fixture(scope="module")
def generator():
    spec = importlib.util.spec_from_file_location("tao_mau", FOLDER / "tao_mau.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def hamlets(units_of_2021):
    return read_directory(FOLDER / "thon.csv", "thon", units=units_of_2021)


def test_the_generator_gives_the_same_bytes_again(generator):
    assert {name: (FOLDER / name).read_bytes() for name in generator.files()} == generator.files()


@pytest.mark.parametrize("tier", ["tinh", "huyen", "xa", "thon"])
def test_the_samples_have_nothing_to_find_fault_with(units_of_2021, tier):
    assert read_directory(FOLDER / f"{tier}.csv", tier, units=units_of_2021).report.findings == ()


def test_the_province_list_holds_the_bodies_of_the_source_documents(units_of_2021):
    names = [body.ten for body in read_directory(FOLDER / "tinh.csv", "tinh", units=units_of_2021)]

    assert names[0] == "Ủy ban nhân dân tỉnh Thanh Hóa"
    assert {"Sở Công Thương tỉnh Thanh Hóa", "Báo Thanh Hóa", "Đài Phát thanh và Truyền hình Thanh Hóa"} < set(names)


def test_every_district_has_its_committee_its_offices_and_its_unions(units_of_2021):
    bodies = read_directory(FOLDER / "huyen.csv", "huyen", units=units_of_2021)
    by_district = Counter(body.ma_huyen for body in bodies)

    assert list(by_district) == [district.ma for district in units_of_2021.districts("38")]
    assert set(by_district.values()) == {10, 11}
    assert sum(body.ten.startswith("Ủy ban nhân dân") for body in bodies) == 27
    assert sum("Kinh tế và Hạ tầng huyện" in body.ten for body in bodies) == 23
    assert "Ban Tuyên giáo Thị ủy Bỉm Sơn" in [body.ten for body in bodies]


def test_every_commune_has_its_committee(units_of_2021):
    bodies = read_directory(FOLDER / "xa.csv", "xa", units=units_of_2021)

    assert [body.ma_xa for body in bodies] == [commune.ma for commune in units_of_2021.communes("38")]
    assert len(bodies.recipients) == 559
    assert all(body.ten == f"Ủy ban nhân dân {body.xa}" for body in bodies)


def test_every_commune_has_hamlets_with_a_head(hamlets, units_of_2021):
    by_commune = Counter(head.ma_xa for head in hamlets)

    assert list(by_commune) == [commune.ma for commune in units_of_2021.communes("38")]
    assert 4_351 <= len(hamlets) <= 4_450
    assert all(head.ho_ten and head.ong_ba and head.chuc_danh for head in hamlets)
    assert all(re.fullmatch(rf"{head.ma_xa}-\d\d", head.ma) for head in hamlets)


def test_hamlets_are_of_the_kinds_their_communes_have(hamlets):
    kinds = {head.loai for head in hamlets if head.xa.startswith("xã")}
    urban_kinds = {head.loai for head in hamlets if head.xa.startswith(("phường", "thị trấn"))}

    assert kinds == {"thôn", "làng", "bản", "xóm"}
    assert urban_kinds == {"phố", "khu phố", "tổ dân phố", "tiểu khu"}
    assert {head.loai for head in hamlets if head.huyen == "huyện Quan Sơn" and head.xa.startswith("xã")} == {"bản"}


def test_names_have_every_tone_and_some_have_two_words(hamlets):
    signs = set(unicodedata.normalize("NFD", "".join(head.ho_ten for head in hamlets)))
    lengths = Counter(len(head.ho_ten.split()) for head in hamlets)

    assert TONES.keys() <= signs
    assert set(lengths) == {2, 3, 4}
    assert 50 < lengths[2] < 300


def test_nobody_well_known_is_borrowed_and_no_telephone_is_in_use(hamlets, generator):
    assert not {head.ho_ten for head in hamlets} & generator.NOT_TO_USE
    assert "Mai Xuân Liêm" in generator.NOT_TO_USE
    assert all((head.dien_thoai or "095").startswith("095") for head in hamlets)
