"""While the re-registration window is open, non-academic institutions hand in dossiers.

Direction: a deadline set → applications; clear standards let more kinds apply in order.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.entities.codes import DOSSIER, NON_ACADEMIC, NOT_APPLIED, SUSPENDED


@mechanism(on="institution", writes="queue_stage queue_since", arrows="a17", system="education",
           rows="registrable", source="R28 R30 arrow-a17", zh="窗口期内非学科类机构提交登记材料")
def institutions_apply_for_licence(state, queue_stage, queue_since, u_apply, *, month, relicensing_deadline,
                                   setting_standards, never, apply_rate, apply_standards):
    """Join the queue with a monthly chance."""
    concerned = (state == NON_ACADEMIC) | (state == SUSPENDED)
    may = concerned & (queue_stage == NOT_APPLIED) & (relicensing_deadline < never)
    joins = may & (u_apply < apply_rate + apply_standards * setting_standards)
    return np.where(joins, DOSSIER, queue_stage), np.where(joins, np.maximum(month, 0), queue_since)
