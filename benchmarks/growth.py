"""The figure of growth: the same page of the inbox with few tickets and with many."""

from contextlib import ExitStack

from benchmarks import servers
from benchmarks.documents import INBOX, Side
from benchmarks.load import Order, measured
from benchmarks.sections import Ratio, Section
from benchmarks.store import opened_store
from boucle.kit.database import Dialect

SMALL = 10_000
TEXT = f"""Boucle alone, one client: the middle time of a page of the inbox with many tickets, divided by
that with {SMALL:,}."""


def growth(tickets: int, rounds: int, seconds: float) -> Section:
    """Measure the page on PostgreSQL with so many tickets and with few, in turn."""
    with ExitStack() as stack:
        store = stack.enter_context(opened_store())
        urls = [store.url(Dialect.POSTGRES, count) for count in (SMALL, tickets)]
        running = [stack.enter_context(servers.boucle(url)) for url in urls]
        orders = [Order(each.port, INBOX.body(Side.BOUCLE), dict(each.headers), 1, seconds) for each in running]
        pairs = [[measured(order) for order in orders] for _ in range(rounds)]
    name = f"inbox page, p50 with {tickets:,} ÷ with {SMALL:,} tickets"
    ratios = [large.p50 / small.p50 for small, large in pairs]
    times = [f"- {small.p50:.2f} ms, and {large.p50:.2f} ms." for small, large in pairs]
    return Section("Growth", TEXT, [Ratio(name, Dialect.POSTGRES, "≤ 1.5", "1.1", ratios)], times)
