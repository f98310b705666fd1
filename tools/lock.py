"""Resolve pyproject.toml into requirements.lock and requirements-dev.lock (`make lock`).

Everything is pinned, with the hash of every file that pip would take on the targets below. What is
locked already stays as it is unless `--upgrade` is given.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN, DEV = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
PYTHONS = ("3.11", "3.12", "3.13")
MACHINES = ("x86_64", "aarch64")
GLIBC = (5, 12, 17, 24, 26, 27, 28, 31, 34, 35, 36)  # manylinux tags up to Debian 12's own

Pins = dict[tuple[str, str], set[str]]


def main() -> int:
    """Write both locks; return 0."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    dev = project["project"]["optional-dependencies"]["dev"]
    kept = [] if "--upgrade" in sys.argv else _versions((RUN, DEV))
    run: Pins = {}
    both: Pins = {}
    for python in PYTHONS:
        for machine in MACHINES:
            _resolve(run, wanted, kept, python, machine)
            _resolve(both, [*wanted, *dev], kept, python, machine)
    _write(RUN, "What Zhouqiao runs on", run)
    _write(DEV, "What its tests need besides", {k: v for k, v in both.items() if k not in run})
    return 0


def _resolve(pins: Pins, wanted: list[str], kept: list[str], python: str, machine: str) -> None:
    """Add what pip would take on one target, agreeing with the targets before it."""
    with tempfile.TemporaryDirectory() as folder:
        report, constraints = Path(folder) / "report", Path(folder) / "constraints"
        agreed = [*kept, *(f"{name}=={version}" for name, version in pins)]
        constraints.write_text("\n".join(agreed), encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed"]
        options = [f"--report={report}", f"--constraint={constraints}", "--only-binary=:all:"]
        options += [f"--target={folder}"]  # some pips want one even for a dry run
        target = [f"--python-version={python}", f"--platform=manylinux2014_{machine}"]
        target += [f"--platform=manylinux_2_{n}_{machine}" for n in GLIBC]
        done = subprocess.run(  # noqa: S603  argv is ours
            [*pip, *options, *target, *wanted], check=False, capture_output=True, text=True
        )
        if done.returncode != 0:
            why = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
            print(f"  Python {python} on {machine}: left out\n    {why[-1] if why else '?'}")
            return
        found = json.loads(report.read_bytes())["install"]
    print(f"  Python {python} on {machine}: {len(found)} packages")
    for it in found:
        name = it["metadata"]["name"].lower().replace("_", "-")
        key = (name, it["metadata"]["version"])
        pins.setdefault(key, set()).add(it["download_info"]["archive_info"]["hashes"]["sha256"])


def _versions(locks: Iterable[Path]) -> list[str]:
    lines = [line for lock in locks if lock.exists() for line in lock.read_text().splitlines()]
    return [line.split()[0] for line in lines if "==" in line]


def _write(path: Path, title: str, pins: Pins) -> None:
    lines = [f"# {title}. Made by `make lock`; do not edit."]
    for (name, version), hashes in sorted(pins.items()):
        marks = [f"    --hash=sha256:{mark}" for mark in sorted(hashes)]
        lines.append(" \\\n".join([f"{name}=={version}", *marks]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(pins)} packages")


if __name__ == "__main__":
    sys.exit(main())
