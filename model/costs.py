"""What the levers cost a month: unit cost × level × the volume that it is paid for."""

import numpy as np

from model.declare.column import Table
from model.declare.setting import levers
from model.entities.codes import NON_ACADEMIC, TEACHER
from model.profile import Profile

MONTHS_A_YEAR = 12


def unit_costs(profile: Profile) -> dict[str, float]:
    """Return each lever's unit cost: the declared one, or the city profile's own."""
    return {lever.id: float(profile.costs.get(lever.id, lever.cost)["value"]) for lever in levers().values()}


def volumes(tables: dict[str, Table], settings: dict[str, float]) -> dict[str, float]:
    """Return the number of each cost basis in the present month."""
    member, family, school = tables["member"], tables["family"], tables["school"]
    weight, teacher = member["weight"], member["post"] == TEACHER
    pupils = float(family["weight"].sum())
    served = school["participants"] / np.maximum(school["pupils"], 1) * school["teachers"]
    hours = settings["teachers_in_service"] * settings["service_hours_week"] * settings["weeks_per_month"]
    return {
        "members": float(weight.sum()),
        "teachers": float(weight[teacher].sum()),
        "party_members": float(weight[member["party_member"]].sum()),
        "leaders": float(tables["leader"].n),
        "pupils": pupils,
        "families": pupils,
        "schools": float(school.n),
        "after_school_pupils": float(school["participants"].sum()),
        "institutions": float((tables["institution"]["state"] == NON_ACADEMIC).sum()),
        "trips": settings["enforcement_intensity"],
        "dossiers": settings["licensing_capacity"],
        "certificates": settings["fire_certificate_capacity"],
        "districts": float(tables["district"].n),
        "city": 1.0,
        "subsidy_paid": float(tables["district"]["subsidy_paid"].sum()),
        "teacher_service_hours": float(np.minimum(served, school["teachers"]).sum() * hours * settings["in_term"]),
    }


def lever_costs(
    tables: dict[str, Table],
    settings: dict[str, float],
    costs: dict[str, float],
    systems: tuple[str, ...],
) -> np.ndarray:
    """Return CNY a month for each lever of the running systems (shape (levers,))."""
    volume = volumes(tables, settings)
    return np.array(
        [
            costs[lever.id] * volume[lever.cost["basis"]] * level(lever.cost["measure"], settings[lever.id])
            for lever in levers().values()
            if lever.system in systems
        ]
    )


def level(measure: str, value: float) -> float:
    """Return what the unit cost is multiplied by, besides the volume."""
    return {"level": value, "per_year": value / MONTHS_A_YEAR, "none": 1.0}[measure]
