"""Fetching one file of a schema from the web.

Only https is spoken; http only with this machine itself. Redirections are followed as far as the
same holds for them.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from typing import IO, NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import toolkit
from toolkit.diagnostics import DiagnosticError, Kind, Position, Severity

NOT_FETCHED = Kind(
    "V196",
    "schema-not-fetched",
    Severity.ERROR,
    "A schema, or a file that it refers to, could not be fetched. The store is as it was.",
)

TIMEOUT = 30.0
"""Seconds until a server that does not answer is given up."""
LONGEST = 120.0
"""Seconds until a file that does not end is given up."""
LARGEST = 32 << 20
"""Bytes that a file may have."""

_REDIRECTIONS = 5
_CHUNK = 1 << 16
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE = "/:?&=+$,;@%~!*'()[]-._"


class Fetched(NamedTuple):
    """What was fetched, and the address where it was in the end."""

    content: bytes
    address: str


def secure(address: str) -> str:
    """Return an address with https in the place of http, unless it is one of this machine.

    Raises:
        DiagnosticError: it is no address on the web (V196).
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError as error:
        raise _failed(address, f"this is no address: {error}", "Mend the address.") from None
    if parts.scheme not in ("http", "https") or not host:
        raise _failed(address, "this is no address on the web", "Write https://…, or name a file.")
    if parts.username is not None:
        raise _failed(
            f"{parts.scheme}://{host}{port}{parts.path}",
            "the address holds the name of a user, which would be written into the store",
            "Fetch the schema yourself, and add it from a file.",
        )
    return urlunsplit(
        (
            parts.scheme if host in _THIS_MACHINE else "https",
            (f"[{host}]" if ":" in host else host) + port,
            quote(parts.path, safe=_SAFE),
            quote(parts.query, safe=_SAFE),
            "",
        )
    )


def fetch(address: str) -> Fetched:
    """Fetch a file.

    Raises:
        DiagnosticError: it cannot be fetched (V196).
    """
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        SecureRedirections(),
    ):
        opener.add_handler(handler)
    address = secure(address)
    headers = {"User-Agent": f"tei-toolkit/{toolkit.__version__}", "Accept-Encoding": "identity"}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (secure, see above)
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            return Fetched(_body(response, address), response.url)
    except urllib.error.HTTPError as error:
        raise _refused(address, error.code, error.reason) from None
    except urllib.error.URLError as error:
        raise _unreachable(address, error.reason) from None
    except (OSError, http.client.HTTPException) as error:
        raise _unreachable(address, error) from None


class SecureRedirections(urllib.request.HTTPRedirectHandler):
    """Follows redirections, as long as they are secure and few."""

    max_redirections = _REDIRECTIONS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the request to go on with.

        Raises:
            DiagnosticError: it would not be secure, or turn to this machine (V196).
        """
        target = urljoin(req.full_url, newurl)
        turns_inwards = _is_this_machine(target) and not _is_this_machine(req.full_url)
        is_secure = secure(target).partition(":")[0] == urlsplit(target).scheme
        if turns_inwards or not is_secure:
            raise _failed(
                req.full_url,
                f"this address leads on to {target}, which is not secure",
                "Add the schema from a file, or from another place.",
            )
        return super().redirect_request(req, fp, code, msg, headers, target)


def _is_this_machine(address: str) -> bool:
    return urlsplit(address).hostname in _THIS_MACHINE


def _body(response: http.client.HTTPResponse, address: str) -> bytes:
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding != "identity":
        raise _failed(
            address,
            f"the server sends the file compressed ({encoding}), which was not asked for",
            "Fetch the schema yourself, and add it from a file.",
        )
    begun = time.monotonic()
    content = bytearray()
    while chunk := response.read(_CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise _failed(
                address,
                f"the file is larger than {LARGEST >> 20} MiB",
                "Check that this is the address of a schema.",
            )
        if time.monotonic() - begun > LONGEST:
            raise _failed(
                address, f"the file has not ended after {LONGEST:.0f} seconds", "Try again later."
            )
    promised = response.headers.get("Content-Length", "")
    if promised.isdigit() and int(promised) != len(content):
        raise _failed(
            address,
            f"the connection ended after {len(content)} of {promised} bytes",
            "Try again.",
        )
    return bytes(content)


def _refused(address: str, code: int, reason: str) -> DiagnosticError:
    if 300 <= code < 400 and "loop" in reason:
        said, hint = "the address leads from one to another without end", "Check the address."
    elif 300 <= code < 400:
        said, hint = "the address leads on to one that is not on the web", "Check the address."
    elif code in (404, 410):
        said, hint = f"there is nothing at this address ({code})", "Check the address."
    elif code in (401, 403):
        said, hint = f"the server does not give the file out ({code})", "Add it from a file."
    else:
        said, hint = f"the server answers {code} {reason}".rstrip(), "Try again later."
    return _failed(address, said, hint)


def _unreachable(address: str, reason: object) -> DiagnosticError:
    if isinstance(reason, TimeoutError):
        return _failed(address, f"no answer within {TIMEOUT:.0f} seconds", "Try again later.")
    return _failed(
        address,
        f"the server cannot be reached: {getattr(reason, 'strerror', None) or reason}",
        "Check the address and the connection, or add the schema from a file.",
    )


def _failed(address: str, message: str, hint: str) -> DiagnosticError:
    return DiagnosticError(NOT_FETCHED.at(Position(address), message, hint))
