"""A vacancy that is filled is closed in the unit that filled it.

Direction: none; posts created = posts filled + posts open (conservation).
"""

import numpy as np

from model.declare.mechanism import mechanism


@mechanism(on="leader", writes="open_posts posts_filled posts_filled_now", arrows="-", system="cadres",
           source="B26", zh="补缺后销号")
def filled_posts_close(open_posts, posts_filled, sum__member__promoted):
    """Take promotions off the unit's own vacancies as far as these go."""
    used = np.minimum(sum__member__promoted, open_posts)
    return open_posts - used, posts_filled + used, used
