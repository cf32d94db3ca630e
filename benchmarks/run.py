"""`make bench`: how Boucle compares with its peers doing the same work, all in the same run.

Figures are ratios, in rounds in which the sides take turns, so that a busy machine slows all of them. Absolute rates
depend on the machine and are shown only to make sense of the ratios.
"""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack

from benchmarks import results
from benchmarks.reading import Round, Turns
from benchmarks.store import opened_store
from benchmarks.writing import Outcome, written


def main() -> None:
    """Measure, print the tables and, where everything was measured, write them to RESULTS.md."""
    given = _arguments()
    outcomes = [] if given.only == "reading" else _writing(given)
    if given.only == "writing":
        return
    with ExitStack() as stack:
        store = stack.enter_context(opened_store())
        described = results.machine(store)
        turns = Turns(store, stack, given.tickets, given.seconds)
        turns.add_all()
        rounds: list[Round] = []
        for each in turns.rounds(given.rounds):
            rounds.append(each)
            print(f"Round {len(rounds)} of {given.rounds}", flush=True)
    _show([*results.reading_lines(rounds), "", *results.rate_lines(rounds)])
    if outcomes:
        text = results.page(rounds, outcomes, tickets=given.tickets, fields=turns.fields, described=described)
        results.RESULTS.write_text(text)
        print(f"Written to {results.RESULTS.name}")


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=10_000, help="tickets in the database, at least 10,000")
    arguments.add_argument("--seconds", type=float, default=2.0, help="time of each side in each round")
    arguments.add_argument("--rounds", type=int, default=3, help="how often each side takes its turn")
    arguments.add_argument("--only", choices=("reading", "writing"), help="one part; RESULTS.md stays as it is")
    return arguments.parse_args()


def _writing(given: argparse.Namespace) -> Sequence[Outcome]:
    outcomes = list(written(rounds=given.rounds, seconds=given.seconds))
    _show(results.writing_lines(outcomes))
    return outcomes


def _show(lines: Sequence[str]) -> None:
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    main()
