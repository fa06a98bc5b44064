"""Damaged files give a result or a refusal, never another error."""

import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvan.errors import UnreadableFileError
from congvan.recipients import read_directory
from congvan.recipients.lists.list_file import write_list
from congvan.recipients.units.placement import SUGGESTED

HEADER = "STT;Xã;Thôn;Họ và tên;Điện thoại\n"
OLD_WORKBOOK = (Path(__file__).parent / "danh-sach.xls").read_bytes()

few = settings(
    deadline=None,
    derandomize=True,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
damage = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(["cut", "change", "insert", "remove"]),
    st.binary(min_size=1, max_size=8),
)
bounded = settings(
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def damaged(data, injuries):
    for share, kind, inserted in injuries:
        at = int(share * len(data))
        match kind:
            case "cut":
                data = data[:at]
            case "change":
                data = data[:at] + inserted + data[at + len(inserted) :]
            case "insert":
                data = data[:at] + inserted + data[at:]
            case _:
                data = data[:at] + data[at + len(inserted) :]
    return data


def read(path, data):
    path.write_bytes(data)
    try:
        return read_directory(path, "thon").report
    except UnreadableFileError as error:
        return error.reason


@given(st.lists(damage, min_size=1, max_size=3), st.sampled_from(["utf-8", "utf-16", "utf-16-be", "latin-1"]))
@bounded
def test_a_damaged_text_is_read_or_refused(tmp_path, injuries, encoding):
    text = f"{HEADER}1;Da Loc;Thon 1;Lo Van Thu;0950000001\n" * 3
    data = text.encode(encoding, errors="replace")

    assert read(tmp_path / "ds.csv", damaged(data, injuries)) is not None


@given(st.lists(damage, min_size=1, max_size=3))
@few
def test_a_damaged_old_workbook_is_read_or_refused(tmp_path, injuries):
    assert read(tmp_path / "ds.xls", damaged(OLD_WORKBOOK, injuries)) is not None


@given(
    injuries=st.lists(damage, min_size=1, max_size=3),
    part=st.sampled_from([None, "content.xml", "content.xml", "META-INF/manifest.xml", "mimetype"]),
)
@few
def test_a_damaged_open_document_is_read_or_refused(tmp_path, ods, injuries, part):
    path = ods([HEADER.strip().split(";"), ["1", "Đa Lộc", "Thôn 1", "Lò Ón", "0950000001"]])
    data = path.read_bytes()
    if part:
        data = _with_damaged_part(path, tmp_path / "moi.ods", part, injuries)

    assert read(tmp_path / "ds.ods", data if part else damaged(data, injuries)) is not None


@given(st.lists(damage, min_size=1, max_size=3))
@bounded
def test_a_damaged_yaml_is_read_or_refused(tmp_path, injuries):
    text = (
        "- {xa: Đa Lộc, thon: Thôn 1, ho_ten: Lò Ón}\n- xa: Đa Lộc\n  thon: [Thôn 2]\n  ho_ten: |\n    Lê Văn Mẫu\n" * 3
    )

    assert read(tmp_path / "ds.yaml", damaged(text.encode(), injuries)) is not None


@pytest.mark.parametrize("sign", ["{", "[", "{a, "])
def test_brackets_without_end_are_refused_without_reading_on(tmp_path, sign):
    # Each level of nesting once made the next one slower to read: a hundred kilobytes took minutes.
    path = tmp_path / "ds.yaml"
    path.write_text(f"- ten: a\n- {{ten: [a, b], {sign * 100_000}", encoding="utf-8")
    steps = _counted(lambda: read(path, path.read_bytes()))

    assert steps < 3_000_000  # a function or more for each bracket would be as many as brackets times their depth


def test_a_country_of_misspelt_communes_is_compared_with_few_names(tmp_path, units_of_2021, monkeypatch):
    # Each name compared with the whole country takes a fortieth of a second: a list of another time took minutes.
    compared = []
    monkeypatch.setattr(type(units_of_2021), "near", lambda *asked: compared.append(asked) or ())
    path = tmp_path / "ds.csv"
    rows = [f"Xã Không Có {number};Thôn 1;Lò Ón" for number in range(1000)]
    path.write_text("Xã;Thôn;Họ và tên\n" + "\n".join(rows), encoding="utf-8")

    report = read_directory(path, "thon", units=units_of_2021).report

    assert len(compared) == SUGGESTED
    assert report.findings[-1].values["count"] == "950"


def test_a_file_of_yaml_that_is_no_short_list_is_refused_unread(tmp_path):
    path = tmp_path / "ds.yaml"
    path.write_bytes(b"- ten: Lo An\n" * 200_000)

    assert "YAML" in read(path, path.read_bytes())


@pytest.mark.parametrize("part", [0.0, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_an_old_workbook_cut_short_is_read_or_refused(tmp_path, part):
    assert read(tmp_path / "ds.xls", OLD_WORKBOOK[: int(part * len(OLD_WORKBOOK))]) is not None


@given(
    injuries=st.lists(damage, min_size=1, max_size=3),
    part=st.sampled_from([None, "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"]),
)
@bounded
def test_a_damaged_workbook_is_read_or_refused(tmp_path, injuries, part):
    path = tmp_path / "nguyen.xlsx"
    write_list(path, HEADER.strip().split(";"), [["1", "Đa Lộc", "Thôn 1", "Lò Ón", "0950000001"]])
    data = path.read_bytes()
    if part:
        data = _with_damaged_part(path, tmp_path / "moi.xlsx", part, injuries)

    assert read(tmp_path / "ds.xlsx", data if part else damaged(data, injuries)) is not None


@given(st.text(max_size=200), st.sampled_from(["ds.csv", "ds.yaml"]))
@bounded
def test_any_text_at_all_is_read_or_refused(tmp_path, text, name):
    assert read(tmp_path / name, text.encode("utf-8", errors="surrogatepass")) is not None


@pytest.mark.parametrize("name", ["ds.xlsx", "ds.xls", "ds.ods", "ds.csv", "ds.yaml"])
def test_an_empty_file_is_read_or_refused(tmp_path, name):
    assert read(tmp_path / name, b"") is not None


def _counted(call):
    """How many functions Python enters while ``call`` runs: a time that is the same on every machine."""
    entered = 0

    def count(_frame, event, _argument):
        nonlocal entered
        entered += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(before)
    return entered


def _with_damaged_part(source, target, part, injuries):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, damaged(data, injuries) if name == part else data)
    return target.read_bytes()
