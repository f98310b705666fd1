"""The providers of accounts: from a file of their own, with secrets that never stand in it."""

from pathlib import Path

import pytest

from zhouqiao.app.settings import Settings, SettingsWrong, describe, read
from zhouqiao.edge.openid import Provider, Serves

GOOD = 'issuer = "https://id.example"\nclient_id = "node"\nzh = "省账号"\nen = "the province"\n'


def told(tmp_path: Path, text: str, **environment: str) -> Settings:
    file = tmp_path / "providers.toml"
    file.write_text(text, encoding="utf-8")
    return read({"ZHOUQIAO_PROVIDERS": str(file), **environment})


def faults(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    with pytest.raises(SettingsWrong) as wrong:
        told(tmp_path, text)
    return [(one.setting, one.wants) for one in wrong.value.faults]


def test_where_no_file_is_named_there_are_none() -> None:
    assert read({}).providers.known == ()


def test_a_table_is_a_provider_and_its_secret_is_fetched_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("of a file\n")
    text = (
        f'[province]\n{GOOD}client_secret_file = "kept"\nopens_accounts = true\n'
        f"[officers]\n{GOOD.replace('id.example', 'work.example')}"
        'client_secret_env = "OFFICERS_SECRET"\nserves = "officers"\n'
    )

    one, other = told(tmp_path, text, OFFICERS_SECRET="of the environment").providers.known  # noqa: S106 - made up

    assert one == Provider(
        name="province", issuer="https://id.example", client_id="node", opens_accounts=True,
        client_secret="of a file", zh="省账号", en="the province",  # noqa: S106 - made up
    )  # fmt: skip
    assert (other.serves, other.client_secret) == (Serves.OFFICERS, "of the environment")


def test_no_secret_is_printed(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("of a file")
    settings = told(tmp_path, f'[province]\n{GOOD}client_secret_file = "kept"\n')

    assert "of a file" not in repr(settings)
    shown = describe({"ZHOUQIAO_PROVIDERS": str(tmp_path / "providers.toml")})
    assert next(one.value for one in shown if one.name == "providers").endswith("providers.toml")


@pytest.mark.parametrize(
    ("issuer", "fits"),
    [
        ("https://id.example", True),
        ("https://id.example:8443/realms/one", True),
        ("http://127.0.0.1:9400", True),
        ("http://localhost", True),
        ("http://id.example", False),
        ("http://169.254.169.254", False),
        ("http://127.0.0.1.evil.example", False),
        ("https://id.example?tenant=1", False),
        ("https://user@id.example", False),
        ("https://id.example/#x", False),
        ("https://id.example;evil", False),
        ("https://id example", False),
        ("id.example", False),
        ("file:///etc/passwd", False),
    ],
)
def test_an_issuer_is_asked_by_https_or_on_loopback(issuer: str, fits: bool) -> None:  # noqa: FBT001 - a column of the table
    one = Provider(name="province", issuer=issuer, client_id="node", zh="省", en="province")

    assert (list(one.faults()) == []) == fits


def test_all_that_is_wrong_is_told_at_once_with_the_setting_it_stands_in(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        f"[Province]\n{GOOD}"
        f"[two]\n{GOOD}"
        f'[spelt]\n{GOOD}lable = "x"\n'
        f'[inside]\n{GOOD}client_secret = "x"\n'
        f'[gone]\n{GOOD}client_secret_file = "nowhere"\n'
        f'[unset]\n{GOOD}client_secret_env = "NOBODY_SET_IT"\n'
        '[office]\nissuer = "http://id.example"\nclient_id = ""\nzh = "省"\nen = "x"\n'
        'serves = "officers"\nopens_accounts = true\nalso_at = ["ftp://x"]\n',
    )

    assert sorted(found) == [
        ("Province", "issuer"),
        ("Province", "name"),
        ("gone", "client_secret_file (No such file or directory)"),
        ("inside", "client_secret_file | client_secret_env"),
        ("office", "also_at"),
        ("office", "client_id"),
        ("office", "issuer"),
        ("office", "opens_accounts"),
        ("spelt", "Object contains unknown field `lable`"),
        ("two", "issuer"),
        ("unset", "client_secret_env (NOBODY_SET_IT)"),
    ]


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="unreadable"):
        told(tmp_path, "[")
    with pytest.raises(SettingsWrong, match="unreadable"):
        read({"ZHOUQIAO_PROVIDERS": str(tmp_path / "none")})
