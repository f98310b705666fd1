"""The providers of accounts: read from a file of their own, their secrets from elsewhere.

A table of that TOML file is a provider under the name it has here; its fields are those of
`Provider`. Its secret never stands in it: `client_secret_file` names a file (beside this one, if
the path is not whole) or `client_secret_env` a variable of the environment.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from zhouqiao.edge.openid import Provider

Wrong = tuple[str, str]  # which setting, and what is wrong with it: a stable word


@dataclass(frozen=True, kw_only=True)
class Providers:
    """Who may vouch for people here; prints as the file that says so."""

    file: str = ""
    known: tuple[Provider, ...] = ()

    def __str__(self) -> str:
        return self.file


def read_providers(file: str, environment: Mapping[str, str]) -> tuple[Providers, list[Wrong]]:
    """Return the providers of a file (empty: none), and all that is wrong with it.

    Raises `OSError` and `ValueError` where it cannot be read at all.
    """
    if not file:
        return Providers(), []
    path, wrong = Path(file).expanduser(), list[Wrong]()
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    known = (_provider(name, told, path, environment, wrong) for name, told in tables.items())
    found = tuple(one for one in known if one is not None)
    wrong.extend((one.name, field) for one in found for field in one.faults())
    wrong.extend(_shared(found))
    return Providers(file=file, known=found), wrong


def _provider(
    name: str, told: Any, path: Path, environment: Mapping[str, str], wrong: list[Wrong]
) -> Provider | None:
    try:
        fields = dict(told)
        secret = _secret(fields, path, environment)
        return msgspec.convert({**fields, "name": name, "client_secret": secret}, Provider)
    except OSError as trouble:
        wrong.append((name, f"client_secret_file ({trouble.strerror})"))
    except KeyError as missing:
        wrong.append((name, f"client_secret_env ({missing.args[0]})"))
    except (TypeError, ValueError) as trouble:
        wrong.append((name, str(trouble)))
    return None


def _secret(fields: dict[str, Any], path: Path, environment: Mapping[str, str]) -> str:
    """Take from the fields where the secret is, and fetch it."""
    file, variable = fields.pop("client_secret_file", None), fields.pop("client_secret_env", None)
    if "client_secret" in fields or (file and variable):
        raise ValueError("client_secret_file | client_secret_env")
    if variable:
        return environment[variable]
    return (path.parent / file).read_text(encoding="utf-8").strip() if file else ""


def _shared(found: tuple[Provider, ...]) -> Iterator[Wrong]:
    """Two providers of one issuer could not be told apart by the accounts they vouch for."""
    issuers = [one.issuer for one in found]
    yield from ((one.name, "issuer") for one in found if issuers.count(one.issuer) > 1)
