"""Live through many made-up counties by hand: `tools/simulate.py --worlds 20000 --processes 2`.

Each run is named by two numbers, its first seed and its count; a run in which a law was broken is
written into tests/simulation/failed_seeds.txt, which the tests replay for ever.
"""

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path

from zhouqiao.store.engines import temporary_folder
from zhouqiao.testing import template_server

HERE = Path(__file__).resolve().parent.parent / "tests"
FAILED = HERE / "simulation" / "failed_seeds.txt"


def lived(runs: list[tuple[int, int]]) -> tuple[list[str], Counter[str], int]:
    """Live through runs on a server of one's own; return what failed, the crashes, the commands."""
    sys.path.insert(0, str(HERE))
    live = import_module("simulation.worlds").live
    failed: list[str] = []
    crashes: Counter[str] = Counter()
    commands = 0
    with temporary_folder(fleeting=True) as folder, template_server(folder) as template:
        for first, count in runs:
            with template.fresh() as server:
                told = live(server, first, count)
            crashes += told.crashes
            commands += told.commands
            if told.wrong:
                failed.append(f"{first} {count}  # {told.wrong[0]}")
            print(f"{first}..{first + count - 1}: {len(told.wrong)} broken", flush=True)
    return failed, crashes, commands


def main() -> int:
    """Read what is asked, share it out, tell what came of it; 1 if a law was broken."""
    parser = argparse.ArgumentParser(description=__doc__, epilog="tools/simulate.py --worlds 400")
    parser.add_argument("--worlds", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=1_000, help="the first seed")
    parser.add_argument("--at-once", type=int, default=25, help="counties in one database")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    ends = range(asked.first, asked.first + asked.worlds, asked.at_once)
    runs = [(first, asked.at_once) for first in ends]
    shares = [runs[n :: asked.processes] for n in range(asked.processes)]
    with ProcessPoolExecutor(asked.processes) as pool:
        told = list(pool.map(lived, shares))
    failed = [line for one in told for line in one[0]]
    crashes = sum((one[1] for one in told), Counter())
    print(f"{asked.worlds} counties, {sum(one[2] for one in told)} commands, died {dict(crashes)}")
    if failed:
        with FAILED.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in failed)
    print("\n".join(failed) or "every law held")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
