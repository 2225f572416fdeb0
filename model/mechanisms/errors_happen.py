"""Bold action and exhaustion bring errors, competence and effort avoid them; some reports are unfounded.

Direction: bold action up, good-faith errors up; exhaustion and shirking up, careless errors up;
tolerance without correction raises carelessness.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.unit import monthly_probability


@mechanism(on="member", writes="erred good_faith falsely_reported", arrows="b12 b13", system="cadres",
           source="B21 B29 arrow-b12", zh="担当与耗竭带来失误，也有不实举报")
def errors_happen(bold_action, exhaustion, shirking, competence, u_error, u_report, *, fault_tolerance,
                  role_clarity, false_report_clearing, error_bold, error_tired, error_shirk, error_hazard,
                  report_rate):
    """Compare one draw with the chance of a good-faith error and, above it, of a careless one."""
    bold = error_bold * bold_action * (1 - competence)
    careless = error_tired * exhaustion + error_shirk * shirking + error_hazard * fault_tolerance * (1 - role_clarity)
    erred = u_error < np.clip(bold + careless, 0, 1)
    reported = u_report < monthly_probability(report_rate) * (1 + bold_action) * (1 - false_report_clearing)
    return erred, u_error < np.clip(bold, 0, 1), reported
