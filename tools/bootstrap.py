"""Install what Zhouqiao needs into .venv, as the locks say; quick when nothing has changed.

usage: tools/bootstrap run|test. Knows the standard library alone, for it runs before anything else.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VENV / "bootstrap.log"
HASHED_FOR = ("x86_64", ((3, 11), (3, 12), (3, 13)))  # as in tools/lock.py
MISSED = {
    "chromium": "Browser tests will be skipped, for there is no Chromium.",
    "fonts-noto-cjk": "Pictures of pages will lack Chinese letters, for no font has them.",
}


def main(purpose: str) -> int:
    """Install for `run` or for `test`; return 0, or 1 after saying what is missing."""
    try:
        _make_environment()
        _install("libraries", ROOT / "requirements.lock")
        if purpose == "test":
            _install("test tools", ROOT / "requirements-dev.lock")
        _install_ourselves()
        if purpose == "test":
            _see_to_the_browser()
    except subprocess.CalledProcessError as wrong:
        print(f"\nCould not go on: {' '.join(map(str, wrong.cmd[:5]))} … failed.", file=sys.stderr)
        print(f"Its last words (all of them: {LOG}):", file=sys.stderr)
        print("".join(f"    {line}\n" for line in _last_lines(LOG)), file=sys.stderr)
        return 1
    return 0


def _make_environment() -> None:
    """Make .venv, unless one is there whose Python still runs."""
    if PYTHON.exists() and _runs([PYTHON, "-c", "import pip"]):
        return
    print("making .venv …", flush=True)
    venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)


def _install(what: str, lock: Path) -> None:
    """Install a lock, unless just this one was installed last."""
    text = lock.read_text(encoding="utf-8")
    stamp = VENV / f".{lock.name}.{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    if stamp.exists():
        return
    pins = VENV / lock.name
    pins.write_text("".join(_for_this_machine(text)), encoding="utf-8")
    total = sum("==" in line for line in text.splitlines())
    _pip(f"installing {what}", total, ["--no-deps", "--requirement", str(pins)])
    for old in VENV.glob(f".{lock.name}.*"):
        old.unlink()
    stamp.touch()


def _install_ourselves() -> None:
    """Put our own two packages on the path, and `zhouqiao` into .venv/bin."""
    text = (ROOT / "pyproject.toml").read_bytes()
    stamp = VENV / f".pyproject.toml.{hashlib.sha256(text).hexdigest()[:16]}"
    if stamp.exists() and (VENV / "bin" / "zhouqiao").exists():
        return
    _pip("installing Zhouqiao", 1, ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    for old in VENV.glob(".pyproject.toml.*"):
        old.unlink()
    stamp.touch()


def _for_this_machine(text: str) -> Iterator[str]:
    """Yield the lock; without its hashes on a machine it was not made for."""
    machine, pythons = HASHED_FOR
    if platform.machine() == machine and sys.version_info[:2] in pythons:
        yield text
        return
    print(f"no hashes are locked for {platform.machine()}: checking versions only")
    for line in text.splitlines():
        if "--hash=" not in line:
            yield line.removesuffix(" \\") + "\n"


def _pip(what: str, total: int, arguments: Sequence[str]) -> None:
    """Run pip, showing how far it is; all it says goes to the log."""
    argv = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", *arguments]
    seen = 0
    _show(f"{what} …", last=True)
    with (
        LOG.open("w", encoding="utf-8") as log,
        subprocess.Popen(  # noqa: S603  argv is ours
            argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
        ) as pip,
    ):
        for line in pip.stdout or ():
            log.write(line)
            words = line.split()
            if line.startswith(("Collecting", "Requirement already", "Obtaining")):
                seen += 1
                _show(
                    f"{what}: {seen} of {total} {words[1].partition('=')[0]}", last=seen % 20 == 0
                )
            elif line.startswith("Installing collected"):
                _show(f"{what}: unpacking {total}", last=True)
    if pip.returncode != 0:
        raise subprocess.CalledProcessError(pip.returncode, argv)
    _show(f"{what}: done", last=True)


def _show(text: str, last: bool = False) -> None:  # noqa: FBT001, FBT002  one caller, above
    """Show one line of progress: in place on a terminal, now and then elsewhere."""
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="\n" if last else "", flush=True)
    elif last:
        print(text, flush=True)


def _see_to_the_browser() -> None:
    """Find Chromium and Chinese type, or install them if we may, or say what will be skipped."""
    missing = _missing_packages()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing {' and '.join(missing)} by apt-get (a minute or two) …", flush=True)
        apt = "apt-get update -qq && apt-get install -y -qq --no-install-recommends "
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}  # noqa: TID251  apt's
        with LOG.open("w", encoding="utf-8") as log:
            subprocess.run(  # noqa: S602  names are ours
                apt + " ".join(missing),
                shell=True,
                check=False,
                env=environment,
                stdout=log,
                stderr=log,
            )
        missing = _missing_packages()
    for package in missing:
        print(f"{MISSED[package]} To have them: sudo apt-get install {package}")


def _missing_packages() -> list[str]:
    there = {
        "chromium": shutil.which("chromium") is not None,
        "fonts-noto-cjk": _runs(["sh", "-c", "fc-list :lang=zh | grep -q ."]),
    }
    return [package for package, is_there in there.items() if not is_there]


def _runs(argv: Sequence[str | Path]) -> bool:
    try:
        return subprocess.run(argv, check=False, capture_output=True).returncode == 0  # noqa: S603
    except OSError:
        return False


def _last_lines(path: Path, count: int = 15) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[-count:] if path.exists() else []


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["test"]):
        sys.exit("usage: tools/bootstrap run|test")
    sys.exit(main(sys.argv[1]))
