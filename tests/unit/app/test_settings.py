"""The settings: from where, in which order, and what is said when they cannot be."""

from pathlib import Path

import pytest

from zhouqiao.app.settings import Settings, SettingsWrong, Url, describe, read


def faults(environment: dict[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(SettingsWrong) as told:
        read(environment)
    return [(fault.setting, fault.why) for fault in told.value.faults]


def test_with_nothing_told_everything_is_embedded_and_here() -> None:
    settings = read({"PATH": "/bin"})

    assert not settings.database_url
    assert not settings.nats_url
    assert settings.address == "http://127.0.0.1:8000"
    assert settings.folder == Path("var").absolute()


def test_the_environment_outranks_the_file_and_the_file_the_default(tmp_path: Path) -> None:
    file = tmp_path / "zhouqiao.toml"
    file.write_text('port = 1234\ncell = 330212\nlanguage = "en"\n')

    settings = read({"ZHOUQIAO_SETTINGS": str(file), "ZHOUQIAO_PORT": "4321"})

    assert (settings.port, settings.cell, settings.language) == (4321, "330212", "en")
    assert settings.host == "127.0.0.1"


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "zhouqiao.toml"
    file.write_text('log_level = "loud"\nhosst = "x"\n')

    told = faults(
        {
            "ZHOUQIAO_SETTINGS": str(file),
            "ZHOUQIAO_PORT": "70000",
            "ZHOUQIAO_CELL": "33",
            "ZHOUQIAO_DATABASE_URL": "localhost",
            "ZHOUQIAO_NATS_URL": "nats://127.0.0.1",
        }
    )

    assert sorted(told) == [
        ("cell", "shape"),
        ("database_url", "shape"),
        ("hosst", "unknown"),
        ("log_level", "shape"),
        ("mqtt_url", "missing"),
        ("port", "shape"),
    ]


NATS = {"ZHOUQIAO_NATS_URL": "nats://h", "ZHOUQIAO_MQTT_URL": "mqtt://h"}


def test_a_broker_that_asks_who_comes_needs_a_way_to_put_them_out() -> None:
    assert faults(NATS) == [("nats_system_url", "missing")]


@pytest.mark.parametrize(
    "more",
    [
        {"ZHOUQIAO_NATS_SYSTEM_URL": "nats://s@h"},
        {"ZHOUQIAO_MQTT_URL": "mqtt://everybody:pw@h"},
    ],
)
def test_a_broker_of_others_is_taken(more: dict[str, str]) -> None:
    assert read(NATS | more).nats_url.shown == "nats://h"


def test_a_misspelt_variable_is_told_with_what_was_meant() -> None:
    with pytest.raises(SettingsWrong, match=r"ZHOUQIAO_PROT: unknown \(ZHOUQIAO_PORT\)"):
        read({"ZHOUQIAO_PROT": "1"})


def test_a_file_that_cannot_be_read_is_a_fault() -> None:
    assert faults({"ZHOUQIAO_SETTINGS": "/nowhere.toml"}) == [("ZHOUQIAO_SETTINGS", "unreadable")]


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        ("postgresql://a:b@c@host:5/db", "postgresql://a:•••@host:5/db"),
        ("postgresql://a@host/db", "postgresql://a@host/db"),
        ("host=h password='two words' dbname=x", "host=h password=••• dbname=x"),
        ("postgresql://h/db?password=pw&user=a", "postgresql://h/db?password=•••&user=a"),
        ("nats://token@host:4222", "nats://•••@host:4222"),
    ],
)
def test_an_address_prints_without_its_password(whole: str, shown: str) -> None:
    url = Url(whole)

    assert (str(url), f"{url}", repr(url)) == (shown, shown, repr(shown))
    assert url.shown == whole


def test_the_list_of_settings_masks_secrets_and_names_sources() -> None:
    lines = {
        line.name: line for line in describe({"ZHOUQIAO_DATABASE_URL": "postgresql://o:pw@h/z"})
    }

    assert lines["database_url"].value == "postgresql://o:•••@h/z"
    assert (lines["database_url"].source, lines["port"].source) == ("environment", "default")
    assert "pw" not in repr(read({"ZHOUQIAO_DATABASE_URL": "postgresql://o:pw@h/z"}))


def test_each_setting_is_listed_by_its_variable() -> None:
    assert [line.variable for line in describe({})] == [
        f"ZHOUQIAO_{name.upper()}" for name in Settings.__dataclass_fields__
    ]
