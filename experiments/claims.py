"""The patterns that the model was designed to reproduce: claim by claim a number and where it should lie.

Thresholds were fixed before the model ran, from the sources that are named; one without a number in
its source is a pass mark.
"""

from typing import NamedTuple

FEW_POINTS = 0.005


class Claim(NamedTuple):
    """A number that should lie between two others; None leaves a side open."""

    id: str
    pattern: str
    says: str
    low: float | None
    high: float | None
    source: str

    def holds(self, value: float) -> bool:
        """Tell whether a value lies in the interval."""
        return (self.low is None or value > self.low) and (self.high is None or value < self.high)

    @property
    def expected(self) -> str:
        """The interval in words."""
        if self.low is None:
            return f"< {self.high:g}"
        return f"> {self.low:g}" if self.high is None else f"{self.low:g}–{self.high:g}"


COLLAPSE, SHARES, PRICES, RACE, SERVICE, HOMEWORK, QUEUE, CONDUCT, MEMBERS = (
    "1 S-shaped collapse of legal supply",
    "2 Institutions fall far more than participation",
    "3 Price wedge and concealment",
    "4 Rat race",
    "5 Coverage, participation, quality",
    "6 Homework and sleep gradient",
    "7 The queue is bound by its bottleneck",
    "8 Accountability and tolerance",
    "9 Members at the start",
)

CLAIMS = (
    Claim("1a", COLLAPSE, "fall of licensed institutions by the end of October 2021", 0.30, 0.50, "A9"),
    Claim("1b", COLLAPSE, "fall by the end of December 2021", 0.80, None, "A10"),
    Claim("1c", COLLAPSE, "fall by the end of February 2022", 0.90, None, "A11"),
    Claim("1d", COLLAPSE, "further fall in the next twelve months", None, 0.06, "D8"),
    Claim("1e", COLLAPSE, "fall at the end of the history", 0.955, 0.985, "R12"),
    Claim("2", SHARES, "relative fall of participation over that of institutions, months 5 to 12", None, 0.5, "A21"),
    Claim("3a", PRICES, "crackdown against no policy: rise of the hidden share of tutoring", 0.30, None, "R33"),
    Claim("3b", PRICES, "crackdown: hidden price over the old price", 1.2, None, "A32"),
    Claim("3c", PRICES, "crackdown: licensed price over the old price", None, 0.7, "A32"),
    Claim("3d", PRICES, "crackdown against no policy: rise of the one-to-one share", 0.0, None, "R33"),
    Claim("3e", PRICES, "crackdown over no policy: spending per remaining participant", 1.0, None, "A32"),
    Claim("4a", RACE, "participation without peers and rank over that with them, less one", None, -0.20, "A27"),
    Claim("4b", RACE, "rise of the wish for tutoring when all classmates are tutored, not none", 0.0, None, "A48"),
    Claim("4c", RACE, "the same rise in the highest income fifth less that in the lowest", 0.0, None, "A48"),
    Claim("4d", RACE, "mean attainment when all are tutored, less when nobody is", -0.05, 0.05, "A52"),
    Claim("4e", RACE, "share of anxious parents when all are tutored, less when nobody is", 0.0, None, "A50"),
    Claim("4f", RACE, "participation with ranks concealed less with ranks shown", None, 0.0, "A50"),
    Claim("5a", SERVICE, "coverage three months after the duty begins", 0.99, None, "R10"),
    Claim("5b", SERVICE, "participation in September 2021", 0.42, 0.58, "A34"),
    Claim("5c", SERVICE, "participation in January 2022", 0.80, 0.92, "A34"),
    Claim("5d", SERVICE, "coverage less participation at the end of the history", 0.0, None, "R10"),
    Claim("5e", SERVICE, "participation less quality at the end of the history", 0.0, None, "R27"),
    Claim("6a", HOMEWORK, "pupils within the cap, grades 1-2 less 3-6", 0.0, None, "R25"),
    Claim("6b", HOMEWORK, "pupils within the cap, grades 3-6 less 7-9", 0.0, None, "R25"),
    Claim("6c", HOMEWORK, "pupils within the cap after two years without checks, less with them", None, 0.0, "R25"),
    Claim("6d", HOMEWORK, "sleep of primary pupils, end of the history less before the policy", 0.0, None, "A40"),
    Claim("6e", HOMEWORK, "sleep of junior pupils, end of the history less before the policy", 0.0, None, "A40"),
    Claim("6f", HOMEWORK, "sleep of junior pupils at the end of the history", None, 9.0, "A40"),
    Claim("7a", QUEUE, "share relicensed before the deadline", None, 0.02, "R29"),
    Claim("7b", QUEUE, "change of that share with three times the inspections (absolute)", None, FEW_POINTS, "R31"),
    Claim("7c", QUEUE, "that share with thirty times the fire certificates, over the share without", 5.0, None, "R31"),
    Claim("7d", QUEUE, "share relicensed, sport less arts", 0.0, None, "R29"),
    Claim("8a", CONDUCT, "shirking, middle less low accountability", None, 0.0, "B16"),
    Claim("8b", CONDUCT, "blame avoidance, high less middle accountability", 0.0, None, "B16"),
    Claim("8c", CONDUCT, "formalistic hours, high less middle accountability", 0.0, None, "B16"),
    Claim("8d", CONDUCT, "effective work, high less middle accountability", None, 0.0, "B19"),
    Claim("8e", CONDUCT, "strictness at which effective work peaks (a hump: at neither end)", 0.05, 0.95, "B16"),
    Claim("8f", CONDUCT, "that strictness, with high tolerance less with low", 0.0, None, "B21"),
    Claim("8g", CONDUCT, "bold action with fault tolerance less without", 0.0, None, "B21"),
    Claim("8h", CONDUCT, "that gain for strong public-service motivation less for weak", 0.0, None, "B21"),
    Claim("8i", CONDUCT, "errors with tolerance and without clear duties, less without both", 0.0, None, "B22"),
    Claim("9a", MEMBERS, "share overloaded before the policy", 0.50, 0.85, "S1"),
    Claim("9b", MEMBERS, "share strained by family before the policy", 0.55, 0.75, "S2"),
    Claim("9c", MEMBERS, "share whose career is blocked before the policy", 0.50, 0.65, "S3"),
    Claim("9d", MEMBERS, "family share less career share", 0.0, None, "S2"),
    Claim("9e", MEMBERS, "correlation of exhaustion and engagement before the policy", -0.50, -0.30, "B12"),
)  # fmt: skip
