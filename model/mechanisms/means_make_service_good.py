"""After-school service is as good as teachers' energy, pay that arrives, relief and variety make it.

Direction: each of them up, quality up; pay has falling returns.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="school", writes="service_quality", arrows="k2 k3 a13", system="education",
           source="R27 R35 arrow-k2 arrow-k3", zh="教师精力、到账报酬、调休和资源决定课后服务质量")
def means_make_service_good(service_quality, teacher_energy, pay_per_hour, *, after_school_variety,
                            teacher_relief, service_base, energy_to_service, energy_neutral, variety_to_service,
                            pay_to_service, pay_half, relief_to_service, service_pace):
    """Move quality towards the sum of its means."""
    paid = pay_to_service * pay_per_hour / (pay_per_hour + pay_half)
    target = (service_base + energy_to_service * (teacher_energy - energy_neutral)
              + variety_to_service * after_school_variety + paid + relief_to_service * teacher_relief)
    return np.clip(service_quality + service_pace * (target - service_quality), 0, 1)
