"""A small campaign of three tiers on disk: one company letter, two district letters, six hamlet letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace
from typing import Any

import pytest

import congvan
from congvan.run.workers.pool import WorkerPool, worker_pool

FILES = {
    "don-vi.csv": """\
        ma,chu_quan,co_quan,ten_thuong,ky_hieu,dia_danh,pham_vi,so_bat_dau
        pcth,TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC,CÔNG TY ĐIỆN LỰC THANH HÓA,Công ty Điện lực Thanh Hóa,PCTH,Thanh Hóa,,465
        dlhl,CÔNG TY ĐIỆN LỰC THANH HÓA,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc,400,12
        dlbs,CÔNG TY ĐIỆN LỰC THANH HÓA,ĐIỆN LỰC BỈM SƠN,Điện lực Bỉm Sơn,ĐLBS,Bỉm Sơn,381,
        """,
    "tinh.csv": """\
        ma,ten
        ubnd,Ủy ban nhân dân tỉnh Thanh Hóa
        sct,Sở Công Thương tỉnh Thanh Hóa
        """,
    "huyen.csv": """\
        ma,ma_huyen,huyen,ten
        400-ubnd,400,huyện Hậu Lộc,Ủy ban nhân dân huyện Hậu Lộc
        400-mttq,400,huyện Hậu Lộc,Ủy ban Mặt trận Tổ quốc Việt Nam huyện Hậu Lộc
        381-ubnd,381,thị xã Bỉm Sơn,Ủy ban nhân dân thị xã Bỉm Sơn
        """,
    "thon.csv": """\
        ma,ma_huyen,huyen,ma_xa,xa,thon,loai,ho_ten,ong_ba
        16015-01,400,huyện Hậu Lộc,16015,xã Đại Lộc,thôn Y Ngô,thôn,Đinh Công Ngạn,Ông
        16015-02,400,huyện Hậu Lộc,16015,xã Đại Lộc,thôn Đại Hữu,thôn,Trịnh Thị Quế,Bà
        16015-03,400,huyện Hậu Lộc,16015,xã Đại Lộc,thôn 10,thôn,Lò Ón,Ông
        14812-01,381,thị xã Bỉm Sơn,14812,phường Bắc Sơn,khu phố 1,khu phố,Phùng Khắc Huy,Ông
        14812-02,381,thị xã Bỉm Sơn,14812,phường Bắc Sơn,khu phố 2,khu phố,Nghiêm Thị Vượng,Bà
        14812-03,381,thị xã Bỉm Sơn,14812,phường Bắc Sơn,khu phố 3,khu phố,Quách Đăng Khoa,Ông
        """,
    "tinh.md": "Kính báo kế hoạch từ {{ dot.thang_thuc_hien }}.",
    "huyen.md": "Theo Công văn số {{ truoc.tinh.so_ky_hieu }} ngày {{ truoc.tinh.ngay }}, đề nghị {{ huyen }} phối hợp.",
    "thon.md": """\
        Theo Công văn số {{ truoc.huyen.so_ky_hieu }} ngày {{ truoc.huyen.ngay }}, đề nghị {{ ong_ba }} {{ ho_ten }} thông báo
        để các hộ ở {{ thon }} biết.
        """,
    "dot.yaml": """\
        ma: thu-nghiem-2021
        ten: Thử nghiệm <ba> & cấp
        thang_thuc_hien: 2021-09
        he_thong_cap: [tinh, huyen, thon]
        chap_thuan: {so: 3197, ky_hieu: UBND-CN, ngay: 2021-03-15, co_quan: UBND tỉnh Thanh Hóa}
        don_vi: don-vi.csv
        cap:
          - cap: tinh
            don_vi: pcth
            loai: cong-van
            bo_phan: KD
            ngay: 2021-04-05
            trich_yeu: phối hợp tuyên truyền
            nguoi_nhan: tinh.csv
            mot_van_ban_cho: cap
            noi_dung: tinh.md
            noi_nhan: [Như trên, "Lưu: VT, KD"]
            ky: {quyen_han: [KT. GIÁM ĐỐC], chuc_vu: PHÓ GIÁM ĐỐC, ho_ten: Lê Văn Mẫu}
          - cap: huyen
            don_vi: theo huyen
            loai: cong-van
            ngay: 2021-06-07
            trich_yeu: phối hợp tuyên truyền
            nguoi_nhan: huyen.csv
            mot_van_ban_cho: huyen
            noi_dung: huyen.md
            noi_nhan: [Như trên, "Lưu: VT"]
            ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Cao Thị Thử}
          - cap: thon
            don_vi: theo huyen
            loai: cong-van
            ngay: 2021-06-21
            trich_yeu: thông báo kế hoạch
            nguoi_nhan: thon.csv
            mot_van_ban_cho: nguoi_nhan
            noi_dung: thon.md
            noi_nhan: [Như trên, "Lưu: VT"]
            ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Cao Thị Thử}
        """,
}


REST_OF_LETTER = (
    "{{ dia_danh }}, {{ ngay }}",
    "V/v {{ trich_yeu }}",
    "Nơi nhận: {{ noi_nhan|join('; ') }}.",
    "{{ ky.quyen_han|join(' ') }} {{ ky.chuc_vu }} {{ ky.ho_ten }}",
)
"""What a template of the office's own shows beside its issuer, number, addressee and text."""


@pytest.fixture
def rest_of_letter() -> tuple[str, ...]:
    """The paragraphs without which a template is no letter's."""
    return REST_OF_LETTER


def files_of(out: Path) -> dict[str, bytes]:
    """Every file below ``out``, by its path there."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def here() -> Iterator[Executor]:
    """This process as an executor: most tests ask what is written, not who writes it."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    """Two worker processes that make Word documents."""
    with worker_pool(2, pdf=False) as pool:
        yield pool


@pytest.fixture
def project(tmp_path: Path, here: Executor) -> SimpleNamespace:
    """The campaign's folder, with ``change(file, old, new)``, ``render(out, …)`` and ``files(out)`` of its output."""
    for name, content in FILES.items():
        (tmp_path / name).write_text(dedent(content), encoding="utf-8")

    def change(name: str, old: str, new: str) -> None:
        path = tmp_path / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def render(out: str = "out", only: Sequence[str] = (), **options: Any) -> congvan.Run:
        planned = congvan.plan(congvan.load_campaign(tmp_path / "dot.yaml"), only=only)
        given = {"register": tmp_path / "so.sqlite3", "executor": here, **options}
        return congvan.render(planned, out=tmp_path / out, **given)

    return SimpleNamespace(
        folder=tmp_path,
        campaign=tmp_path / "dot.yaml",
        register=tmp_path / "so.sqlite3",
        executor=here,
        change=change,
        render=render,
        files=files_of,
    )
