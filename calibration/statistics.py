"""Named statistics: what a survey or a register would have said about a simulated history.

Each takes a ``History`` and the first and last month of the observation. An outcome's own name is a
statistic too (its mean over the months), with ``_sum`` its sum and ``_least`` its smallest district.
"""

from collections.abc import Callable

import numpy as np

from calibration.observe import AUTUMN, BEFORE, END, WINTER, History
from model.declare.column import Table
from model.entities.codes import ACADEMIC, ARTS, LICENSED, NON_ACADEMIC, RELICENSED, SCIENCE, SPORT, TEACHER

MONTHS = 12
FULL_WEEK = 40
NOTICED_MINUTES = 5
NOTICED_CALM = 0.05
NOTICED_SLEEP = 0.05
STANDARD_PRIMARY, STANDARD_JUNIOR = 10, 9
BANDS = ((1, 2), (3, 6), (7, 9))
SAME_BAND = (1, 3, 4, 5, 7)
LAST_PRIMARY = 6

Statistic = Callable[[History, str, str], float]
STATISTICS: dict[str, Statistic] = {}
UNITS: dict[str, str] = {}


def statistic(unit: str) -> Callable[[Statistic], Statistic]:
    """Register a named statistic with the unit of its value."""

    def register(function: Statistic) -> Statistic:
        STATISTICS[function.__name__], UNITS[function.__name__] = function, unit
        return function

    return register


@statistic("share")
def institutions_gone(history: History, first: str, last: str) -> float:
    """Return the share of licensed academic institutions gone by the end of a month."""
    return (
        1 - float(history.window("licensed_academic", last, last)[0]) / history.profile.values["institutions_academic"]
    )


@statistic("share")
def institutions_gone_on_the_21st(history: History, first: str, last: str) -> float:
    """Return the same share on the 21st of a month, between the ends of two months."""
    before, after = history.window("licensed_academic", first, last)
    left = before + (after - before) * 21 / 31
    return 1 - float(left) / history.profile.values["institutions_academic"]


@statistic("share")
def closed_that_changed_business(history: History, first: str, last: str) -> float:
    """Return, of the academic institutions that are gone, the share that now runs other classes."""
    i = history.looks[END]["institution"]
    gone = (i["kind"] == ACADEMIC) & (i["state"] != LICENSED)
    return float((i["state"][gone] == NON_ACADEMIC).mean()) if gone.any() else 0.0


@statistic("institutions")
def relicensed_arts(history: History, first: str, last: str) -> float:
    """Return how many arts institutions are relicensed."""
    return relicensed(history, ARTS)


@statistic("institutions")
def relicensed_sport(history: History, first: str, last: str) -> float:
    """Return how many sport institutions are relicensed."""
    return relicensed(history, SPORT)


@statistic("institutions")
def relicensed_science(history: History, first: str, last: str) -> float:
    """Return how many science and technology institutions are relicensed."""
    return relicensed(history, SCIENCE)


def relicensed(history: History, kind: int) -> float:
    """Return how many institutions of a kind are relicensed and in business."""
    i = history.looks[END]["institution"]
    return float(((i["kind"] == kind) & (i["queue_stage"] == RELICENSED) & (i["state"] == NON_ACADEMIC)).sum())


@statistic("cases")
def hidden_cases(history: History, first: str, last: str) -> float:
    """Return the hidden providers found over the months."""
    return float(history.window("hidden_cases", first, last).sum())


@statistic("ratio")
def yield_against_2022(history: History, first: str, last: str) -> float:
    """Return hidden cases per trip over the months, over all cases per trip in 2022."""
    usual = (
        history.window("all_cases", "2022-01", "2022-12").sum() / history.window("trips", "2022-01", "2022-12").sum()
    )
    now = history.window("hidden_cases", first, last).sum() / history.window("trips", first, last).sum()
    return float(now / usual) if usual > 0 else float("nan")


@statistic("CNY/pupil")
def prepaid_each(history: History, first: str, last: str) -> float:
    """Return the prepaid fees per pupil of listed institutions: what a refund is about."""
    return float(history.window("prepaid_each", first, last).mean())


@statistic("ratio")
def loss_each_against_2022(history: History, first: str, last: str) -> float:
    """Return prepaid fees lost per harmed family over the months, over those of 2022."""
    now, usual = (loss_each(history, *window) for window in ((first, last), ("2022-01", "2022-12")))
    return now / usual if usual > 0 else float("nan")


def loss_each(history: History, first: str, last: str) -> float:
    """Return prepaid fees lost per harmed family."""
    harmed = history.window("harmed", first, last).sum()
    return float(history.window("refund_lost", first, last).sum() / harmed) if harmed > 0 else 0.0


@statistic("CNY/year")
def spending_each(history: History, first: str, last: str) -> float:
    """Return yearly spending on academic tutoring per participant."""
    paid = history.window("tutoring_spending", first, last).sum()
    return float(MONTHS * paid / history.window("tutoring_share", first, last).sum())


@statistic("share")
def any_class(history: History, first: str, last: str) -> float:
    """Return the share of pupils in academic tutoring or an interest class before the policy."""
    family = history.looks[BEFORE]["family"]
    return mean_over(family, family["tutored"] | family["takes_interest"])


@statistic("CNY/year")
def spending_all(history: History, first: str, last: str) -> float:
    """Return yearly spending on tutoring and interest classes per pupil before the policy."""
    family = history.looks[BEFORE]["family"]
    return MONTHS * mean_over(family, family["tuition"] + family["interest_fee"])


@statistic("share")
def interest_before(history: History, first: str, last: str) -> float:
    """Return the share of pupils in interest classes before the policy."""
    family = history.looks[BEFORE]["family"]
    return mean_over(family, family["takes_interest"])


@statistic("share")
def interest_after(history: History, first: str, last: str) -> float:
    """Return the share of pupils in interest classes in the first winter."""
    family = history.looks[WINTER]["family"]
    return mean_over(family, family["takes_interest"])


@statistic("ratio")
def town_over_village(history: History, first: str, last: str) -> float:
    """Return participation in academic tutoring of urban over rural pupils before the policy."""
    family = history.looks[BEFORE]["family"]
    urban, tutored = family["urban"], family["tutored"]
    rural = float(tutored[~urban].mean()) if (~urban).any() else 0.0
    return float(tutored[urban].mean() / rural) if rural > 0 else float("nan")


@statistic("share")
def homework_less(history: History, first: str, last: str) -> float:
    """Return the share of pupils, of those who stay in a band of grades, with noticeably less homework than before."""
    before, after = (history.looks[look]["family"] for look in (BEFORE, WINTER))
    same = np.isin(before["grade"], SAME_BAND)
    less = after["homework"] < before["homework"] - NOTICED_MINUTES
    return float(less[same].mean())


@statistic("share")
def lower_grades_comply_more(history: History, first: str, last: str) -> float:
    """Return the share of pupils within the cap in grades 1-2 less that in the better of the two other bands."""
    family = history.looks[END]["family"]
    keeps = family["homework"] <= family["homework_cap"] + history.parameters["over_cap_tolerance"]
    lower, middle, junior = (float(keeps[in_band(family, band)].mean()) for band in BANDS)
    return lower - max(middle, junior)


def in_band(family: Table, band: tuple[int, int]) -> np.ndarray:
    """Return which pupils are in a band of grades."""
    return (family["grade"] >= band[0]) & (family["grade"] <= band[1])


@statistic("share")
def below_sleep_standard(history: History, first: str, last: str) -> float:
    """Return the share of pupils who sleep less than the standard of their stage before the policy."""
    family = history.looks[BEFORE]["family"]
    standard = np.where(family["grade"] > LAST_PRIMARY, STANDARD_JUNIOR, STANDARD_PRIMARY)
    return mean_over(family, family["sleep"] < standard)


@statistic("share")
def sleep_more(history: History, first: str, last: str) -> float:
    """Return the share of pupils, of those who stay in a band of grades, who sleep noticeably longer than before."""
    before, after = (history.looks[look]["family"] for look in (BEFORE, WINTER))
    more = after["sleep"] > before["sleep"] + NOTICED_SLEEP
    return float(more[np.isin(before["grade"], SAME_BAND)].mean())


@statistic("share")
def relieved(history: History, first: str, last: str) -> float:
    """Return the share of parents whose anxiety fell noticeably from before the policy to the autumn."""
    before, after = (history.looks[look]["family"] for look in (BEFORE, AUTUMN))
    return mean_over(after, after["anxiety"] < before["anxiety"] - NOTICED_CALM)


@statistic("share")
def long_weeks(history: History, first: str, last: str) -> float:
    """Return the share of teachers who work more than a full week in the first winter."""
    member = history.looks[WINTER]["member"]
    teacher = member["post"] == TEACHER
    return float(np.average(member["hours"][teacher] > FULL_WEEK, weights=member["weight"][teacher]))


@statistic("ratio")
def exhaustion_with_engagement(history: History, first: str, last: str) -> float:
    """Return the correlation of exhaustion and engagement among Party members before the policy."""
    member = history.looks[BEFORE]["member"]
    party = member["party_member"]
    return float(np.corrcoef(member["exhaustion"][party], member["engagement"][party])[0, 1])


def mean_over(table: Table, values: np.ndarray) -> float:
    """Return the weighted mean over the rows of a table."""
    return float(np.average(values, weights=table["weight"]))


@statistic("ratio")
def hit_rate(history: History, first: str, last: str) -> float:
    """Return violations found per institution checked."""
    checks = history.window("inspections", first, last).sum()
    return float(history.window("violations_found", first, last).sum() / checks) if checks > 0 else float("nan")


@statistic("share")
def family_less_career(history: History, first: str, last: str) -> float:
    """Return the share of Party members strained by family less the share whose career is blocked."""
    pair = (history.window(name, first, last) for name in ("family_strain_share", "career_blocked_share"))
    family, career = (float(values.mean()) for values in pair)
    return family - career
