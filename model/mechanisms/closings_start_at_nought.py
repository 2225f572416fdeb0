"""Each month's closings are counted from nought.

Direction: none; bookkeeping, so that a rule that is switched off leaves no closing of an earlier month.
"""

from model.declare.mechanism import mechanism


@mechanism(on="institution", writes="closed_now seats_closing interest_closing", arrows="-", system="education",
           source="R20", zh="每月关停从零计起")
def closings_start_at_nought(closed_now, seats_closing, interest_closing):
    """Return no closings."""
    return closed_now & False, seats_closing * 0, interest_closing * 0
