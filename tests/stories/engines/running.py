"""A whole node in processes of its own, as `zhouqiao run --demo` starts it."""

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import kill
from pathlib import Path
from signal import SIGKILL


@dataclass
class Running:
    """A node of its own, and the processes it last said it had started."""

    folder: Path
    port: int
    pids: dict[str, int] = field(default_factory=dict)
    up: threading.Event = field(default_factory=threading.Event)
    said: list[str] = field(default_factory=list)
    dead: set[int] = field(default_factory=set)

    @property
    def environment(self) -> dict[str, str]:
        """What a terminal beside the node has set."""
        return {
            "PATH": "/usr/bin:/bin", "HOME": str(self.folder), "PYTHONUTF8": "1",
            "ZHOUQIAO_FOLDER": str(self.folder / "node"), "ZHOUQIAO_PORT": str(self.port),
        }  # fmt: skip

    def command(self, *line: str) -> list[str]:
        """Return what one types there."""
        return [sys.executable, "-m", "zhouqiao", *line]

    def listen(self, lines: Iterator[str]) -> None:
        """Follow what the supervisor prints."""
        for line in lines:
            self.said.append(line)
            started = re.match(r"(\w+) *\| started as process (\d+)", line)
            if started:
                self.pids[started[1]] = int(started[2])
            if str(self.port) in line and line.startswith("web"):
                self.up.set()

    def kill(self, name: str) -> None:
        """Kill a member as the machine would, once it has come back from the last time."""
        self.wait_for(name)
        self.dead.add(self.pids[name])
        kill(self.pids[name], SIGKILL)

    def wait_for(self, *names: str) -> None:
        """Wait until members killed have been started again."""
        while any(self.pids.get(name) in {None, *self.dead} for name in names):
            threading.Event().wait(0.05)


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Run a whole node with its made-up county; stop it at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    node = Running(folder, port)
    child = subprocess.Popen(
        node.command("run", "--demo"), stdout=subprocess.PIPE, text=True,
        stderr=subprocess.STDOUT, env=node.environment,
    )  # fmt: skip
    assert child.stdout is not None
    ears = threading.Thread(target=node.listen, args=(child.stdout,), daemon=True)
    ears.start()
    try:
        assert node.up.wait(120), "".join(node.said)
        yield node
    finally:
        child.terminate()
        child.wait(30)
        ears.join(5)
        child.stdout.close()
