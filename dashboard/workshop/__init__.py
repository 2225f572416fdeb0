"""Workshop mode without the screen: the sessions as data, a room's votes, and its hand-outs."""
