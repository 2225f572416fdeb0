"""A dossier passes three stations in order: dossier, fire certificate, approval; the slowest one binds.

Direction: capacity of the binding station up, completions up; premises decide who is ready for the
fire certificate, and sport halls are ready sooner than arts studios.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.relate import rank_in_group
from model.entities.codes import APPROVAL, DOSSIER, FIRE, RELICENSED, SPORT


@mechanism(on="institution", writes="queue_stage passed_dossier passed_fire passed_approval", arrows="a17",
           system="education", rows="registrable", source="R29 R31 arrow-a17",
           zh="登记依次经过材料、消防、核准三个环节")
def licence_queue_advances(queue_stage, queue_since, kind, district_id, premises, district__dossier_slots,
                           district__fire_slots, district__approval_slots, *, month, setting_standards,
                           ready_sport, ready_other, dossier_clear, dossier_clear_standards):
    """Serve each station in the order of readiness, the last station first."""
    wait = premises / np.where(kind == SPORT, ready_sport, ready_other)
    clear = premises < dossier_clear + dossier_clear_standards * setting_standards
    passed = []
    for stage, slots, fit in ((APPROVAL, district__approval_slots, True),
                              (FIRE, district__fire_slots, month - queue_since >= wait),
                               (DOSSIER, district__dossier_slots, clear | (kind == SPORT))):
        takes_part = (queue_stage == stage) & fit
        place = rank_in_group(district_id, queue_since + wait, takes_part)
        passed.append(takes_part & (place < slots))
    approved, certified, accepted = passed
    stage = np.where(approved, RELICENSED, np.where(certified, APPROVAL, np.where(accepted, FIRE, queue_stage)))
    return stage, accepted, certified, approved
