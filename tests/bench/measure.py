"""Taking turns with the floor: five rounds, medians, one line a figure."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

ROUNDS = 5


@dataclass(frozen=True)
class Way:
    """One way to do the same work: ``work`` does ``count`` units of it.

    ``prepare`` runs before each round and is not measured.
    """

    name: str
    count: int
    work: Callable[[], object]
    prepare: Callable[[], object] = lambda: None

    def rate(self) -> float:
        """Units a second."""
        self.prepare()
        started = perf_counter()
        self.work()
        return self.count / (perf_counter() - started)


def compare(title: str, floor: Way, *others: Way) -> None:
    """Print all rates and their ratios to ``floor``, from alternating rounds."""
    ways = (floor, *others)
    rates: dict[str, list[float]] = {way.name: [] for way in ways}
    for _ in range(ROUNDS):
        for way in ways:
            rates[way.name].append(way.rate())
    print(f"\n{title}")
    base = median(rates[floor.name])
    for way in ways:
        rate = median(rates[way.name])
        print(f"  {way.name:44} {rate:>9,.0f}/s  {rate / base:.2f}")
