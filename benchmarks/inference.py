"""Which way of fitting? Three on the same stand-in city with known truths, each with the same number of runs.

    python benchmarks/inference.py results/calibration/fit.npz --cities 20 --runs 2048

The stand-in is a Gaussian process over runs of the model, with their noise, so that no method has its own form of
surface as the truth. pyABC is not a dependency of the project (decision 0031): install it for this alone.
"""

import argparse
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np

from calibration.emulate import fit
from calibration.likelihood import Likelihood, Observed
from calibration.sample import sample
from model.declare.draws import Draws

LEVELS = (0.5, 0.9)
ACTIVE, CENTRES = 10, 600
ACCEPTED = 0.1
PARTICLES = 512


class StandIn:
    """A city that answers at once: a smooth mean of each statistic, and noise with the model's covariance."""

    def __init__(self, z: np.ndarray, values: np.ndarray, seed: int = 1) -> None:
        """Fit the means to some runs and measure the noise on the others."""
        from sklearn.gaussian_process import GaussianProcessRegressor
        from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

        keep = values.std(axis=0) > 1e-6
        self.centre, self.spread = values[:, keep].mean(axis=0), values[:, keep].std(axis=0)
        scaled = (values[:, keep] - self.centre) / self.spread
        self.parts, left = [], []
        for k in range(scaled.shape[1]):
            active = np.argsort(-np.abs(z.T @ scaled[:, k]))[:ACTIVE]
            kernel = ConstantKernel(1.0) * RBF(np.full(ACTIVE, 5.0), (1.0, 100.0)) + WhiteKernel(0.3)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model = GaussianProcessRegressor(kernel, random_state=seed)
                model.fit(z[:CENTRES, active], scaled[:CENTRES, k])
            found = model.kernel_.k1
            scales = found.k2.length_scale
            self.parts.append((active, scales, z[:CENTRES, active] / scales, found.k1.constant_value * model.alpha_))
            left.append(scaled[CENTRES:, k] - model.predict(z[CENTRES:, active]))
        self.factor = np.linalg.cholesky(np.cov(np.array(left)) + 1e-9 * np.eye(len(left)))
        self.dimensions = z.shape[1]

    def mean(self, z: np.ndarray) -> np.ndarray:
        """Return the mean of each statistic, in standard deviations over the prior."""
        found = []
        for active, scales, centres, weights in self.parts:
            points = z[:, active] / scales
            gaps = np.square(points).sum(axis=1)[:, None] + np.square(centres).sum(axis=1) - 2 * points @ centres.T
            found.append(np.exp(-0.5 * np.maximum(gaps, 0)) @ weights)
        return np.array(found).T

    def run(self, z: np.ndarray, noise: np.ndarray) -> np.ndarray:
        """Return one outcome a point."""
        return self.mean(z) + noise @ self.factor.T


def waves(city: StandIn, seen: np.ndarray, spread: np.ndarray, runs: int, seed: int) -> np.ndarray:
    """Fit as the project does: half the runs over the prior, half in what is left of it."""
    draws, d, k = Draws(seed), city.dimensions, len(seen)
    observed = Observed(np.arange(k), seen, np.array([], int), np.zeros((0, 2)), spread)
    z = draws.normal("first", 0, runs // 2 * d).reshape(-1, d)
    values = city.run(z, draws.normal("noise", 0, len(z) * k).reshape(-1, k))
    first = Likelihood(fit(z, z[:, :0], values)[0], observed)
    many = draws.normal("look", 1, 40_000 * d).reshape(-1, d)
    gap = first.implausible(many)
    cut = max(3.0, float(np.quantile(gap, 0.03)))
    fresh = many[gap <= cut][: runs - len(z)]
    more = city.run(fresh, draws.normal("noise", 2, len(fresh) * k).reshape(-1, k))
    near = first.implausible(z) <= cut
    z, values = np.vstack([z[near], fresh]), np.vstack([values[near], more])
    last = Likelihood(fit(z, z[:, :0], values)[0], observed)
    start = z[np.arange(PARTICLES) % len(z)]
    return sample(last.log, start, seed, lambda points: first.implausible(points) <= cut).z


def regression(city: StandIn, seen: np.ndarray, spread: np.ndarray, runs: int, seed: int) -> np.ndarray:
    """Accept the nearest tenth of a table and adjust by local linear regression (Beaumont et al. 2002)."""
    draws, d, k = Draws(seed), city.dimensions, len(seen)
    z = draws.normal("first", 0, runs * d).reshape(-1, d)
    values = city.run(z, draws.normal("noise", 0, runs * k).reshape(-1, k))
    values = values + spread * draws.normal("error", 0, runs * k).reshape(-1, k)
    scaled = (values - seen) / values.std(axis=0)
    distance = np.sqrt(np.square(scaled).sum(axis=1))
    width = np.quantile(distance, ACCEPTED)
    near = distance <= width
    weights = 1 - np.square(distance[near] / width)
    plain = np.hstack([np.ones((near.sum(), 1)), scaled[near]])
    left = plain.T @ (plain * weights[:, None]) + 1e-6 * np.eye(plain.shape[1])
    slopes = np.linalg.solve(left, plain.T @ (z[near] * weights[:, None]))
    adjusted = z[near] - scaled[near] @ slopes[1:]
    edges = np.cumsum(weights) / weights.sum()
    return adjusted[np.searchsorted(edges, (np.arange(PARTICLES) + 0.5) / PARTICLES)]


def pyabc_smc(city: StandIn, seen: np.ndarray, spread: np.ndarray, runs: int, seed: int) -> np.ndarray:
    """Run pyABC's ABC-SMC with an adaptive distance until the runs are spent."""
    import pyabc

    draws, d, k, count = Draws(seed), city.dimensions, len(seen), [0]

    def model(parameters: dict) -> dict:
        count[0] += 1
        z = np.array([[parameters[f"z{i}"] for i in range(d)]])
        found = city.run(z, draws.normal("noise", count[0], k)[None])[0]
        found = found + spread * draws.normal("error", count[0], k)
        return {f"s{j}": float(v) for j, v in enumerate(found)}

    prior = pyabc.Distribution(**{f"z{i}": pyabc.RV("norm", 0, 1) for i in range(d)})
    smc = pyabc.ABCSMC(
        model, prior, pyabc.AdaptivePNormDistance(p=2), population_size=128, sampler=pyabc.sampler.SingleCoreSampler()
    )
    with tempfile.TemporaryDirectory() as folder:
        smc.new(f"sqlite:///{folder}/history.db", {f"s{j}": float(v) for j, v in enumerate(seen)})
        try:
            smc.run(max_total_nr_simulations=runs, max_nr_populations=40)
        except AssertionError as error:
            # weights that are no numbers: the population before it is the last whole one
            print(f"pyABC stopped: {error}", file=sys.stderr)
        history = smc.history
        frame, weights = history.get_distribution(m=0, t=history.max_t)
    edges = np.cumsum(weights) / weights.sum()
    rows = np.searchsorted(edges, (np.arange(PARTICLES) + 0.5) / PARTICLES)
    return frame[[f"z{i}" for i in range(d)]].to_numpy()[np.minimum(rows, len(frame) - 1)]


METHODS = {"waves of response surfaces": waves, "table and regression": regression, "pyABC ABC-SMC": pyabc_smc}


def main() -> None:
    """Print a table, a method a row."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("table", type=Path, help="runs of a calibration (fit.npz)")
    parser.add_argument("--cities", type=int, default=20, help="synthetic cities")
    parser.add_argument("--runs", type=int, default=2048, help="runs for each method and city")
    parser.add_argument("--only", choices=METHODS, help="one method")
    given = parser.parse_args()
    with np.load(given.table) as kept:
        z, values, spread = kept["z"], kept["values"], kept["spread"]
    keep = values.std(axis=0) > 1e-6
    city, spread = StandIn(z, values), spread[keep] / values[:, keep].std(axis=0)
    print("| method | 50 % covers | 90 % covers | width, of the prior's | error, of the prior's | seconds a city |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, method in METHODS.items():
        if given.only not in (None, name):
            continue
        print(row_of(name, method, city, spread, given.cities, given.runs), flush=True)


def row_of(name, method, city: StandIn, spread: np.ndarray, cities: int, runs: int) -> str:
    """Return one method's row."""
    truths = Draws(99).normal("truth", 0, cities * city.dimensions).reshape(cities, -1)
    k = len(spread)
    ranks, widths, errors, began = [], [], [], time.monotonic()
    for number, truth in enumerate(truths):
        draws = Draws(1000 + number)
        seen = city.run(truth[None], draws.normal("noise", 0, k)[None])[0] + spread * draws.normal("error", 0, k)
        found = method(city, seen, spread, runs, number + 1)
        ranks.append((found < truth).mean(axis=0))
        widths.append(found.std(axis=0))
        errors.append(np.square(found.mean(axis=0) - truth))
    covered = [(np.abs(np.array(ranks) - 0.5) <= level / 2).mean() for level in LEVELS]
    took = (time.monotonic() - began) / cities
    return (
        f"| {name} | {covered[0]:.0%} | {covered[1]:.0%} | {np.mean(widths):.2f} | {np.sqrt(np.mean(errors)):.2f} |"
        f" {took:.0f} |"
    )


if __name__ == "__main__":
    main()
