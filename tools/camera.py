"""One Chromium and how pictures are taken with it: for the gallery's shots, the tour and tests."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
SIZES = {"phone": (390, 844), "wide": (1920, 1080)}
REST = 200  # ms for fonts and figures
CHARTED = 2200  # ms for a map to be drawn
SHRUNK = """async ([png, share, quality]) => {
  const image = await createImageBitmap(await (await fetch(png)).blob());
  const [width, height] = [Math.round(image.width * share), Math.round(image.height * share)];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, 0, 0, width, height);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Lend a Chromium of this machine."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


def picture(tab: Page, size: str, *, whole: bool = False) -> bytes:
    """Return a PNG of the page as it stands, at a size of `SIZES`; `whole` scrolls to its end."""
    width, height = SIZES[size]
    tab.set_viewport_size({"width": width, "height": height})
    tab.wait_for_timeout(CHARTED if tab.query_selector(".map") else REST)
    return tab.screenshot(full_page=whole)


def small(tab: Page, png: bytes, *, share: float, most: int) -> bytes:
    """Return the picture as WebP at a share of its size, in at most so many bytes.

    `tab` lends its canvas: any page without a content policy, such as `about:blank`.
    """
    source = "data:image/png;base64," + base64.b64encode(png).decode()
    for quality in (0.82, 0.7, 0.55, 0.4, 0.25):
        made = base64.b64decode(tab.evaluate(SHRUNK, [source, share, quality]))
        if len(made) <= most:
            return made
    raise ValueError(f"more than {most} bytes at the least quality")
