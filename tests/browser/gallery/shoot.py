"""Take pictures of the gallery: `python tests/browser/gallery/shoot.py OUT [NAME…] [--wide]`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "tools"))
sys.path.insert(0, str(Path(__file__).parent))
from specimens import Specimens
from stage import stage

from camera import SIZES, chromium, picture


def main(out: str, *wanted: str) -> None:
    """Shoot the named pages (all if none) in both sizes and languages."""
    names = [w for w in wanted if not w.startswith("--")] or [
        n for n, _, _ in Specimens("zh").all()
    ]
    sizes = [s for s in SIZES if f"--{s}" in wanted] or list(SIZES)
    langs = [g for g in ("zh", "en") if f"--{g}" in wanted] or ["zh", "en"]
    Path(out).mkdir(parents=True, exist_ok=True)
    with stage() as address, chromium() as browser:
        tab = browser.new_page()
        tab.on("console", lambda m: m.type in ("error", "warning") and tell("  !", m.text[:300]))
        tab.on("pageerror", lambda e: tell("  !!", str(e)[:300]))
        for size, name, lang in ((s, n, g) for s in sizes for n in names for g in langs):
            tell(size, lang, name)
            tab.goto(f"{address}/{lang}/{name}", wait_until="load")
            whole = size == "phone" and "--full" in wanted
            Path(out, f"{name}.{size}.{lang}.png").write_bytes(picture(tab, size, whole=whole))


def tell(*words: str) -> None:
    """Say what is going on."""
    sys.stdout.write(" ".join(words) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
