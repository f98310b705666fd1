"""The desk on a phone whose network comes and goes."""

from collections.abc import Iterator
from typing import Any

import pytest

from browser.hands import pen

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
AT_SEA = {"longitude": 121.6551, "latitude": 28.6121, "accuracy": 8}


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    """A phone of its own, with a position."""
    context = chromium.new_context(
        viewport=PHONE, geolocation=AT_SEA, permissions=["geolocation"], has_touch=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(tab: Any, stage_address: str, platform: Any) -> Any:
    """The desk with its tasks heard and its shell kept."""
    assert not platform.intents
    tab.goto(f"{stage_address}/desk/")
    tab.get_by_text("浙椒渔00000").first.wait_for()
    tab.evaluate("navigator.serviceWorker.ready.then(() => true)")
    tab.wait_for_function(
        "caches.open('zhouqiao-desk-1').then(c => c.keys()).then(k => k.length > 20)"
    )
    return tab


def pull_the_plug(tab: Any) -> None:
    tab.context.set_offline(True)
    tab.wait_for_selector("#off:not([hidden])")


def hear(tab: Any, platform: Any, count: int) -> None:
    """Wait until the platform was sent so many intents."""
    for _ in range(200):
        if len(platform.intents) >= count:
            return
        tab.wait_for_timeout(50)
    raise AssertionError(platform.intents)


def weigh(tab: Any, kind: str, keys: str) -> None:
    tab.locator(f"[data-weigh={kind}]").click()
    for key in keys:
        tab.locator(f'[data-key="{key}"]').click()
    tab.locator("[data-record]").click()


def hand_over(tab: Any) -> None:
    tab.goto(tab.url.partition("#")[0] + "#/task/task_1")
    tab.get_by_role("button", name="接单，开航").click()
    tab.get_by_role("button", name="遇到了，靠上了").click()
    tab.get_by_role("link", name="出联单，完成交接").click()
    weigh(tab, "plastic", "12.4")
    weigh(tab, "oily_water", "148")
    pen(tab, '[data-pad="crew"]')
    pen(tab, '[data-pad="fisher"]')
    tab.locator("#finish").click()


def test_a_whole_handover_with_the_network_cut_is_sent_in_order_when_it_is_back(
    desk: Any, platform: Any
) -> None:
    pull_the_plug(desk)

    hand_over(desk)

    desk.get_by_text("已存在本机 3 条").wait_for()
    assert platform.intents == []
    desk.context.set_offline(False)
    hear(desk, platform, 3)
    assert [i["step"] for i in platform.intents] == ["set_out", "meet", "hand_over"]
    assert [i["base_version"] for i in platform.intents] == [3, 4, 5]


def test_what_one_did_is_not_sent_by_whoever_signs_in_next_on_that_device(
    desk: Any, platform: Any
) -> None:
    pull_the_plug(desk)
    desk.goto(desk.url.partition("#")[0] + "#/task/task_1")
    desk.get_by_role("button", name="接单，开航").click()
    desk.get_by_text("已存在本机 1 条").wait_for()

    platform.person = "person_wang"
    with desk.expect_response("**/api/desk/tasks*"):
        desk.context.set_offline(False)
    desk.reload()
    desk.get_by_text("浙椒渔00000").first.wait_for()
    of_another = list(platform.intents)
    platform.person = "person_lin"
    desk.reload()
    hear(desk, platform, 1)

    assert of_another == []
    assert [i["person"] for i in platform.intents] == ["person_lin"]


def test_the_shell_opens_again_without_a_network(desk: Any) -> None:
    pull_the_plug(desk)

    desk.reload()

    desk.get_by_text("浙椒渔00000").first.wait_for()
    assert desk.get_by_text("没有网络").is_visible()


def test_what_is_weighed_travels_as_the_forms_record_with_exact_decimals(
    desk: Any, platform: Any
) -> None:
    hand_over(desk)
    hear(desk, platform, 3)

    body = platform.intents[-1]["body"]

    assert [(line["kind"], line["mass"], line["scale"]) for line in body["record"]["lines"]] == [
        ("plastic", {"kg": "12.40"}, "by_hand"),
        ("oily_water", {"kg": "148.00"}, "by_hand"),
    ]
    assert body["record"]["place"] == {
        "lon": 121.6551,
        "lat": 28.6121,
        "datum": "WGS84",
        "accuracy": 8,
    }
    assert [hand["role"] for hand in body["hands"]] == ["crew", "fisher"]


def test_each_intent_is_signed_by_the_key_the_device_told_of(desk: Any, platform: Any) -> None:
    hand_over(desk)
    hear(desk, platform, 3)

    told = platform.keys[0]
    intent = dict(platform.intents[0])
    signature = intent.pop("signature")

    assert intent["key"] == told["id"]
    verify(told, signature, b"zhouqiao intent 1\n" + canonical(intent))


def test_a_conflict_shows_both_sides_until_it_is_seen(desk: Any, platform: Any) -> None:
    platform.verdicts["set_out"] = {
        "status": "kept",
        "words": "别人 08:40 已办过这一步。两份都留着，请带班的定",
        "mine": "开航",
        "theirs": "蓝样05 开航",
    }

    desk.goto(desk.url + "#/task/task_2")
    desk.get_by_role("button", name="接单，开航").click()
    desk.goto(desk.url.partition("#")[0] + "#/")

    desk.get_by_text("两份都留着").wait_for()
    assert desk.get_by_text("蓝样05 开航").is_visible()
    desk.get_by_role("button", name="知道了").click()
    desk.get_by_text("两份都留着").wait_for(state="detached")


def test_nothing_kept_on_the_device_can_be_read_without_its_key(desk: Any) -> None:
    pull_the_plug(desk)
    desk.goto(desk.url + "#/task/task_1")
    desk.get_by_role("button", name="接单，开航").click()
    desk.get_by_text("已存在本机 1 条").wait_for()

    kept = desk.evaluate(DUMP)

    assert "JJ-DEMO" not in kept["text"]
    assert kept["rows"] == 2
    assert kept["extractable"] is False


def test_a_revoked_device_forgets_everything(desk: Any, platform: Any) -> None:
    platform.status = 410

    desk.reload()

    desk.get_by_text("这台设备已停用").wait_for()
    assert desk.evaluate(DUMP)["rows"] == 0


def take_offline(desk: Any) -> None:
    """Take one step with the network cut."""
    pull_the_plug(desk)
    desk.goto(desk.url.partition("#")[0] + "#/task/task_1")
    desk.get_by_role("button", name="接单，开航").click()
    desk.get_by_text("已存在本机 1 条").wait_for()


def test_a_revoked_device_keeps_what_it_did_until_somebody_signs_in_to_hand_it_in(
    desk: Any, platform: Any
) -> None:
    take_offline(desk)
    platform.status = 410

    desk.context.set_offline(False)

    desk.get_by_text("还有 1 件没发出").wait_for()
    desk.wait_for_function(f"({DUMP})().then((kept) => kept.rows === 1)")
    platform.status, platform.ended = 200, True
    desk.reload()
    hear(desk, platform, 1)
    desk.get_by_text("这台设备已停用").wait_for()
    desk.wait_for_function(f"({DUMP})().then((kept) => kept.rows === 0)")


def test_tasks_not_heard_of_for_three_days_are_erased(desk: Any) -> None:
    desk.context.clock.install()
    desk.context.clock.fast_forward(73 * 3_600_000)
    pull_the_plug(desk)

    desk.reload()

    desk.get_by_text("还没有收到任务").wait_for()


def test_a_weight_out_of_bounds_is_refused_at_the_key_pad(desk: Any) -> None:
    desk.goto(desk.url + "#/task/task_1/hand_over")

    desk.locator("[data-weigh=plastic]").click()
    for key in "99999":
        desk.locator(f'[data-key="{key}"]').click()
    desk.locator("[data-record]").click()

    assert desk.get_by_text("最多 5000 kg").is_visible()


DUMP = """async () => {
  const done = (r) => new Promise((say) => { r.onsuccess = () => say(r.result); });
  const db = await done(indexedDB.open("zhouqiao-desk"));
  const all = (store) => done(db.transaction(store).objectStore(store).getAll());
  const rows = [...await all("kept"), ...await all("intents")];
  const keys = await all("keys");
  const text = rows.map((r) => new TextDecoder("latin1").decode(r.sealed)).join("");
  return { text, rows: rows.length, extractable: keys[0]?.extractable };
}"""


def canonical(value: Any) -> bytes:
    import json  # noqa: PLC0415 - the twin of key.js, kept whole here

    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def verify(told: dict[str, Any], signature: str, text: bytes) -> None:
    import base64  # noqa: PLC0415 - the twin of key.js, kept whole here

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    def raw(b64: str) -> bytes:
        return base64.urlsafe_b64decode(b64 + "=" * (-len(b64) % 4))

    assert told["alg"] == "Ed25519"
    Ed25519PublicKey.from_public_bytes(raw(told["key"]["x"])).verify(raw(signature), text)


def hear_it_is_late(tab: Any, platform: Any) -> None:
    """Let the platform say meanwhile that the task is late; the device has it when this returns."""
    platform.left = "late"
    with tab.expect_response("**/api/desk/tasks*"):
        tab.evaluate("window.dispatchEvent(new Event('online'))")
    tab.wait_for_timeout(300)  # what a screen does not draw cannot be waited for


def begin(tab: Any, step: str) -> None:
    tab.goto(tab.url.partition("#")[0] + f"#/task/task_1/{step}")
    tab.locator("#finish").wait_for()


def test_what_is_heard_in_the_middle_of_a_stroke_leaves_the_stroke_alone(
    desk: Any, platform: Any
) -> None:
    begin(desk, "hand_over")
    pad = desk.locator('[data-pad="crew"]')
    pad.evaluate("e => e.scrollIntoView({ block: 'center' })")
    box = pad.bounding_box()
    desk.mouse.move(box["x"] + 30, box["y"] + 90)
    desk.mouse.down()
    desk.mouse.move(box["x"] + 90, box["y"] + 70, steps=4)

    hear_it_is_late(desk, platform)
    desk.mouse.move(box["x"] + 120, box["y"] + 110, steps=4)
    half = pad.locator("path").get_attribute("d")
    desk.mouse.up()

    desk.locator("header .st.late").wait_for()
    drawn = pad.locator("path").get_attribute("d")
    assert drawn == half
    assert (drawn.count("M"), drawn.count("L")) == (1, 8)
    assert "signed" in pad.get_attribute("class")


def test_a_name_of_two_strokes_is_whole(desk: Any, platform: Any) -> None:
    begin(desk, "hand_over")
    pen(desk, '[data-pad="crew"]')
    hear_it_is_late(desk, platform)
    pen(desk, '[data-pad="crew"]')

    assert desk.locator('[data-pad="crew"] path').get_attribute("d").count("M") == 2
    desk.locator("[data-wipe=crew]").click()
    pen(desk, '[data-pad="crew"]')
    assert desk.locator('[data-pad="crew"] path').get_attribute("d").count("M") == 1


def test_a_form_half_filled_keeps_its_words_its_focus_and_its_cursor(
    desk: Any, platform: Any
) -> None:
    begin(desk, "decline")
    reason = desk.locator("[name=reason]")
    reason.fill("桶漏了")
    reason.evaluate("e => e.setSelectionRange(1, 2)")

    hear_it_is_late(desk, platform)

    desk.locator("header .st.late").wait_for()
    assert reason.input_value() == "桶漏了"
    assert desk.evaluate(
        "[document.activeElement.name, document.activeElement.selectionStart,"
        " document.activeElement.selectionEnd]"
    ) == ["reason", 1, 2]
