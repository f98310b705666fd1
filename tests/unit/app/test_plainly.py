"""What stopped the machine is told in both languages, with a way on and without a trace."""

import re
from pathlib import Path

import pytest

from zhouqiao.app.plainly import plainly
from zhouqiao.app.settings import Settings, SettingsWrong, read
from zhouqiao.app.supervise import ChildKeepsDying
from zhouqiao.edge.portal.words import words
from zhouqiao.store import engines
from zhouqiao.store.engines import EngineFailed

ENGINES = Path(engines.__file__).parent


def test_every_fault_of_the_settings_is_one_line() -> None:
    with pytest.raises(SettingsWrong) as wrong:
        read(
            {
                "ZHOUQIAO_PORT": "x",
                "ZHOUQIAO_PROT": "1",
                "ZHOUQIAO_SETTINGS": "/none",
                "ZHOUQIAO_NATS_URL": "nats://h",
            }
        )

    assert plainly(wrong.value, words("zh")).splitlines() == [
        "设置有错，还不能启动。逐条改好再试",
        "  ZHOUQIAO_SETTINGS 指的文件 /none 读不了：[Errno 2] No such file or directory: '/none'",
        "  环境变量 里的 ZHOUQIAO_PROT：没有这个设置。要写的是不是 ZHOUQIAO_PORT？",
        "  环境变量 里的 port：要写0 到 65535 的数",
        "  缺 mqtt_url：填了 nats_url 就要填它",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_way_an_engine_fails_has_words(lang: str) -> None:
    ways = {
        found
        for file in ENGINES.glob("*.py")
        for found in re.findall(r'EngineFailed\(\s*"(\w+)", "(\w+)"', file.read_text())
    } | {("postgres", why) for why in ("initdb", "did_not_start")}

    assert len(ways) > 10
    for engine, why in ways:
        told = plainly(EngineFailed(engine, why, "some words", "/a/log"), words(lang))
        assert "some words" in told
        assert "/a/log" in told


def test_a_child_that_keeps_dying_is_named_with_its_last_words() -> None:
    told = plainly(ChildKeepsDying("web", 3, 3, "port 8000 is taken"), words("en"))

    assert told.splitlines() == [
        "web ended 3 times before it was ready (status 3)",
        "Its last words:",
        "port 8000 is taken",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_setting_says_what_it_is_for(lang: str) -> None:
    assert all(f"settings.for.{name}" in words(lang) for name in Settings.__dataclass_fields__)
