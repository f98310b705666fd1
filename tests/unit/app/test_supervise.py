"""The supervisor: order, restarts, the end; with real processes that live for moments."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from zhouqiao.app.supervise import ChildKeepsDying, Program, Supervisor
from zhouqiao.store.engines.process import has_ended

LIVES = 'trap "echo $0 stopped; exit 0" TERM; echo $0 ready; while :; do sleep 0.02; done'
Lines = list[tuple[str, str]]


def program(name: str, script: str = LIVES) -> Program:
    return Program(name, ["/bin/sh", "-c", script, name], environment={}, ready="ready")


@pytest.fixture
def lines() -> Lines:
    return []


@pytest.fixture
def supervise(lines: Lines) -> Iterator[Callable[..., Supervisor]]:
    made: list[Supervisor] = []

    def make(*programs: Program) -> Supervisor:
        made.append(Supervisor(programs, lambda name, line: lines.append((name, line))))
        return made[-1]

    yield make
    for supervisor in made:
        supervisor.stop()


def pids(lines: Lines, name: str) -> list[int]:
    started = "started as process "
    return [int(text.removeprefix(started)) for n, text in lines if n == name and started in text]


def test_members_start_in_order_each_when_the_one_before_is_ready(
    supervise: Callable[..., Supervisor], lines: Lines
) -> None:
    supervise(program("web", "sleep 0.1; " + LIVES), program("worker")).start()

    said = [(name, text.split(" as ")[0]) for name, text in lines]
    assert said == [
        ("web", "started"),
        ("web", "web ready"),
        ("worker", "started"),
        ("worker", "worker ready"),
    ]


def test_members_stop_backwards_and_their_last_words_are_heard(
    supervise: Callable[..., Supervisor], lines: Lines
) -> None:
    supervisor = supervise(program("web"), program("worker"))
    supervisor.start()
    lines.clear()

    supervisor.stop()

    assert lines == [
        ("worker", "stopping"),
        ("worker", "worker stopped"),
        ("web", "stopping"),
        ("web", "web stopped"),
    ]


def test_a_killed_child_is_started_again(
    supervise: Callable[..., Supervisor], lines: Lines
) -> None:
    supervisor = supervise(program("web"), program("worker"))
    supervisor.start()
    (first,) = pids(lines, "web")

    os.kill(first, signal.SIGKILL)
    while lines.count(("web", "web ready")) < 2:
        supervisor.turn(5)

    assert len(pids(lines, "web")) == 2
    assert len(pids(lines, "worker")) == 1
    assert ("web", "ended (-9); starting it again in 0.2 s") in lines


def test_one_killed_often_is_started_again_ever_later(
    supervise: Callable[..., Supervisor], lines: Lines
) -> None:
    supervisor = supervise(program("web"))
    supervisor.start()

    for times in (1, 2, 3):
        os.kill(pids(lines, "web")[-1], signal.SIGKILL)
        while lines.count(("web", "web ready")) <= times:
            supervisor.turn(5)

    waits = [text.split()[-2] for _, text in lines if "starting it again" in text]
    assert waits == ["0.2", "0.4", "0.8"]


def test_one_that_dies_at_once_three_times_is_told_with_its_last_words(
    supervise: Callable[..., Supervisor],
) -> None:
    supervisor = supervise(program("web", "echo port 8000 is taken >&2; exit 3"))

    with pytest.raises(ChildKeepsDying) as told:
        supervisor.start()

    assert str(told.value).splitlines()[0] == (
        "web ended 3 times before it was ready (status 3); it last said:"
    )
    assert told.value.said.splitlines()[-1] == "port 8000 is taken"


def test_one_that_will_not_stop_is_killed(supervise: Callable[..., Supervisor]) -> None:
    deaf = Program(
        "deaf",
        ["/bin/sh", "-c", 'trap "" TERM; echo ready; while :; do sleep 0.02; done'],
        environment={},
        ready="ready",
        patience=0.2,
    )
    supervisor = supervise(deaf)
    supervisor.start()

    supervisor.stop()

    assert deaf.status() == 0


RUN = """
import sys
import time
from zhouqiao.app.supervise import ChildKeepsDying, Program, Supervisor, to_stream
web = Program("web", ["/bin/sh", "-c", sys.argv[1], "web"], environment={}, ready="ready")
try:
    Supervisor([web], to_stream).run(lambda: print("all ready", flush=True))
except ChildKeepsDying as told:
    sys.exit(str(told))
"""


def running(script: str = LIVES) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", RUN, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(lines: Iterator[str], word: str) -> str:
    return next(line for line in lines if word in line)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_stops_its_children_and_ends_well(how: signal.Signals) -> None:
    with running() as supervisor:
        wait_for(supervisor.stdout, "all ready")

        supervisor.send_signal(how)

        assert "web      | web stopped" in wait_for(supervisor.stdout, "stopped")
        assert supervisor.wait(10) == 0


def test_killed_it_takes_its_children_with_it() -> None:
    with running() as supervisor:
        pid = int(wait_for(supervisor.stdout, "started as process").split()[-1])
        wait_for(supervisor.stdout, "all ready")

        supervisor.kill()

        assert has_ended(pid, 10)


def test_what_cannot_start_is_told_without_a_trace() -> None:
    with running("echo no; exit 1") as supervisor:
        told = supervisor.stderr.read()

        assert supervisor.wait(10) == 1
    assert told.startswith("web ended 3 times before it was ready (status 1)")
    assert "Traceback" not in told


@pytest.mark.slow
def test_a_member_that_closed_its_mouth_is_not_listened_to_for_ever(
    supervise: Callable[..., Supervisor],
) -> None:
    supervisor = supervise(program("mute", "echo ready; exec >&- 2>&-; exec sleep 60"))
    supervisor.start()
    supervisor.turn(patience=5)

    began = time.monotonic()
    supervisor.turn(patience=0.3)

    assert time.monotonic() - began > 0.25
