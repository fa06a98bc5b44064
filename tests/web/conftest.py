import asyncio
import sys
from pathlib import Path

import httpx
import pytest

from congvan.web import Settings, create_app

sys.path.insert(0, str(Path(__file__).parent))  # made_up

TOKEN = "a-token-of-made-up-characters"


@pytest.fixture
def settings():
    return Settings(token=TOKEN)


@pytest.fixture
def ask(settings):
    return Service(settings)


@pytest.fixture
def service():
    return Service


class Service:
    """Asks an application with its token, alone or several times at once."""

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings)

    def __call__(self, method, path, *, token=TOKEN, headers=None, host="127.0.0.1:8030", **what):
        given = {**({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}

        async def asked():
            async with self._client(host) as client:
                return await client.request(method, path, headers=given, **what)

        return asyncio.run(asked())

    def together(self, requests):
        async def asked():
            async with self._client("127.0.0.1:8030") as client:
                headers = {"Authorization": f"Bearer {TOKEN}"}
                calls = [client.request(method, path, json=body, headers=headers) for method, path, body in requests]
                return await asyncio.gather(*calls)

        return asyncio.run(asked())

    def _client(self, host):
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=f"http://{host}", timeout=60)


@pytest.fixture
def letter():
    return {
        "co_quan": "ĐIỆN LỰC MẪU",
        "so": 18,
        "ky_hieu": "ĐLM-KD",
        "dia_danh": "Mẫu",
        "ngay": "06/4/2026",
        "loai": "cong-van",
        "trich_yeu": "phối hợp tuyên truyền",
        "kinh_gui": ["UBND xã Mẫu"],
        "noi_dung": "Điện lực Mẫu đề nghị phối hợp.",
        "noi_nhan": ["Như trên", "Lưu: VT"],
        "ky": {"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
    }
