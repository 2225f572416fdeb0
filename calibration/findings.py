"""What each stage found, as plain values that pages, figures and the app read."""

from collections.abc import Sequence

import numpy as np

from calibration.predict import Check, share_inside
from calibration.proof import LEVELS, Proof
from calibration.rivals import Rival
from calibration.sample import Sample
from calibration.screen import Screening
from calibration.target import Targets
from calibration.waves import Fit

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
ALIKE = 0.25
UNEVEN = 0.01


def facts_of_fit(runs: int, screening: Screening, fit: Fit, points: Sample, again: Sample) -> dict:
    """Return what the fit found: waves, emulators, and each informed parameter before and after."""
    return {
        "runs": runs,
        "screening": {name: round(v, 4) for name, v in sorted(screening.strength.items(), key=lambda item: -item[1])},
        "moves": {name: screening.moves.get(name, "") for name in screening.chosen},
        "waves": [{"cut": cut.most, "left": cut.left} for cut in fit.cuts],
        "left": fit.left,
        "runs_left": len(fit.table.z),
        "explained": {t.id: round(float(v), 3) for t, v in zip(fit.targets, fit.emulator.explained, strict=True)},
        "steps": points.steps,
        "accepted": points.accepted,
        "evidence": points.evidence,
        "chance": float(np.abs(points.z.mean(axis=0) - again.z.mean(axis=0)).max()),
        "informed": informed_rows(fit, points.z),
        "alike": alike(fit.space.names, points.z),
    }


def informed_rows(fit: Fit, z: np.ndarray) -> list[dict]:
    """Return each informed parameter's prior and posterior, the most informed first."""
    values = fit.space.informed_values(z)
    rows = []
    for place, p in enumerate(fit.space.informed):
        low, middle, high = (float(v) for v in np.quantile(values[:, place], (LOW, MIDDLE, HIGH)))
        prior = [p.quantile(u) for u in (LOW, MIDDLE, HIGH)]
        shrinkage = 1 - float(z[:, place].std())
        rows.append({"id": p.id, "label": p.label, "prior": prior, "posterior": [low, middle, high], "shift":
                     float(z[:, place].mean()), "shrinkage": shrinkage})  # fmt: skip
    return sorted(rows, key=lambda row: -row["shrinkage"])


def alike(names: Sequence[str], z: np.ndarray) -> list[dict]:
    """Return the pairs of parameters that the targets hardly tell apart: those that correlate in the posterior."""
    correlation = np.corrcoef(z, rowvar=False).reshape(len(names), len(names))
    pairs = [(abs(correlation[i, j]), i, j) for i in range(len(names)) for j in range(i)]
    strong = sorted((pair for pair in pairs if pair[0] >= ALIKE), reverse=True)
    return [{"pair": [names[j], names[i]], "correlation": float(correlation[i, j])} for _, i, j in strong]


def facts_of_proof(fit: Fit, proof: Proof) -> dict:
    """Return coverage and ranks, over all and by parameter."""
    by_level = {level: proof.coverage(level) for level in LEVELS}
    chance = proof.unevenness()
    return {
        "cities": len(proof.ranks),
        "coverage": {f"{level:g}": float(values.mean()) for level, values in by_level.items()},
        "uneven": int((chance < UNEVEN).sum()),
        "uneven_expected": UNEVEN * len(chance),
        "ranks": np.histogram(proof.ranks, 20, (0, 1))[0].tolist(),
        "parameters": {
            name: {
                **{f"coverage_{level:g}": float(values[place]) for level, values in by_level.items()},
                "evenness": float(chance[place]),
                "width": float(proof.widths[:, place].mean()),
            }
            for place, name in enumerate(fit.space.names)
        },
    }


def facts_of_check(
    fitted: Sequence[Check], held_out: Sequence[Check], before: Sequence[Check], targets: Targets, other: Targets
) -> dict:
    """Return every row: observed, predicted, inside or outside; the prior's prediction too."""
    prior = {c.target.id: [c.low, c.middle, c.high] for c in before}
    return {
        "fitted": [{**c.as_row(), "prior": prior[c.target.id]} for c in fitted],
        "held_out": [c.as_row() for c in held_out],
        "share_inside": share_inside(fitted),
        "targets_inside": sum(c.inside for c in fitted) / len(fitted),
        "without": {**targets.without},
        "held_out_without": {**other.without},
    }


def facts_of_rivals(rivals: Sequence[Rival]) -> dict:
    """Return each alternative's evidence against the standard form."""
    return {"rivals": [{**r._asdict(), "verdict": r.verdict} for r in rivals]}
