"""Many boats in one process, each on a line of its own, speaking MQTT 3.1.1 as plainly as can be.

`python -m benchmarks.boats HOST PORT` reads JSON from standard input (`{"keys": {unit: key},
"cell", "count", "start"}`; with `"as": [user, password]` all sign in so), signs every boat in,
publishes `count` positions with QoS 0 as fast as the lines take them, and prints how many seconds
either took.
"""

import json
import socket
import sys
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

AT_ONCE = 10  # positions a boat says in one breath


def main(host: str, port: int, told: dict[str, Any]) -> None:
    """Connect, publish, disconnect."""
    begun = perf_counter()
    lines = {unit: signed_in(host, port, unit, told) for unit in told["keys"]}
    all_in = perf_counter() - begun
    packets = _positions(told)
    begun = perf_counter()
    for unit, burst in packets:
        lines[unit].sendall(burst)
    for line in lines.values():
        line.sendall(b"\xe0\x00")
        line.settimeout(60)
        line.recv(1)  # closed by the broker once it has read all
        line.close()
    took = {"seconds": perf_counter() - begun, "signed_in": all_in}
    sys.stdout.write(json.dumps(took) + "\n")


def signed_in(host: str, port: int, unit: str, told: dict[str, Any]) -> socket.socket:
    """Return a boat's line, once the broker has let it in."""
    line = socket.create_connection((host, port))
    own = (f"{told['cell']}/{unit}", told["keys"][unit])
    user, password = told.get("as") or own
    line.sendall(_connect(unit, user, password))
    if line.recv(4, socket.MSG_WAITALL)[3:] != b"\x00":
        raise SystemExit("the broker turned us away")
    return line


def _positions(told: dict[str, Any]) -> list[tuple[str, bytes]]:
    """Return what each boat says in turn, a few positions at once."""
    start = datetime.fromisoformat(told["start"]).astimezone(UTC)
    units = list(told["keys"])
    bursts: dict[tuple[int, str], list[bytes]] = {}
    for n in range(told["count"]):
        unit = units[n % len(units)]
        body = {
            "key": told["keys"][unit], "lon": 121.5 + n % 997 / 2000, "lat": 28.4 + n % 541 / 2000,
            "accuracy": 8, "happened_at": (start + timedelta(milliseconds=n)).isoformat(),
            "speed_kmh": 18.5, "course": n % 360,
        }  # fmt: skip
        topic = f"devices/{told['cell']}/{unit}/position".encode()
        said = _packet(0x30, _text(topic) + json.dumps(body).encode())
        bursts.setdefault((n // (len(units) * AT_ONCE), unit), []).append(said)
    return [(unit, b"".join(burst)) for (_, unit), burst in sorted(bursts.items())]


def _connect(client: str, user: str, password: str) -> bytes:
    head = _text(b"MQTT") + bytes([4, 0xC2, 0, 60])
    return _packet(0x10, head + b"".join(_text(it.encode()) for it in (client, user, password)))


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
    main(sys.argv[1], int(sys.argv[2]), json.loads(sys.stdin.read()))
