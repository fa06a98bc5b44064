"""Lists from elsewhere: another sheet or font of a file, a database, or one given beside the campaign file."""

from __future__ import annotations

import socket
import sqlite3
import struct
import threading
from contextlib import closing, suppress
from types import SimpleNamespace

import pytest
import xlsxwriter

from congvan.campaign import list_fields, load_campaign
from congvan.errors import CampaignError
from congvan.findings import Place
from congvan.recipients import ListFile, Sheet, SheetRow

HAMLETS = [
    ("ma", "ma_huyen", "huyen", "xa", "thon", "ong_ba", "ho_ten"),
    ("m1", "400", "Huyện Hậu Lộc", "Xã Đa Lộc", "Thôn 1", "Bà", "Lò Ón"),
]
SECRET = "bi-mat-123"


class Staff:
    name = "nhân sự"

    def sheets(self):
        return [
            Sheet(Place(file=self.name), [SheetRow(Place(file=self.name), row) for row in HAMLETS], has_titles=True)
        ]


@pytest.fixture
def database(folder):
    """An SQLite file beside the campaign; gives an address relative to it."""
    with closing(sqlite3.connect(folder.path / "nhan-su.db")) as connection:
        connection.execute(f"CREATE TABLE ds ({', '.join(HAMLETS[0])})")
        connection.execute(f"INSERT INTO ds VALUES ({', '.join('?' * 7)})", HAMLETS[1])
        connection.commit()
    return "sqlite:///nhan-su.db?query=SELECT * FROM ds WHERE thon <> ''"


def heads(campaign):
    return [recipient.ho_ten for recipient in campaign.cap[-1].nguoi_nhan]


def codes(call, *given, **named):
    with pytest.raises(CampaignError) as refused:
        call(*given, **named)
    assert SECRET not in str(refused.value)
    return [(found.code, found.place.line) for found in refused.value.report.errors]


def test_a_tier_may_name_a_query_in_the_place_of_a_file(folder, database):
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", f'nguoi_nhan: "{database}"')

    assert heads(folder.load()) == ["Lò Ón"]


def test_a_query_may_be_written_over_several_lines(folder, database):
    folder.change(
        "dot.yaml",
        "nguoi_nhan: thon.csv",
        "nguoi_nhan: >-\n      sqlite:///nhan-su.db?query=\n      SELECT *\n      FROM ds",
    )

    assert heads(folder.load()) == ["Lò Ón"]


def test_what_is_wrong_with_a_query_stands_at_the_key_that_names_it(folder, database):
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", f'nguoi_nhan: "{database.replace("FROM ds", "FROM dss")}"')

    assert codes(folder.load) == [("recipients-query-failed", 34)]


def test_a_password_is_in_no_finding(folder):
    address = f"postgresql://vanthu:{SECRET}@127.0.0.1:1/ns?query=SELECT 1 AS ten"
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", f'nguoi_nhan: "{address}"')
    assert codes(folder.load) == [("recipients-database-not-allowed", 34)]
    assert codes(folder.load, allow_databases=["127.0.0.1"]) == [("recipients-database-unreachable", 34)]

    folder.change("dot.yaml", f"vanthu:{SECRET}@127.0.0.1:1/ns", f"vanthu:{SECRET}@:abc/ns")
    assert codes(folder.load) == [("recipients-address-impossible", 34)]


@pytest.fixture
def server():
    """A server on this computer that asks for the password in clear text; gives its port and what it was sent."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        listening.settimeout(10)
        sent: list[bytes] = []
        thread = threading.Thread(target=ask_for_the_password, args=(listening, sent), daemon=True)
        thread.start()
        yield SimpleNamespace(port=listening.getsockname()[1], sent=sent, thread=thread)
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def ask_for_the_password(listening, sent):
    with suppress(OSError), listening.accept()[0] as client:
        while (head := client.recv(8)) and int.from_bytes(head[4:]) in {80877103, 80877104}:  # for TLS or GSS
            client.sendall(b"N")
        sent.append(head + client.recv(1000))
        client.sendall(b"R" + struct.pack("!II", 8, 3))
        sent.append(client.recv(1000))


def test_a_server_that_a_campaign_file_names_is_not_asked_without_leave(folder, server, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", SECRET)
    address = f"postgresql://vanthu@127.0.0.1:{server.port}/ns?query=SELECT 1 AS ten"
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", f'nguoi_nhan: "{address}"')

    assert codes(folder.load) == [("recipients-database-not-allowed", 34)]
    assert codes(folder.load, allow_databases=["may-chu", "./127.0.0.1"]) == [("recipients-database-not-allowed", 34)]
    assert server.sent == []


def test_a_server_that_wants_the_password_in_clear_text_gets_none(folder, server, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", SECRET)
    address = f"postgresql://vanthu@127.0.0.1:{server.port}/ns?query=SELECT 1 AS ten"
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", f'nguoi_nhan: "{address}"')

    assert codes(folder.load, allow_databases=["127.0.0.1"]) == [("recipients-database-unreachable", 34)]
    server.thread.join()
    assert b"vanthu" in server.sent[0]
    assert server.sent[1] == b""


def test_the_finding_says_who_is_asked_for_and_what_to_do(folder):
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", 'nguoi_nhan: "postgresql://may-la.vn/ns?query=SELECT 1 AS ten"')
    (found,) = folder.refusals()

    assert "postgresql://may-la.vn/ns" in found.message
    assert '--allow-database "may-la.vn"' in found.hint


def test_an_sqlite_file_outside_the_folder_of_the_campaign_needs_leave(folder, database, tmp_path):
    inner = tmp_path / "dot"
    inner.mkdir()
    for path in [path for path in tmp_path.iterdir() if path.is_file() and path.suffix != ".db"]:
        path.rename(inner / path.name)
    campaign = type(folder)(inner)
    campaign.change("dot.yaml", "nguoi_nhan: thon.csv", f'nguoi_nhan: "{database.replace("///", "///../")}"')

    assert codes(campaign.load) == [("recipients-database-not-allowed", 34)]
    for allowed in (tmp_path / "nhan-su.db", tmp_path):
        assert heads(load_campaign(inner / "dot.yaml", allow_databases=[str(allowed)])) == ["Lò Ón"]


def test_a_sheet_of_a_workbook_is_named_by_trang_tinh(folder):
    with xlsxwriter.Workbook(folder.path / "thon.xlsx") as book:
        book.add_worksheet("Cũ").write_row(0, 0, ["Xã", "Thôn", "Họ tên"])
        sheet = book.add_worksheet("Mới")
        for number, row in enumerate(HAMLETS):
            sheet.write_row(number, 0, row)
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", "nguoi_nhan: thon.xlsx\n    trang_tinh: Mới")
    assert heads(folder.load()) == ["Lò Ón"]

    folder.change("dot.yaml", "trang_tinh: Mới", "trang_tinh: Moi")
    assert codes(folder.load) == [("campaign-file-unreadable", 34)]


def test_the_old_font_of_a_list_is_named_by_bang_ma(folder):
    folder.write("thon.csv", "ma_huyen;huyen;xa;thon;ong_ba;ho_ten\n400;HuyÖn HËu Léc;§a Léc;Th«n 1;Bµ;Lß An\n")
    assert "recipients-text-tcvn3" in dict(codes(folder.load))

    folder.change("dot.yaml", "nguoi_nhan: thon.csv", "nguoi_nhan: thon.csv\n    bang_ma: tcvn3")
    assert heads(folder.load()) == ["Lò An"]

    folder.change("dot.yaml", "bang_ma: tcvn3", "bang_ma: abc")
    assert codes(folder.load) == [("campaign-value-not-choice", 35)]


def test_sheet_and_font_are_refused_where_the_list_is_no_file(folder, database):
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", f'nguoi_nhan: "{database}"\n    bang_ma: vni')

    assert codes(folder.load) == [("recipients-choice-of-files", 34)]


def test_a_list_given_beside_the_file_takes_the_place_of_the_one_it_names(folder, database):
    (folder.path / "thon.csv").unlink()
    address = database.replace("sqlite:///", f"sqlite:///{folder.path.as_posix()}/")
    folder.write("khac.csv", "\n".join(",".join(row) for row in HAMLETS))
    path = folder.path / "dot.yaml"

    for listed in (Staff(), address, str(folder.path / "khac.csv"), ListFile(folder.path / "khac.csv")):
        assert heads(load_campaign(path, recipients={"thon": listed})) == ["Lò Ón"]


def test_a_campaign_of_one_tier_needs_no_name_for_it(folder):
    text = (folder.path / "dot.yaml").read_text(encoding="utf-8")
    one = text[: text.index("  - cap: huyen")].replace("[tinh, huyen, thon]", "[tinh]")
    folder.write("mot.yaml", one)
    folder.write("so.csv", "ten\nSở Tài chính\n")

    campaign = load_campaign(folder.path / "mot.yaml", recipients=folder.path / "so.csv")

    assert [recipient.ten for recipient in campaign.cap[0].nguoi_nhan] == ["Sở Tài chính"]
    assert codes(load_campaign, folder.path / "dot.yaml", recipients=folder.path / "so.csv") == [
        ("campaign-list-of-which-tier", 1)
    ]


def test_a_list_for_a_tier_there_is_not_is_refused(folder):
    assert codes(load_campaign, folder.path / "dot.yaml", recipients={"xa": "x.csv"}) == [
        ("campaign-list-of-no-tier", 1)
    ]


def test_what_a_list_must_give_is_known_before_there_is_one(folder):
    for name in ("tinh.csv", "huyen.csv", "thon.csv"):
        (folder.path / name).unlink()
    folder.change("dot.yaml", "cap:\n  - cap: tinh", "du_lieu: {gia: 5}\ncap:\n  - cap: tinh")
    folder.add("thon.md", "{{ gia }} {{ so_ho }} {{ ma_tram|default('') }} {{ so_ky_hieu }}\n")
    folder.write("mau.docx", "")
    province, districts, hamlets = list_fields(folder.path / "dot.yaml")

    assert province.fields == {"nhom"}
    assert districts.fields == {"huyen", "nhom"}
    assert hamlets.fields == {"ong_ba", "ho_ten", "chuc_danh", "xa", "huyen", "so_ho", "ma_tram"}
    assert [one.cap for one in list_fields(folder.path / "dot.yaml", ["thon"])] == ["thon"]


def test_the_columns_of_a_campaign_with_a_mistake_are_not_guessed(folder):
    folder.change("dot.yaml", "trich_yeu: phối hợp tuyên truyền\n", "trich_yue: phối hợp\n")

    assert ("campaign-key-unknown", 13) in codes(list_fields, folder.path / "dot.yaml")
    assert codes(list_fields, folder.path / "thon.csv")
