"""The line to one provider: its own origins, no redirect, an end to waiting and to size."""

import logging
import ssl
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property

import httpx

from zhouqiao.base import Clock
from zhouqiao.edge.openid.declare import Provider, origin_of
from zhouqiao.edge.openid.errors import AnswerWrong, ProviderAway

LARGEST = 256 * 1024  # bytes of an answer
PATIENCE = httpx.Timeout(5, connect=3)  # seconds for a part of an answer
LONGEST = timedelta(seconds=10)  # for the whole of it
REST = timedelta(seconds=10)  # for which a provider that did not answer is not asked again

log = logging.getLogger("zhouqiao.openid")


class Line:
    """What is asked of a provider over HTTP; every answer is read to its end and let go."""

    def __init__(self, provider: Provider, clock: Clock) -> None:
        self._provider, self._clock = provider, clock
        self._rests_until: datetime | None = None

    def get(self, address: str, *, bearer: str = "") -> bytes:
        """Return what stands at an address. Raises `ProviderAway`, `AnswerWrong`."""
        headers = {"authorization": f"Bearer {bearer}"} if bearer else {}
        status, raw = self._ask(self._client.build_request("GET", address, headers=headers))
        if status != 200:
            raise AnswerWrong(f"status_{status}")
        return raw

    def post(
        self, address: str, form: Mapping[str, str], auth: httpx.Auth | None
    ) -> tuple[int, bytes]:
        """Send a form; return status and answer. Raises `ProviderAway`, `AnswerWrong`."""
        return self._ask(self._client.build_request("POST", address, data=dict(form)), auth)

    @cached_property
    def _client(self) -> httpx.Client:
        return httpx.Client(
            timeout=PATIENCE, follow_redirects=False, trust_env=False,
            verify=ssl.create_default_context(),
            limits=httpx.Limits(max_keepalive_connections=0),
            headers={"accept": "application/json", "accept-encoding": "identity"},
        )  # fmt: skip

    def _ask(self, request: httpx.Request, auth: httpx.Auth | None = None) -> tuple[int, bytes]:
        if origin_of(str(request.url)) not in self._provider.origins:
            raise AnswerWrong("origin")
        if self._rests_until is not None and self._clock.now() < self._rests_until:
            raise ProviderAway
        try:
            status, raw = self._read(request, auth)
        except httpx.HTTPError as trouble:
            self._rests_until = self._clock.now() + REST
            log.warning("%s does not answer: %s", self._provider.name, type(trouble).__name__)
            raise ProviderAway from trouble
        if status >= 500:
            log.warning("%s answers with %s", self._provider.name, status)
            raise ProviderAway
        return status, raw

    def _read(self, request: httpx.Request, auth: httpx.Auth | None) -> tuple[int, bytes]:
        until, found = self._clock.now() + LONGEST, bytearray()
        answer = self._client.send(request, stream=True, auth=auth)
        try:
            for part in answer.iter_raw():
                found += part
                if len(found) > LARGEST:
                    raise AnswerWrong("too_large")
                if self._clock.now() > until:
                    raise ProviderAway
        finally:
            answer.close()
        return answer.status_code, bytes(found)
