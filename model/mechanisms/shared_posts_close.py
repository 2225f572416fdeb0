"""Promotions beyond a unit's own vacancies use up the city's shared ones.

Direction: none; conservation of posts.
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="city", writes="open_posts posts_filled", arrows="-", system="cadres", source="S5",
           zh="统筹补缺后销号")
def shared_posts_close(open_posts, posts_filled, sum__member__promoted, every__leader__posts_filled_now):
    """Take the rest of the promotions off the pool."""
    used = np.clip(sum__member__promoted - every__leader__posts_filled_now.sum(), 0, open_posts)
    return open_posts - used, posts_filled + used
