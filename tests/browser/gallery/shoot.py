"""Take pictures of the gallery: `python tests/browser/gallery/shoot.py OUT [NAME…] [--wide]`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from specimens import Specimens
from stage import stage

ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
SIZES = {"phone": (390, 844), "wide": (1920, 1080)}


def main(out: str, *wanted: str) -> None:
    """Shoot the named pages (all if none) in both sizes and languages."""
    names = [w for w in wanted if not w.startswith("--")] or [
        n for n, _, _ in Specimens("zh").all()
    ]
    sizes = [s for s in SIZES if f"--{s}" in wanted] or list(SIZES)
    langs = [g for g in ("zh", "en") if f"--{g}" in wanted] or ["zh", "en"]
    Path(out).mkdir(parents=True, exist_ok=True)
    with stage() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        for size in sizes:
            width, height = SIZES[size]
            tab = browser.new_page(viewport={"width": width, "height": height})
            tab.on(
                "console", lambda m: m.type in ("error", "warning") and tell("  !", m.text[:300])
            )
            tab.on("pageerror", lambda e: tell("  !!", str(e)[:300]))
            for name in names:
                for lang in langs:
                    tell(size, lang, name)
                    tab.goto(f"{address}/{lang}/{name}", wait_until="load")
                    tab.wait_for_timeout(
                        2500
                        if "map" in tab.content()[:200000] and tab.query_selector("#map")
                        else 150
                    )
                    tab.screenshot(
                        path=f"{out}/{name}.{size}.{lang}.png",
                        full_page=size == "phone" and "--full" in wanted,
                    )
        browser.close()


def tell(*words: str) -> None:
    """Say what is going on."""
    sys.stdout.write(" ".join(words) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
