"""Taking the port before anything is prepared: a minute of demo data for a port that is taken would be in vain."""

import errno
import socket

from boucle.kit.errors import NotAllowedNow

WHY = {
    errno.EADDRINUSE: "is taken",
    errno.EACCES: "is not allowed to this user",
    errno.EADDRNOTAVAIL: "is no address of this machine",
}


def bound_sockets(host: str, port: int) -> list[socket.socket]:
    """Return sockets on the port, one per address of the host; they listen only once they are served.

    Raises `NotAllowedNow` that says why the port cannot be had.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise NotAllowedNow(
            "{host} is no address to listen on ({error}). Correct --host or BOUCLE_HOST.", host=host, error=error
        ) from error
    sockets: list[socket.socket] = []
    try:
        for family, kind, _, _, address in found:
            sockets.append(_bound(family, kind, (address[0], port, *address[2:])))
            port = port or sockets[0].getsockname()[1]  # the same free one for each address
    except OSError as error:
        for each in sockets:
            each.close()
        raise NotAllowedNow(
            "Port {port} on {host} {why}. Choose another with --port or BOUCLE_PORT.",
            port=port,
            host=host,
            why=WHY.get(error.errno or 0, f"cannot be used ({error})"),
        ) from error
    return sockets


def _bound(family: int, kind: int, address: tuple[object, ...]) -> socket.socket:
    taken = socket.socket(family, kind)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            taken.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        taken.bind(address)
    except OSError:
        taken.close()
        raise
    return taken
