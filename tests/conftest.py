"""What tests share: a valid letter and one that differs in a single part, and a PostgreSQL server of their own."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from congvan.letter import KINDS, Letter

A_LETTER: dict[str, Any] = {
    "chu_quan": "TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC",
    "co_quan": "CÔNG TY ĐIỆN LỰC THANH HÓA",
    "so": 465,
    "ky_hieu": "PCTH-KD",
    "dia_danh": "Thanh Hóa",
    "ngay": "2021-04-05",
    "loai": "cong-van",
    "trich_yeu": "phối hợp tuyên truyền thanh toán tiền điện không dùng tiền mặt",
    "kinh_gui": ["UBND tỉnh Thanh Hóa"],
    "noi_dung": "Công ty Điện lực Thanh Hóa trân trọng đề nghị quý cơ quan phối hợp.",
    "noi_nhan": ["Như trên", "Lưu: VT, KD"],
    "ky": {"quyen_han": ["KT. GIÁM ĐỐC"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
}


@pytest.fixture(autouse=True)
def settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of settings of the test's own, so that no test writes the user's, nor depends on them."""
    folder = tmp_path_factory.mktemp("settings")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    return folder


@pytest.fixture
def letter() -> Callable[..., Letter]:
    """A valid letter, except for the parts given; the symbol is one of its kind."""

    def make(**parts: Any) -> Letter:
        kind = KINDS.get(parts.get("loai", "cong-van"))
        symbol = {"ky_hieu": f"{kind.ky_hieu}-PCTH"} if kind and kind.ky_hieu else {}
        return Letter(**{**A_LETTER, **symbol, **parts})

    return make


@pytest.fixture
def word_text() -> Callable[[bytes], list[str]]:
    """The paragraphs of a .docx as python-docx reads them, tables in their place, empty ones left out."""

    def read(docx: bytes) -> list[str]:
        from docx import Document

        body = Document(io.BytesIO(docx)).element.body
        paragraphs = ("".join(_text(node)) for node in body.iter(f"{{{body.nsmap['w']}}}p"))
        return [text for text in paragraphs if text.strip()]

    def _text(paragraph: Any) -> list[str]:
        wanted = {"t": lambda node: node.text or "", "br": lambda _: "\n"}
        return [wanted[name](node) for node in paragraph.iter() if (name := node.tag.rpartition("}")[2]) in wanted]

    return read


@pytest.fixture
def part() -> Callable[[bytes, str], str]:
    """One part of a .docx as text."""

    def read(docx: bytes, name: str) -> str:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            return archive.read(name).decode("utf-8")

    return read


@pytest.fixture
def docx_with() -> Callable[..., bytes]:
    """A small .docx with the given paragraphs, for templates of a user's own."""

    def make(*paragraphs: str, header: str = "", title: str = "") -> bytes:
        from docx import Document

        document = Document()
        document.styles["Normal"].font.name = "Times New Roman"
        for text in paragraphs:
            document.add_paragraph(text)
        if header:
            document.sections[0].header.paragraphs[0].text = header
        document.core_properties.title = title
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()

    return make


def folded(text: str) -> str:
    """White space folded, as a reader sees a line."""
    return re.sub(r"\s+", " ", text).strip()


_NUMBERS = count()


def _server_programs() -> Path | None:
    """The folder of the newest server programs on this machine; Debian keeps them off the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    return folders[-1] if folders else Path(found).resolve().parent if found else None


class PostgresqlServer:
    """One server with an empty database; ``url`` is where it is."""

    def __init__(self, bin_folder: Path, folder: Path) -> None:
        self._bin, self._folder = bin_folder, folder
        # The server refuses to run as the superuser.
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
            folder.chmod(0o700)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._run("initdb", "--pgdata", self._data, "--username=vanthu", "--auth=trust", "--encoding=UTF8", "--no-sync")

    @property
    def url(self) -> str:
        return f"postgresql://vanthu@127.0.0.1:{self.port}/postgres"

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def start(self) -> None:
        options = f"-p {self.port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
        self._run(
            "pg_ctl", "start", "--wait", "--pgdata", self._data, "--log", f"{self._folder}/log", "--options", options
        )

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "--pgdata", self._data, "--mode", "immediate")

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [str(self._bin / program), *words],
            check=True,
            user=self._user,
            cwd=self._folder,
            env={**os.environ, "LC_ALL": "C"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """A PostgreSQL server of the tests' own."""
    if sys.platform == "win32":
        pytest.skip("the tests start PostgreSQL as Debian packages it")
    bin_folder = _server_programs()
    if bin_folder is None:
        pytest.skip("no PostgreSQL server on this machine: apt-get install postgresql")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("no PostgreSQL driver: pip install congvan[postgresql]")
    with tempfile.TemporaryDirectory() as folder:
        started = PostgresqlServer(bin_folder, Path(folder))
        started.start()
        yield started
        started.stop()


@pytest.fixture
def postgresql_url(postgresql_server: PostgresqlServer) -> str:
    """An empty database of that server."""
    import psycopg

    name = f"db_{next(_NUMBERS)}"
    with closing(psycopg.connect(postgresql_server.url, autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgresql_server.url.removesuffix("postgres") + name
