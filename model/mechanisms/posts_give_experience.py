"""Members who lack an experience get it by exchange posts, and slowly on their own.

Direction: rotation posts up, eligibility gap down.
"""

from model.declare.mechanism import mechanism
from model.declare.unit import monthly_probability


@mechanism(on="member", writes="experienced", arrows="b14", system="cadres", source="S5 arrow-b14",
           zh="交流任职补齐经历")
def posts_give_experience(experienced, u_post, *, rotation_posts, experience_rate):
    """Gain the experience with a yearly rate."""
    return experienced | (u_post < monthly_probability(rotation_posts + experience_rate))
