"""Many boats in one process, speaking MQTT 3.1.1 as plainly as can be.

`python -m benchmarks.boats HOST PORT USER` reads JSON from standard input (`{"password", "keys":
{unit: key}, "cell", "count", "start"}`), publishes `count` positions with QoS 0 as fast as the
line takes them, and prints how many seconds that took.
"""

import json
import socket
import sys
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any


def main(host: str, port: int, user: str, told: dict[str, Any]) -> None:
    """Connect, publish, disconnect."""
    with socket.create_connection((host, port)) as line:
        line.sendall(_connect(user, told["password"]))
        if line.recv(4)[3:] != b"\x00":
            raise SystemExit("the broker turned us away")
        packets = b"".join(_positions(told))
        begun = perf_counter()
        line.sendall(packets)
        line.sendall(b"\xe0\x00")
        line.settimeout(60)
        line.recv(1)  # closed by the broker once it has read all
        sys.stdout.write(json.dumps({"seconds": perf_counter() - begun}) + "\n")


def _positions(told: dict[str, Any]) -> list[bytes]:
    start = datetime.fromisoformat(told["start"]).astimezone(UTC)
    units = list(told["keys"].items())
    found = []
    for n in range(told["count"]):
        unit, key = units[n % len(units)]
        body = {
            "key": key, "lon": 121.5 + n % 997 / 2000, "lat": 28.4 + n % 541 / 2000,
            "accuracy": 8, "happened_at": (start + timedelta(milliseconds=n)).isoformat(),
            "speed_kmh": 18.5, "course": n % 360,
        }  # fmt: skip
        topic = f"devices/{told['cell']}/{unit}/position".encode()
        found.append(_packet(0x30, _text(topic) + json.dumps(body).encode()))
    return found


def _connect(user: str, password: str) -> bytes:
    head = _text(b"MQTT") + bytes([4, 0xC2, 0, 60])
    return _packet(0x10, head + _text(b"bench") + _text(user.encode()) + _text(password.encode()))


def _text(text: bytes) -> bytes:
    return len(text).to_bytes(2, "big") + text


def _packet(kind: int, body: bytes) -> bytes:
    size, left = bytearray(), len(body)
    while True:
        left, low = divmod(left, 128)
        size.append(low | (0x80 if left else 0))
        if not left:
            return bytes([kind]) + bytes(size) + body


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], json.loads(sys.stdin.read()))
