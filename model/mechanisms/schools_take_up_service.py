"""Schools under the duty take up after-school service within months.

Direction: duty up, coverage up; a school whose duty ends stops.
"""

from model.declare.mechanism import mechanism


@mechanism(on="school", writes="offers_service", arrows="a12", system="education", source="R8 R9 R10 arrow-a12",
           zh="学校按要求开展课后服务")
def schools_take_up_service(offers_service, duty_order, u_take_up, *, after_school_duty, service_take_up):
    """Start with a monthly chance once the duty reaches the school."""
    due = duty_order < after_school_duty
    return due & (offers_service | (u_take_up < service_take_up))
