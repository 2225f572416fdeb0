"""Search for good mixes of levers within a budget: NSGA-II, or NSGA-III for more than three goals, by pymoo.

The search asks for mixes and is told what they are worth; it knows nothing of simulations. With the same seed it asks
for the same mixes, so a search that was stopped is continued by running it again with the numbers that are kept.

Deb et al. 2002, IEEE Transactions on Evolutionary Computation 6: 182-197; Deb and Jain 2014, ibid. 18: 577-601.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.algorithms.moo.nsga3 import NSGA3
from pymoo.core.algorithm import Algorithm
from pymoo.core.evaluator import Evaluator
from pymoo.core.problem import Problem
from pymoo.core.repair import Repair
from pymoo.problems.static import StaticProblem
from pymoo.util.ref_dirs import get_reference_directions

MANY_GOALS = 4
PARTITIONS = {4: 5, 5: 4}
FEW_PARTITIONS = 3
TINY = 1e-9
Judge = Callable[[np.ndarray, int], "Worth"]


class Worth(NamedTuple):
    """What mixes are worth: goals to be minimised (mix, goal), and by how much each exceeds the budget."""

    goals: np.ndarray
    over: np.ndarray


class Seen(NamedTuple):
    """Every mix that was judged, in the order of first judgement, and the generation that it came in."""

    cube: np.ndarray
    goals: np.ndarray
    over: np.ndarray
    generation: np.ndarray


class Rounding(Repair):
    """Moves every mix that the search makes to whole steps of its levers."""

    def __init__(self, rounded: Callable[[np.ndarray], np.ndarray]) -> None:
        """Keep the function that rounds."""
        super().__init__()
        self.rounded = rounded

    def _do(self, _problem: Problem, X: np.ndarray, **_more: object) -> np.ndarray:
        return self.rounded(np.asarray(X, dtype=float))


def search(
    start: np.ndarray,
    judge: Judge,
    goals: int,
    generations: int,
    seed: int,
    rounded: Callable[[np.ndarray], np.ndarray],
) -> Seen:
    """Return every mix seen in a search.

    Args:
        start: the first generation, (mix, lever) in the unit cube; later ones are as large. judge: tells what mixes of
            a generation are worth. rounded: moves mixes to values that levers can have.
    """
    problem = Problem(n_var=start.shape[1], n_obj=goals, n_ieq_constr=1, xl=0.0, xu=1.0)
    algorithm = algorithm_for(goals, start, Rounding(rounded))
    algorithm.setup(problem, termination=("n_gen", generations), seed=seed % 2**32, verbose=False)
    rows: dict[bytes, tuple] = {}
    generation = 0
    while algorithm.has_next():
        asked = algorithm.ask()
        cube = np.asarray(asked.get("X"), dtype=float)
        worth = judge(cube, generation)
        Evaluator().eval(StaticProblem(problem, F=worth.goals, G=worth.over[:, None]), asked)
        algorithm.tell(infills=asked)
        for row, values, over in zip(cube, worth.goals, worth.over, strict=True):
            rows.setdefault(row.tobytes(), (row, values, over, generation))
        generation += 1
    return Seen(*(np.array(part) for part in zip(*rows.values(), strict=True)))


def algorithm_for(goals: int, start: np.ndarray, repair: Repair) -> Algorithm:
    """Return NSGA-II, or NSGA-III where there are too many goals for it."""
    common = {"pop_size": len(start), "sampling": start, "repair": repair, "eliminate_duplicates": True}
    if goals < MANY_GOALS:
        return NSGA2(**common)
    parts = PARTITIONS.get(goals, FEW_PARTITIONS)
    directions = get_reference_directions("das-dennis", goals, n_partitions=parts)
    return NSGA3(ref_dirs=directions, **{**common, "pop_size": max(len(start), len(directions))})


def front(goals: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Return the places of allowed mixes that no other allowed mix beats, in order of the first goal.

    Expected: of (1, 3), (2, 2), (3, 3), (0, 5) the third is beaten.
    """
    places = np.flatnonzero(allowed)
    kept = [i for i in places if not any(beats(goals[j], goals[i]) for j in places)]
    different = {tuple(goals[i]): i for i in reversed(kept)}
    return np.array(sorted(different.values(), key=lambda i: tuple(goals[i])), dtype=int)


def beats(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether one is as good in every goal and better in at least one; goals are to be low."""
    return bool((one <= other).all() and (one < other).any())


def scaled(goals: np.ndarray) -> np.ndarray:
    """Return goals from 0 (the best of the front) to 1 (the worst of it)."""
    low, high = goals.min(axis=0), goals.max(axis=0)
    return (goals - low) / np.where(high > low, high - low, 1.0)


def knee(goals: np.ndarray) -> int:
    """Return the place of the mix with most of everything: the nearest to the best of each goal."""
    return int(np.argmin((scaled(goals) ** 2).sum(axis=1)))


def cheapest_within(goals: np.ndarray, cost: np.ndarray, tolerance: float) -> int:
    """Return the place of the cheapest mix that falls behind the knee by no more than a share of the range anywhere."""
    share = scaled(goals)
    near = (share <= share[knee(goals)] + tolerance + TINY).all(axis=1)
    return int(np.flatnonzero(near)[np.argmin(cost[near])])


def who_beats(goals: np.ndarray, cost: np.ndarray, other: Sequence[float], other_cost: float) -> int | None:
    """Return the place of the mix that beats another option most at no more cost, or None."""
    gain = np.asarray(other) - goals
    able = (cost <= other_cost + TINY * max(abs(other_cost), 1.0)) & (gain >= 0).all(axis=1) & (gain > 0).any(axis=1)
    if not able.any():
        return None
    spread = np.ptp(np.vstack([goals, other]), axis=0)
    size = (gain / np.where(spread > 0, spread, 1.0)).sum(axis=1)
    return int(np.flatnonzero(able)[np.argmax(size[able])])
