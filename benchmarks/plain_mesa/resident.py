"""What all agents of the twin share: plain attributes, filled from one founded row."""

import mesa


class Resident(mesa.Agent):
    """An ordinary Mesa agent; ``STATE`` names the attributes that the founding gives."""

    STATE: tuple[str, ...] = ()
    __slots__ = ()

    def __init__(self, model, values):
        super().__init__(model)
        for name, value in zip(self.STATE, values, strict=True):
            setattr(self, name, value)
