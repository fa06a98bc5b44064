"""2,000 requests by 16 clients against a service of its own on 127.0.0.1, then 40 letters a second for 20 seconds.

Run: ``python -m benchmarks.service.load [--requests 2000] [--clients 16] [--rate 40] [--seconds 20]``

Each honest letter has words of its own, and its PDF is looked into for those words and for anybody else's. A hostile
request is refused in the form the service promises, or is too large, slow to send, or cut off in the middle. Memory is
that of the service with its worker processes.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx
import psutil
import pypdf

TOKEN = "a-token-for-the-measurement"
HOSTILE_SHARE = 0.3
_SECONDS_TO_START = 30


def letter(number: int) -> dict[str, object]:
    """A letter of one page with a number that no other has."""
    return {
        "co_quan": "ĐIỆN LỰC MẪU",
        "so": number,
        "ky_hieu": "ĐLM-KD",
        "dia_danh": "Mẫu",
        "ngay": "06/4/2026",
        "loai": "cong-van",
        "trich_yeu": "phối hợp tuyên truyền",
        "kinh_gui": [f"UBND xã Số{number:06}"],
        "noi_dung": "Điện lực Mẫu đề nghị phối hợp.\n\n1. Từ tháng 4.\n\n2. Xong trước tháng 5.\n\nTrân trọng.",
        "noi_nhan": ["Như trên", "Lưu: VT"],
        "ky": {"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
    }


HOSTILE: tuple[tuple[str, dict[str, object], set[int]], ...] = (
    ("no token", {"headers": {"Authorization": ""}, "json": letter(1)}, {401}),
    ("another host", {"headers": {"Host": "evil.example"}, "json": letter(1)}, {421}),
    ("no JSON", {"content": b'{"co_quan":' + b"[" * 5000, "headers": {"Content-Type": "application/json"}}, {400, 422}),
    ("part unknown", {"json": {**letter(1), "nope": "x"}}, {422}),
    ("part of another type", {"json": {**letter(1), "ngay": {"a": []}}}, {422}),
    (
        "template code",
        {"json": {**letter(1), "noi_dung": "{{ ''.__class__.__mro__ }} {% for i in range(10**9) %}"}},
        {200, 422},
    ),
    ("control characters", {"json": {**letter(1), "trich_yeu": "a\x00b\x1b[2J"}}, {200, 422}),
    ("too large", {"content": b"x" * (3 * 1024**2)}, {413}),
    ("long body", {"json": {**letter(1), "noi_dung": "chữ " * 20_000}}, {200, 422, 503, 504}),
)


@dataclass
class Tally:
    """What the clients saw."""

    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)


async def honest(client: httpx.AsyncClient, number: int, tally: Tally) -> None:
    """One letter, tried again while the queue is full, as a client is told to."""
    while True:
        begun = time.perf_counter()
        answer = await client.post("/api/letters", json=letter(number))
        if answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
            break
        tally.answers["asked to wait"] += 1
        await asyncio.sleep(float(answer.headers["Retry-After"]) * random.uniform(0.5, 1))
    tally.times.append(time.perf_counter() - begun)
    tally.answers[f"letter {answer.status_code}"] += 1
    if answer.status_code != HTTPStatus.OK:
        tally.wrong.append(f"letter {number}: {answer.text[:200]}")
        return
    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    own = text.count(f"Số{number:06}")
    if not own or text.count("xã Số") != own:
        tally.wrong.append(f"letter {number} holds something else: {text[:200]}")


async def hostile(client: httpx.AsyncClient, number: int, tally: Tally) -> None:
    """One request that an attacker would send."""
    name, what, expected = HOSTILE[number % len(HOSTILE)]
    try:
        answer = await client.post("/api/letters", **what)  # type: ignore[arg-type]
    except httpx.HTTPError as error:  # the connection may be closed on a body that is too large
        tally.answers[f"{name}: {type(error).__name__}"] += 1
        if name != "too large":
            tally.wrong.append(f"{name}: {error!r}")
        return
    tally.answers[f"{name}: {answer.status_code}"] += 1
    if answer.status_code not in expected:
        tally.wrong.append(f"{name}: {answer.status_code} {answer.text[:200]}")
    elif answer.status_code >= HTTPStatus.BAD_REQUEST and not {"code", "message", "hint"} <= set(answer.json()):
        tally.wrong.append(f"{name}: refused in another form")


async def mixed(address: str, requests: int, clients: int, tally: Tally, service: psutil.Process) -> None:
    """All requests, shared by the clients."""
    waiting = iter(range(1, requests + 1))
    chance = random.Random(7)

    async def client_at_work() -> None:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=120) as client:
            for number in waiting:
                act = hostile if chance.random() < HOSTILE_SHARE else honest
                await act(client, number, tally)
                if number % 100 == 0:
                    tally.memory.append(memory_of(service))

    await asyncio.gather(*(client_at_work() for _ in range(clients)))


async def offered(address: str, rate: float, seconds: float, tally: Tally) -> None:
    """Letters sent at their times, whether or not those before are answered."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60, limits=limits) as client:
        begun = time.perf_counter()
        tasks = []
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0, begun + number / rate - time.perf_counter()))
            tasks.append(asyncio.create_task(one_offered(client, 900_000 + number, tally)))
        await asyncio.gather(*tasks)


async def one_offered(client: httpx.AsyncClient, number: int, tally: Tally) -> None:
    """One letter, timed; a refusal is counted."""
    begun = time.perf_counter()
    answer = await client.post("/api/letters", json=letter(number))
    tally.answers[f"offered {answer.status_code}"] += 1
    if answer.status_code == HTTPStatus.OK:
        tally.times.append(time.perf_counter() - begun)


def memory_of(service: psutil.Process) -> int:
    """Bytes of the service and its worker processes that no other process shares."""
    total = 0
    for process in (service, *service.children(recursive=True)):
        try:
            total += process.memory_full_info().uss
        except psutil.Error:
            continue
    return total


def started() -> tuple[subprocess.Popen[str], str]:
    """A service of its own on a free port, and its address."""
    command = [sys.executable, "-m", "congvan", "--lang", "en", "serve", "--service", "--port", "0"]
    limits = ["--token", TOKEN, "--max-mb", "2", "--seconds", "30"]
    service = subprocess.Popen([*command, *limits], stdout=subprocess.PIPE, text=True)
    assert service.stdout
    address = service.stdout.readline().split()[-1].removesuffix("/openapi.json")
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        try:
            httpx.get(f"{address}/alive")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return service, address
    raise TimeoutError(address)


def shown(times: list[float]) -> dict[str, float]:
    """Percentiles in milliseconds."""
    cuts = statistics.quantiles(times, n=100)
    return {"p50": round(cuts[49] * 1000), "p95": round(cuts[94] * 1000), "p99": round(cuts[98] * 1000)}


def main() -> None:
    parser = argparse.ArgumentParser()
    for name, usual in (("requests", 2000), ("clients", 16), ("rate", 40), ("seconds", 20)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    service, address = started()
    try:
        process = psutil.Process(service.pid)
        mix, rate = Tally(), Tally()
        asyncio.run(offered(address, 5, 4, Tally()))  # what is loaded with the first letters
        begun = time.perf_counter()
        asyncio.run(mixed(address, asked.requests, asked.clients, mix, process))
        took = time.perf_counter() - begun
        asyncio.run(offered(address, asked.rate, asked.seconds, rate))
    finally:
        service.terminate()
        service.wait(10)
    result = {
        "mixed": {
            "seconds": round(took, 1),
            "answers": dict(sorted(mix.answers.items())),
            "wrong": mix.wrong[:10],
            "letters_ms": shown(mix.times),
            "memory_mb": [round(one / 1024**2) for one in mix.memory],
        },
        "offered": {"rate": asked.rate, "answers": dict(rate.answers), "ms": shown(rate.times)},
    }
    print(json.dumps(result, ensure_ascii=False, indent=2))
    sys.exit(bool(mix.wrong))


if __name__ == "__main__":
    main()
