"""Outcomes of the twin, by city, district, income fifth and post, from the agents' attributes.

The declared measures are used as they are: what is tested is how agents live, not how they are counted.
"""

import numpy as np

from model.costs import MONTHS_A_YEAR, unit_costs
from model.declare.setting import levers
from model.entities.codes import NON_ACADEMIC, POSTS, TEACHER
from model.outcomes import outcomes_of

FIFTHS = (1, 2, 3, 4, 5)


def observe(city, s):
    """Return {(group, outcome): value} of the present month."""
    known, found = {}, {}
    for outcome in outcomes_of(city.settings):
        if outcome.over == "levers":
            costs = lever_costs(city, s)
            found["city", outcome.id] = sum(costs.values())
            found |= {(f"lever:{name}", outcome.id): cost for name, cost in costs.items()}
            continue
        agents = city.by_type[outcome.over]
        columns = [column(known, agents, outcome.over, name) for name in outcome.columns]
        measured = outcome.measure(*columns, **{name: getattr(s, name) for name in outcome.settings})
        for group, rows in groups(known, city, agents, outcome).items():
            found[group, outcome.id] = value(known, agents, outcome, measured, rows)
    return found


def column(known, agents, over, name):
    """Return an attribute of all agents as an array, made once a month."""
    if (over, name) not in known:
        known[over, name] = np.array([getattr(agent, name) for agent in agents])
    return known[over, name]


def groups(known, city, agents, outcome):
    """Return {group: which agents are in it} for the groups that an outcome is wanted for."""
    over, found = outcome.over, {"city": np.ones(len(agents), bool)}
    if "district" in outcome.groups:
        if over not in city.homes:
            number = {d: i for i, d in enumerate(city.districts)}
            city.homes[over] = np.array([number[a if over == "district" else a.district] for a in agents])
        found |= {f"district:{i + 1:02d}": city.homes[over] == i for i in range(len(city.districts))}
    if "income" in outcome.groups:
        found |= {f"income:{i}": column(known, agents, over, "income_fifth") == i for i in FIFTHS}
    if "post" in outcome.groups:
        found |= {f"post:{name}": column(known, agents, over, "post") == i for i, name in enumerate(POSTS)}
    return found


def value(known, agents, outcome, measured, rows):
    """Return the weighted total, or the ratio of two weighted sums, over some agents."""
    weighed = outcome.over in ("member", "family")
    weight = column(known, agents, outcome.over, "weight") if weighed else np.ones(len(agents))
    top, bottom = measured if isinstance(measured, tuple) else (measured, None)
    above = float((np.broadcast_to(top, weight.shape)[rows] * weight[rows]).sum())
    if bottom is None:
        return above
    below = float((np.broadcast_to(bottom, weight.shape)[rows] * weight[rows]).sum())
    return above / below if below > 0 else float("nan")


def lever_costs(city, s):
    """Return CNY a month for each lever of the running systems."""
    members, schools = city.members, city.schools
    served = sum(min(school.participants / max(school.pupils, 1), 1) * school.teachers for school in schools)
    volume = {
        "members": sum(m.weight for m in members),
        "teachers": sum(m.weight for m in members if m.post == TEACHER),
        "party_members": sum(m.weight for m in members if m.party_member),
        "leaders": len(city.leaders), "pupils": city.family_weight, "families": city.family_weight,
        "schools": len(schools), "after_school_pupils": sum(school.participants for school in schools),
        "institutions": sum(i.state == NON_ACADEMIC for i in city.institutions), "trips": s.enforcement_intensity,
        "dossiers": s.licensing_capacity, "certificates": s.fire_certificate_capacity,
        "districts": len(city.districts), "city": 1, "subsidy_paid": sum(d.subsidy_paid for d in city.districts),
        "teacher_service_hours": served * s.teachers_in_service * s.service_hours_week * s.weeks_per_month * s.in_term,
    }  # fmt: skip
    each, found = unit_costs(city.profile), {}
    for lever in levers().values():
        if lever.system in city.settings.systems:
            level = {"level": getattr(s, lever.id), "per_year": getattr(s, lever.id) / MONTHS_A_YEAR, "none": 1.0}
            found[lever.id] = each[lever.id] * volume[lever.cost["basis"]] * level[lever.cost["measure"]]
    return found
