"""Damaged files give a result or a refusal, never another error."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvan.errors import UnreadableFileError
from congvan.recipients import read_directory
from congvan.recipients.list_file import write_list

HEADER = "STT;Xã;Thôn;Họ và tên;Điện thoại\n"
OLD_WORKBOOK = (Path(__file__).parent / "danh-sach.xls").read_bytes()

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


def _with_damaged_part(source, target, part, injuries):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, damaged(data, injuries) if name == part else data)
    return target.read_bytes()
