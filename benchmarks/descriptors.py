"""Thousands of sockets need as many file descriptors."""

import resource


def raise_limit() -> None:
    """Raise what the system allows a process of its own accord to the most that it may be; children inherit it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
