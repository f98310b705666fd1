"""Whatever our own description of the interface allows (or forbids) is answered, never a fault."""

import logging
from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode

from zhouqiao.testing.web import Member, Web

EXAMPLES = 8
BOUNDED = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
DESCRIBED = "/api/schema/openapi.json"
ENDLESS = {"/live"}  # a stream: its own stories read it


def operations(web: Web) -> list[Any]:
    """Return every operation the site describes."""
    client = web.stranger()
    schema = schemathesis.openapi.from_dict(client.get(DESCRIBED).json())
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.slow
@pytest.mark.parametrize("role", ["", "marine_waste.crew", "marine_waste.duty", "kernel.engineer"])
def test_nothing_the_interface_describes_ends_in_a_fault(
    web: Web, role: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, logger="httpx")
    who = web.member(role, unit=web.boat("蓝样03") if role.endswith("crew") else None)
    found = [one for one in operations(web) if one.path not in ENDLESS]
    faults = Counter(fault for one in found for fault in tried(one, who))

    assert len(found) > 40
    assert not faults, faults


def tried(operation: Any, who: Member) -> list[str]:
    """Try one operation with what its description allows, and with what it forbids."""
    faults: list[str] = []
    allowed, forbidden = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

    @BOUNDED
    @given(case=one_of(allowed, forbidden))
    def ask(case: Any) -> None:
        plain = case.as_transport_kwargs(base_url="http://testserver.local")
        plain.pop("cookies", None)
        if isinstance(plain.get("data"), (bytes, str)):
            plain["content"] = plain.pop("data")
        headers = {
            name: value for name, value in dict(plain.pop("headers", {}) or {}).items()
            if name.isascii() and value.isascii()
        }  # fmt: skip
        answer = who.client.request(**plain, headers=headers | who.bearer, follow_redirects=False)
        if answer.status_code >= 500:
            faults.append(f"{operation.label}: {answer.status_code}")

    ask()
    return faults
