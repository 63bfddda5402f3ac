"""The port that Attaché listens on: only this machine's, and only if it is free."""

from __future__ import annotations

import errno
import ipaddress
import json
import socket
import sys
from http.client import HTTPConnection, HTTPException

from assistant import messages
from corpus.errors import SettingsError

# Connections that wait while a first library is being indexed.
BACKLOG = 128


def is_loopback(host: str) -> bool:
    """Whether `host` is a name or address of this machine that no other can reach."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the port; 0 takes a free one.

    Whoever connects from now on waits until the server answers, rather than being refused.

    Raises:
        SettingsError: The host is open to the network, or the port is taken.
    """
    if not is_loopback(host):
        raise SettingsError(
            messages.HOST_OPEN.format(host=host), messages.HOST_OPEN_MEND.format(port=port)
        )
    try:
        # localhost may have no IPv6 address where the name lists one, so IPv4 it is.
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        opened = socket.socket(family, socket.SOCK_STREAM)
        try:
            if sys.platform != "win32":
                # A port that a stopped server has just left is free. (Windows means by this
                # option that two may share one.)
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.bind((host.strip("[]"), port))
            opened.listen(BACKLOG)
        except OSError:
            opened.close()
            raise
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                messages.PORT_TAKEN.format(port=port, host=host), messages.PORT_TAKEN_MEND
            ) from error
        raise SettingsError(
            messages.PORT_REFUSED.format(host=host, port=port, reason=error.strerror),
            messages.PORT_REFUSED_MEND,
        ) from error
    return opened


def address_of(listening: socket.socket) -> str:
    """The address that a browser opens to reach a listening socket."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_attache(host: str, port: int) -> bool:
    """Whether what listens there is an Attaché, asked for its health."""
    connection = HTTPConnection(host.strip("[]"), port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        answer = json.loads(connection.getresponse().read(1000))
    except (OSError, HTTPException, ValueError):
        return False
    finally:
        connection.close()
    return isinstance(answer, dict) and answer.get("service") == "attache"
