"""Campaigns and new rule documents ask units for reports and traces.

Direction: campaign momentum and enforcement up, reporting load up.
"""

from model.declare.mechanism import mechanism


@mechanism(on="leader", writes="campaign_load", arrows="k5", system="coupling", source="R3 C18 arrow-k5",
           zh="专项行动和配套文件带来报表与留痕负荷")
def campaigns_add_paperwork(city__momentum, *, academic_compression, enforcement_intensity, homework_oversight,
                            campaign_paper, campaign_trips):
    """Add up the active campaigns' shares of working time."""
    active = academic_compression * city__momentum + enforcement_intensity / campaign_trips + homework_oversight
    return campaign_paper * active
