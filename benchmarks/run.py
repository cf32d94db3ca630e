"""`make bench`: how Boucle compares with its peers doing the same work, all in the same run.

Figures are ratios, in rounds in which the sides take turns, so that a busy machine slows all of them. Absolute rates
depend on the machine and are shown only to make sense of the ratios.
"""

import argparse
from collections.abc import Callable, Mapping

from benchmarks import results
from benchmarks.growth import growth
from benchmarks.intake import intake
from benchmarks.live import live
from benchmarks.reading import reading
from benchmarks.sections import Section
from benchmarks.sweeps import sweeps
from benchmarks.writing import writing

# Each takes how many tickets there are, how many rounds, and how many seconds a side has in each.
PARTS: Mapping[str, Callable[[int, int, float], Section]] = {
    "reading": reading,
    "growth": growth,
    "writing": writing,
    "live": live,
    "sweeps": sweeps,
    "intake": intake,
}


def main() -> None:
    """Measure, print the tables and, where everything was measured, write them to RESULTS.md."""
    given = _arguments()
    described = results.machine()
    sections: list[Section] = []
    for name in given.only or PARTS:
        tickets = given.most if name == "growth" and given.most else given.tickets
        sections.append(PARTS[name](tickets, given.rounds, given.seconds))
        print("\n".join(sections[-1].lines), flush=True)
    if not given.only:
        results.RESULTS.write_text(results.page(sections, given.tickets, given.rounds, described=described))
        print(f"Written to {results.RESULTS.name}")


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=1_000_000, help="tickets in the database, at least 10,000")
    arguments.add_argument("--most", type=int, help="tickets for the figure of growth, by default the same")
    arguments.add_argument("--seconds", type=float, default=2.0, help="time of each side in each round")
    arguments.add_argument("--rounds", type=int, default=3, help="how often each side takes its turn")
    arguments.add_argument("--only", choices=PARTS, nargs="+", help="these parts; RESULTS.md stays as it is")
    return arguments.parse_args()


if __name__ == "__main__":
    main()
