"""Schools pass subsidy, fees and merit pay on to the teachers who serve after school.

Direction: money that arrives up, pay per hour up.
"""

import numpy as np

from model.declare.mechanism import mechanism
from model.declare.relate import ALMOST_NONE


@mechanism(on="school", writes="participants service_pay pay_per_hour", arrows="k1 k2", system="education",
           source="R27 A33 D5 arrow-k2", zh="学校把补贴、缴费和绩效工资发给课后服务教师")
def schools_share_service_pay(teachers, pupils, district__subsidy_paid, district__subsidy_promised,
                              sum__family__attends_service, *, after_school_subsidy, after_school_fee,
                              performance_pay, in_term, merit_pay_hour, service_hours_week, weeks_per_month,
                              teachers_in_service):
    """Divide what arrives by the hours served."""
    fulfilled = np.where(district__subsidy_promised > 0, district__subsidy_paid
                         / np.maximum(district__subsidy_promised, ALMOST_NONE), 0)
    money = sum__family__attends_service * ((after_school_subsidy * fulfilled + after_school_fee) * in_term)
    share = np.clip(sum__family__attends_service / np.maximum(pupils, 1), 0, 1)
    hours = teachers * teachers_in_service * share * service_hours_week * weeks_per_month * in_term
    per_hour = np.where(hours > 0, money / np.maximum(hours, ALMOST_NONE), 0) + performance_pay * merit_pay_hour
    return sum__family__attends_service, money, per_hour
