"""Failures of a run that is under way: each text is one line for the reader."""


class RunError(RuntimeError):
    """A run that could not be completed."""


class EngineError(RunError):
    """A place to run tasks that failed."""


class LostTask(EngineError):
    """A task whose workers died again and again."""


class ExperimentError(RunError):
    """A run that the model itself stopped; the text names the experiment."""


class Stopped(Exception):
    """Ctrl-C, answered: the text says what is kept and how to go on."""
