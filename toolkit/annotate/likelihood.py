"""How likely a form is a name where it stands, learned from where editors tagged it and did not.

What is known of a form (how often it was a name, of what class it is) and what stands around it are
weighed together: by logistic regression, since what stands around depends on each other. The
weights begin at what is expected of editors who have shown nothing, and move away from it by as
much as the occurrences tell (a Gaussian prior). Coordinate by coordinate, in a fixed order, so the
same documents give the same weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log

_RATE = "rate"
_VARIANCE = 0.3
_VARIANCE_OF_RATE = 0.2
_FEWEST_DOCUMENTS = 3
"""What stands around names, or how often they are names, tells nothing in fewer documents."""
_SWEEPS = 12
_LONGEST_STEP = 1.0
_LEAST, _MOST = 0.001, 0.999


@dataclass(frozen=True, slots=True)
class Example:
    """An occurrence of a form in a document, and whether it is a name there.

    ``rate`` is how often the form, or one of its class, is a name elsewhere, from 0 to 1; ``cues``
    are what stands around.
    """

    document: int
    rate: float
    cues: tuple[str, ...]
    is_name: bool


@dataclass(frozen=True)
class Likelihood:
    """The weights of cues, in log odds, and of the rate of a form."""

    weights: Mapping[str, float] = field(default_factory=dict)
    weight_of_rate: float = 1.0

    def of(self, rate: float, cues: Iterable[str]) -> float:
        """Return how likely a form with this rate is a name among these cues, from 0 to 1."""
        weights = self.weights
        told = sum(weights.get(cue, 0.0) for cue in cues) if weights else 0.0
        return _logistic(self.weight_of_rate * log_odds(rate) + told)


def log_odds(rate: float) -> float:
    """Return the logarithm of the odds, for rates that are neither 0 nor 1."""
    rate = min(max(rate, _LEAST), _MOST)
    return log(rate / (1 - rate))


def fitted(examples: Sequence[Example]) -> Likelihood:
    """Return the likelihood that the examples show."""
    wanted = _shared(examples)
    where: dict[str, list[int]] = {cue: [] for cue in wanted}
    for number, example in enumerate(examples):
        for cue in example.cues:
            if cue in where:
                where[cue].append(number)
    rates = [log_odds(example.rate) for example in examples]
    names = [float(example.is_name) for example in examples]
    weights = dict.fromkeys(wanted, 0.0)
    of_rate = 1.0
    sums = list(rates)
    several = len({example.document for example in examples}) >= _FEWEST_DOCUMENTS
    every = range(len(examples)) if several else range(0)
    for _ in range(_SWEEPS):
        step = _step(every, rates, sums, names, of_rate - 1, _VARIANCE_OF_RATE)
        of_rate += step
        for number, rate in enumerate(rates):
            sums[number] += step * rate
        for cue, numbers in where.items():
            step = _step(numbers, None, sums, names, weights[cue], _VARIANCE)
            weights[cue] += step
            for number in numbers:
                sums[number] += step
    return Likelihood(weights, of_rate)


def _step(
    numbers: Iterable[int],
    values: Sequence[float] | None,
    sums: Sequence[float],
    names: Sequence[float],
    moved: float,
    variance: float,
) -> float:
    """Return how far a weight that has ``moved`` from its start is to move on (Newton's method)."""
    slope, curve = -moved / variance, 1 / variance
    for number in numbers:
        value = 1.0 if values is None else values[number]
        likely = _logistic(sums[number])
        slope += (names[number] - likely) * value
        curve += likely * (1 - likely) * value * value
    return min(max(slope / curve, -_LONGEST_STEP), _LONGEST_STEP)


def _shared(examples: Iterable[Example]) -> list[str]:
    """Return the cues that are in several documents, sorted."""
    seen_in: dict[str, set[int]] = defaultdict(set)
    for example in examples:
        for cue in example.cues:
            seen_in[cue].add(example.document)
    return sorted(cue for cue, where in seen_in.items() if len(where) >= _FEWEST_DOCUMENTS)


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-value)) if value > -500 else 0.0
