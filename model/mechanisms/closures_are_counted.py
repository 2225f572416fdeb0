"""The closure share is the part of the licensed academic institutions that is gone.

Direction: none; bookkeeping.
"""

from model.declare.mechanism import mechanism
from model.entities.codes import ACADEMIC, LICENSED


@mechanism(on="city", writes="closure_share", arrows="-", system="education", source="R12",
           zh="统计学科类机构压减率")
def closures_are_counted(every__institution__state, every__institution__kind):
    """Return one minus licensed over all former licensed academic institutions."""
    all_of_them = (every__institution__kind == ACADEMIC).sum()
    licensed = (every__institution__state == LICENSED).sum()
    return 1 - licensed / max(all_of_them, 1)
