"""The plain Mesa twin: the same city as ordinary agents, one object each."""
