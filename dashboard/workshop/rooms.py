"""A room: where its session stands, and the votes of each question until they are locked. Kept in memory only."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from dashboard.workshop.session import Prediction, Session

BINS = 5
SAME = 2
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH, MOST_ROOMS, MOST_VOTERS, MOST_COUNT, LONGEST_NAME = 4, 64, 500, 999, 24


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what kind, and which page of the story or which question."""

    kind: str
    index: int = 0


def steps_of(session: Session) -> tuple[Step, ...]:
    """Return the steps of a session: nothing is revealed before it is predicted."""
    story = tuple(Step("story", k) for k in range(len(session.story)))
    asked = tuple(
        Step(kind, k) for k in range(len(session.predictions)) for kind in ("axes", "predict", "reveal", "compare")
    )
    return Step("open"), *story, Step("roles"), *asked, Step("discuss"), Step("debrief"), Step("end")


@dataclass
class Room:
    """One room; only who holds the ``token`` leads it."""

    code: str
    token: str
    session: str
    steps: tuple[Step, ...]
    at: int = 0
    hands: dict[int, list[int]] = field(default_factory=dict)
    votes: dict[int, dict[str, int]] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)

    @property
    def step(self) -> Step:
        """Where the session stands."""
        return self.steps[self.at]

    @property
    def may_go_on(self) -> bool:
        """Tell whether the next step may be taken: not past a question whose votes are open."""
        return self.at + 1 < len(self.steps) and not (
            self.step.kind == "predict" and self.step.index not in self.locked
        )

    def move(self, by: int) -> None:
        """Go on or back."""
        if by < 0 or self.may_go_on:
            self.at = min(max(self.at + by, 0), len(self.steps) - 1)

    def lock(self, question: int) -> None:
        """Take no more votes for a question."""
        self.locked.add(question)

    def raise_hands(self, question: int, counts: Iterable[int]) -> None:
        """Note the counted hands for each answer."""
        if question not in self.locked:
            self.hands[question] = [min(max(int(n), 0), MOST_COUNT) for n in counts][:BINS]

    def vote(self, question: int, voter: str, answer: int) -> bool:
        """Note one voter's answer, the last one counts; return whether it was taken."""
        mine = self.votes.setdefault(question, {})
        known = voter in mine or len(mine) < MOST_VOTERS
        if question in self.locked or not 0 <= answer < BINS or not known:
            return False
        mine[voter] = answer
        return True

    def counts(self, question: int) -> list[int]:
        """Return the votes for each answer, hands and voters together."""
        found = list(self.hands.get(question, [0] * BINS))
        for answer in self.votes.get(question, {}).values():
            found[answer] += 1
        return found


class Rooms:
    """The open rooms of one server; the oldest one closes when there are too many."""

    def __init__(self) -> None:
        """Open none."""
        self.open: dict[str, Room] = {}
        self.guard = Lock()

    def start(self, session: Session) -> Room:
        """Open a room with a code that is easy to say aloud."""
        with self.guard:
            code = next(c for c in iter(new_code, "") if c not in self.open)
            while len(self.open) >= MOST_ROOMS:
                del self.open[next(iter(self.open))]
            self.open[code] = Room(code, uuid.uuid4().hex, session.name, steps_of(session))
            return self.open[code]

    def find(self, code: str) -> Room | None:
        """Return the room of a code, however it is typed."""
        return self.open.get(code.strip().upper())


def new_code() -> str:
    """Return a code of letters and digits that are not mistaken for each other."""
    number = uuid.uuid4().int
    return "".join(LETTERS[number // len(LETTERS) ** k % len(LETTERS)] for k in range(CODE_LENGTH))


def bin_of(difference: float, prediction: Prediction) -> int:
    """Return which answer a difference is: 0 falls a lot … 2 about the same … 4 rises a lot."""
    size = abs(difference)
    steps = 2 if size > prediction.large else 1 if size >= prediction.small else 0
    return SAME + (steps if difference > 0 else -steps)


def bins_of(differences: Iterable[float], prediction: Prediction) -> list[int]:
    """Return how many runs fall under each answer."""
    found = [bin_of(float(d), prediction) for d in differences if np.isfinite(d)]
    return [found.count(k) for k in range(BINS)]


def most(counts: Iterable[int]) -> int | None:
    """Return the answer with most votes, the first of several; None without any."""
    given = list(counts)
    return given.index(max(given)) if sum(given) else None


def agreement(votes: list[int], runs: list[int]) -> int:
    """Return per cent of the votes that are where most runs are."""
    place = most(runs)
    return round(100 * votes[place] / sum(votes)) if place is not None and sum(votes) else 0


def shares(counts: list[int]) -> list[float]:
    """Return counts as per cent of all."""
    whole = sum(counts)
    return [100 * n / whole if whole else 0.0 for n in counts]
