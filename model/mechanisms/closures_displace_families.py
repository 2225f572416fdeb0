"""A family loses its place with the share of its market's places that closed.

Direction: closings up, displacement up.
"""

from model.declare.mechanism import mechanism


@mechanism(on="family", writes="displaced", arrows="-", system="education", source="R20 R24",
           zh="机构关停使在读学生失去名额")
def closures_displace_families(tutored, market__seats_lost, u_displaced):
    """Compare one draw with the share lost."""
    return tutored & (u_displaced < market__seats_lost)
