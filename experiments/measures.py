"""What one replicate gives for each claim about patterns."""

from collections.abc import Callable

import numpy as np

from experiments.replicate import TWO_YEARS, Replicate, Run, World, at, finished, last
from experiments.what_if import what_if
from model.declare.column import Table
from model.declare.draws import Draws
from model.declare.mechanism import REGISTRY
from model.declare.setting import month_index, parameters
from model.entities.codes import ARTS, IN_GROUP, IN_LICENSED, NON_ACADEMIC, RELICENSED, SPORT
from model.simulation import City
from model.wiring import Call
from scenarios.scenario import FIRST_FUTURE

NO_PEERS = {"want_peers": 0.0, "want_rank": 0.0, "anxiety_peers": 0.0, "anxiety_rank": 0.0}
NO_CHOICE = (
    "families_reconsider",
    "families_choose_tutoring",
    "markets_ration_places",
    "families_take_places",
    "families_lose_fees",
    "closures_displace_families",
)
STRICTNESS = (0.0, 0.25, 0.5, 0.75, 1.0)
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
WINDOW_OPENS = month_index("2022-12")
OFF = "off"


def collapse(replicate: Replicate) -> dict[str, float]:
    """Pattern 1 and 2: institutions and participation."""
    run, whole = replicate.history, replicate.world.profile.values["institutions_academic"]
    gone = 1 - run.outcomes["licensed_academic"] / whole
    usual = at(run, "tutoring_share", "2021-06")
    months = slice(month_index("2021-12"), month_index("2022-08"))
    fewer = 1 - run.outcomes["tutoring_share"][months] / usual
    fall = {name: float(gone[month_index(m)]) for name, m in
            (("1a", "2021-10"), ("1b", "2021-12"), ("1c", "2022-02"), ("1e", "2023-05"))}  # fmt: skip
    return {**fall, "1d": float(gone[month_index("2023-02")]) - fall["1c"], "2": float(np.mean(fewer / gone[months]))}


def concealment(replicate: Replicate) -> dict[str, float]:
    """Pattern 3: crackdown alone against no policy."""
    none, hard = replicate.no_policy, replicate.crackdown
    market = hard.tables["market"]
    ratio, pupils = market["price"] / market["old_price"], market["enrolled"]
    hidden, licensed = market["form"] >= IN_GROUP, market["form"] == IN_LICENSED
    each = [last(run, "tutoring_spending") / last(run, "tutoring_share") for run in (hard, none)]
    return {
        "3a": last(hard, "hidden_share") - last(none, "hidden_share"),
        "3b": float(np.average(ratio[hidden], weights=pupils[hidden])),
        "3c": float(ratio[licensed].mean()),
        "3d": last(hard, "one_to_one_share") - last(none, "one_to_one_share"),
        "3e": each[0] / each[1],
    }


def rat_race(replicate: Replicate) -> dict[str, float]:
    """Pattern 4: what others do."""
    none = replicate.no_policy
    alone = replicate.run(FIRST_FUTURE, replicate.at_first, drawn=NO_PEERS)
    concealed = replicate.run(FIRST_FUTURE, replicate.at_first | {"evaluation_reform": 1.0})
    share = last(none, "tutoring_share")
    rise, by_fifth = wish_with_peers(replicate), 5
    everyone, nobody = uniform(replicate, True), uniform(replicate, False)
    return {
        "4a": last(alone, "tutoring_share") / share - 1,
        "4b": float(np.mean(rise)),
        "4c": float(rise[by_fifth - 1] - rise[0]),
        "4d": last(everyone, "learning_mean") - last(nobody, "learning_mean"),
        "4e": last(everyone, "parent_anxiety") - last(nobody, "parent_anxiety"),
        "4f": last(concealed, "tutoring_share") - share,
    }


def wish_with_peers(replicate: Replicate) -> np.ndarray:
    """Return, by income fifth, how many more want tutoring when all classmates are tutored instead of none."""
    run, wants = replicate.before, []
    city = City.restore(run.state, replicate.settings(months=FIRST_FUTURE))
    settings = city.month_settings(city.month)
    given = {"d": settings, "f": {name: np.float32(value) for name, value in settings.items()}}
    for tutored in (True, False):
        tables = {name: table.copy() for name, table in run.tables.items()}
        tables["family"]["tutored"], tables["family"]["reconsiders"] = tutored, True
        Call(REGISTRY["families_choose_tutoring"]).run(tables, Draws(replicate.world.seed), city.month, given)
        wants.append(tables["family"]["market_id"] >= 0)
    fifth = run.tables["family"]["income_fifth"]
    gain = wants[0].astype(float) - wants[1]
    return np.array([gain[fifth == f].mean() for f in range(1, int(fifth.max()) + 1)])


def uniform(replicate: Replicate, tutored: bool) -> Run:
    """Return two years in which everybody, or nobody, is tutored and nothing else about tutoring changes."""
    forms = dict.fromkeys(NO_CHOICE, OFF)
    settings = replicate.settings(months=TWO_YEARS, forms=forms)
    city = City.restore(replicate.history.state, settings)
    city.tables["family"]["tutored"] = tutored
    city.tables["family"]["hidden"] = False
    return finished(city.run(TWO_YEARS))


def service(replicate: Replicate) -> dict[str, float]:
    """Pattern 5: coverage, participation, quality."""
    run = replicate.history
    coverage, joined, quality = (last(run, f"after_school_{o}", 3) for o in ("coverage", "participation", "quality"))
    return {
        "5a": at(run, "after_school_coverage", "2021-12"),
        "5b": at(run, "after_school_participation", "2021-09"),
        "5c": at(run, "after_school_participation", "2022-01"),
        "5d": coverage - joined,
        "5e": joined - quality,
    }


def homework(replicate: Replicate) -> dict[str, float]:
    """Pattern 6: homework and sleep."""
    run, checked = replicate.history, replicate.future(TWO_YEARS)
    unchecked = replicate.future(TWO_YEARS, {"homework_oversight": 0.0})
    lower, middle, junior = within_cap(run.tables["family"])
    both = [sum(within_cap(r.tables["family"])) / 3 for r in (unchecked, checked)]
    primary, older = (last(run, f"sleep_hours_{s}", 3) for s in ("primary", "junior"))
    return {
        "6a": lower - middle,
        "6b": middle - junior,
        "6c": both[0] - both[1],
        "6d": primary - at(run, "sleep_hours_primary", "2021-06"),
        "6e": older - at(run, "sleep_hours_junior", "2021-06"),
        "6f": older,
    }


def within_cap(family: Table) -> tuple[float, float, float]:
    """Return the share of pupils whose homework keeps the cap, by grade band."""
    tolerance = parameters()["over_cap_tolerance"].value
    keeps = family["homework"] <= family["homework_cap"] + tolerance
    bands = ((1, 2), (3, 6), (7, 9))
    return tuple(float(keeps[(family["grade"] >= a) & (family["grade"] <= b)].mean()) for a, b in bands)


def queue(replicate: Replicate) -> dict[str, float]:
    """Pattern 7: the licence queue."""
    usual = what_if(replicate.world.profile).lever_values
    more = {
        key: {m: many * v for m, v in enumerate(usual[key]) if m >= WINDOW_OPENS}
        for key, many in (("enforcement_intensity", 3), ("fire_certificate_capacity", 30))
    }
    inspected, certified = (replicate.run(FIRST_FUTURE, {key: path}) for key, path in more.items())
    share = last(replicate.history, "relicensed_share", 1)
    i = replicate.history.tables["institution"]
    done = (i["queue_stage"] == RELICENSED) & (i["state"] == NON_ACADEMIC)
    return {
        "7a": share,
        "7b": abs(last(inspected, "relicensed_share", 1) - share),
        "7c": last(certified, "relicensed_share", 1) / max(share, 1e-9),
        "7d": float(done[i["kind"] == SPORT].mean() - done[i["kind"] == ARTS].mean()),
    }


def accountability(replicate: Replicate) -> dict[str, float]:
    """Pattern 8: strictness from low to high, and tolerance."""
    low, middle, high = (replicate.cadres(accountability_strictness=z) for z in (LOW, MIDDLE, HIGH))
    peaks = [peak(work_by_strictness(replicate, tolerance)) for tolerance in (LOW, HIGH)]
    without, tolerant = (replicate.cadres(fault_tolerance=t) for t in (0.0, 1.0))
    gain = tolerant.tables["member"]["bold_action"] - without.tables["member"]["bold_action"]
    motive = without.tables["member"]["public_service"]
    strong, weak = motive > np.quantile(motive, 0.75), motive < np.quantile(motive, 0.25)
    blurred = [replicate.cadres(fault_tolerance=t, role_clarity=0.0) for t in (0.0, 1.0)]
    return {
        "8a": shirking(middle) - shirking(low),
        "8b": last(high, "avoidance_share") - last(middle, "avoidance_share"),
        "8c": last(high, "formalism_hours") - last(middle, "formalism_hours"),
        "8d": last(high, "effective_work") - last(middle, "effective_work"),
        "8e": peaks[0],
        "8f": peaks[1] - peaks[0],
        "8g": last(tolerant, "bold_action_rate") - last(without, "bold_action_rate"),
        "8h": float(gain[strong].mean() - gain[weak].mean()),
        "8i": last(blurred[1], "error_rate") - last(blurred[0], "error_rate"),
    }


def shirking(run: Run) -> float:
    """Return the mean shirking of Party members at the end."""
    member = run.tables["member"]
    return float(np.average(member["shirking"], weights=member["weight"] * member["party_member"]))


def work_by_strictness(replicate: Replicate, tolerance: float) -> list[float]:
    """Return effective work under each strictness."""
    runs = (replicate.cadres(accountability_strictness=z, fault_tolerance=tolerance) for z in STRICTNESS)
    return [last(run, "effective_work") for run in runs]


def peak(values: list[float]) -> float:
    """Return the strictness at which a parabola through the highest point and its neighbours peaks."""
    k = int(np.clip(np.argmax(values), 1, len(values) - 2))
    a, b, _ = np.polyfit(STRICTNESS[k - 1 : k + 2], values[k - 1 : k + 2], 2)
    return float(np.clip(-b / (2 * a), 0, 1)) if a < 0 else float(STRICTNESS[int(np.argmax(values))])


def members(replicate: Replicate) -> dict[str, float]:
    """Pattern 9: members before the policy."""
    run = replicate.before
    member = run.tables["member"]
    party = member["party_member"]
    family, career = last(run, "family_strain_share"), last(run, "career_blocked_share")
    return {
        "9a": last(run, "overload_share"),
        "9b": family,
        "9c": career,
        "9d": family - career,
        "9e": float(np.corrcoef(member["exhaustion"][party], member["engagement"][party])[0, 1]),
    }


MEASURES: tuple[Callable[[Replicate], dict[str, float]], ...] = (
    collapse, concealment, rat_race, service, homework, queue, accountability, members,
)  # fmt: skip


def measure(world: World) -> dict[str, float]:
    """Return the number of every claim in one replicate."""
    replicate = Replicate(world)
    return {claim: value for part in MEASURES for claim, value in part(replicate).items()}
