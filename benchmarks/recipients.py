"""What a list of recipients costs to read, match with the units of the country and check: 640, 6,400 and 64,000 rows.

    python benchmarks/recipients.py [--kinds csv,xlsx,ods,sqlite,yaml] [--rows 640,6400,64000]

Each line is measured in a process of its own. Prints the seconds that passed, the processor's microseconds a row (of
this process and of the one that opens workbooks), their ratio to the shortest list, and the peak memory of both.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import count, islice
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from congvan.recipients import check_list, era_named, unit_list
from congvan.recipients.lists.list_file import write_list

TITLES = ("STT", "Tỉnh", "Huyện", "Mã xã", "Xã", "Thôn", "Họ và tên", "Ông/Bà", "Điện thoại", "Số hộ", "Ghi chú")
GIVEN_NAMES = ("An", "Bình", "Cường", "Dung", "Đức", "Giang", "Hạnh", "Khánh", "Lộc", "Mận")
ERA = "2021"
LONGEST_YAML = 6_400  # YAML is for short lists and refused beyond two megabytes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", default="csv,xlsx,ods,sqlite,yaml")
    parser.add_argument("--rows", default="640,6400,64000")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--write", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(_measure(options.measure)))
    elif options.write:
        kind, rows, folder = options.write
        print(json.dumps(_write(kind, int(rows), Path(folder))))
    else:
        _table(options.kinds.split(","), [int(rows) for rows in options.rows.split(",")])


def _table(kinds: Sequence[str], sizes: Sequence[int]) -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}; units of {ERA}, the whole country")
    print(f"{'kind':<8}{'rows':>8}{'seconds':>10}{'CPU µs/row':>12}{'ratio':>7}{'peak MB':>9}{'reader MB':>11}")
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            first = None
            for rows in sizes:
                if kind == "yaml" and rows > LONGEST_YAML:
                    continue
                # This process stays small: one that is started takes the peak of its parent for its own.
                measured = _in_a_process("--measure", _in_a_process("--write", kind, str(rows), folder))
                each = measured["processor"] / rows * 1e6
                first = first or each
                print(
                    f"{kind:<8}{rows:>8}{measured['seconds']:>10.2f}{each:>12.0f}{each / first:>7.2f}"
                    f"{measured['own']:>9.0f}{measured['reader']:>11.0f}"
                )


def _in_a_process(*words: str) -> Any:
    command = [sys.executable, __file__, *words]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def _measure(listed: str) -> dict[str, float]:
    units = unit_list(era_named(ERA) or sys.exit(f"no era {ERA}"))
    started, used = time.perf_counter(), _processor_seconds()
    checked = check_list(listed, "thon", units=units)
    seconds, processor = time.perf_counter() - started, _processor_seconds() - used
    if checked.report or not checked.recipients:
        sys.exit(f"the list is not what it should be: {checked.report}")
    own, reader = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"seconds": seconds, "processor": processor, "own": own, "reader": reader}


def _processor_seconds() -> float:
    """What this process and those it has ended have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _write(kind: str, rows: int, folder: Path) -> str:
    """A list of this kind; gives the name it is read by."""
    path = folder / f"{rows}.{kind}"
    records = islice(_hamlets(), rows)
    match kind:
        case "ods":
            _write_ods(path, records)
        case "sqlite":
            return _write_sqlite(path, records)
        case "yaml":
            lines = (
                "- " + "\n  ".join(f"{title}: {value}" for title, value in zip(TITLES, row, strict=True))
                for row in records
            )
            path.write_text("\n".join(lines), encoding="utf-8")
        case _:
            write_list(path, TITLES, records)
    return str(path)


def _hamlets() -> Iterator[tuple[str, ...]]:
    """Made-up heads of one hamlet after another in every commune of the country, and then again."""
    units = unit_list(era_named(ERA) or sys.exit(f"no era {ERA}"))
    places = [units.chain(commune) for province in units.provinces for commune in units.communes(province.ma)]
    for number in count():
        province, district, commune = places[number % len(places)]
        hamlet = f"Thôn {number // len(places) + 1}"
        person = f"Lò Văn {GIVEN_NAMES[number % 10]} {GIVEN_NAMES[number // 10 % 10]}"
        phone = f"095{number:07}"
        units_of_row = (province.ten, district.ten, commune.ma, commune.ten)
        yield (str(number + 1), *units_of_row, hamlet, person, "Ông", phone, "120", "")


def _write_ods(path: Path, rows: Iterable[Sequence[str]]) -> None:
    def row_xml(row: Sequence[str]) -> str:
        cells = (
            f'<table:table-cell office:value-type="string"><text:p>{escape(one)}</text:p></table:table-cell>'
            for one in row
        )
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    names = "urn:oasis:names:tc:opendocument:xmlns"
    head = (
        f'<office:document-content office:version="1.3" xmlns:office="{names}:office:1.0"'
        f' xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="DS">'
    )
    tail = "</table:table></office:spreadsheet></office:body></office:document-content>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind, zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", "".join([head, row_xml(TITLES), *map(row_xml, rows), tail]))


def _write_sqlite(path: Path, rows: Iterable[Sequence[str]]) -> str:
    names = ("stt", "tinh", "huyen", "ma_xa", "xa", "thon", "ho_ten", "ong_ba", "dien_thoai", "so_ho", "ghi_chu")
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"CREATE TABLE ds ({', '.join(names)})")
        database.executemany(f"INSERT INTO ds VALUES ({', '.join('?' * len(names))})", rows)
        database.commit()
    return f"sqlite:///{path.as_posix()}?query=SELECT * FROM ds"


if __name__ == "__main__":
    main()
