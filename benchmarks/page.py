"""Writes ``docs/speed.md`` from the rows that ``make bench`` measured; every number in it comes from them."""

from pathlib import Path

Row = tuple[str, str, float, str]
PAGE = Path(__file__).resolve().parent.parent / "docs" / "speed.md"
SLOWEST = 15
TWIN = "speed over the plain Mesa twin"
BARS = (
    # (what is asked, where, row, at least or at most, bar)
    ("rules as fast as 100 plain Mesa twins", "1:20", TWIN, "at least", 100.0),
    ("the whole city, history and 36 months", "1:1", "founding, history and 36 months", "at most", 30.0),
    ("its memory", "1:1", "peak memory", "at most", 3072.0),
    ("growth with families", "all", "growth exponent with families", "at most", 1.05),
    ("an interactive change", "1:20", "interactive change, 36 months", "at most", 1.0),
    ("experiments", "1:20", "futures of 36 months per minute and core", "at least", 60.0),
    ("`list levers`", "start", "list levers", "at most", 0.6),
    ("range checks", "1:20", "range checks, share of a run", "at most", 0.1),
    ("common random numbers, relief", "relief", "headline outcomes with a factor of at least 10", "at least", 0.75),
    (
        "common random numbers, crackdown",
        "crackdown",
        "headline outcomes with a factor of at least 10",
        "at least",
        0.75,
    ),
    ("three scenarios, 20 draws", "compare", "baseline crackdown relief --draws 20", "at most", 30.0),
    ("the flagship", "flagship", "all shipped scenarios", "at most", 60.0),
)


def write_page(rows: list[Row], machine: dict[str, object]) -> None:
    """Write the page."""
    PAGE.write_text("\n\n".join(page(rows, machine)) + "\n", encoding="utf-8")


def page(rows: list[Row], machine: dict[str, object]) -> list[str]:
    """Return the page's paragraphs."""
    about = (
        f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}, Python {machine['python']}, "
        f"NumPy {machine['numpy']}, Mesa {machine['mesa']}"
    )
    split = ("mechanism ", "phase ", "fewer replicates: ")
    return [
        "# Speed",
        f"Written by `make bench`; no number is typed in by hand. {about}. On a busy machine read ratios, not seconds.",
        table(("asked", "bar", "measured", "met"), bars(rows)),
        "## Against the plain Mesa twin",
        *against_twin({(where, what): value for where, what, value, _ in rows}),
        table(("phase, 1:20", "ns per agent and month"), phases(rows)),
        "## All rows",
        table(
            ("where", "what", "value", "unit"),
            [(w, n, f"{v:.3g}", u) for w, n, v, u in rows if not n.startswith(split)],
        ),
        "The slowest mechanisms, 1:20, milliseconds a month:",
        table(("mechanism", "ms"), mechanisms(rows)),
        "How many times fewer replicates common random numbers need than independent seeds, by headline outcome "
        "(variance of the independent effect over that of the paired effect, 16 replicates, 1:100):",
        table(("outcome", "relief", "crackdown"), pairing(rows)),
        limit_of_pairing({(where, what): value for where, what, value, _ in rows}),
    ]


def table(head: tuple[str, ...], body: list[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [head, tuple("---" for _ in head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def bars(rows: list[Row]) -> list[tuple[str, ...]]:
    """Return what is asked beside what was measured."""
    found = {(where, what): (value, unit) for where, what, value, unit in rows}
    lines = []
    for asked, where, what, side, bar in BARS:
        value, unit = found[where, what]
        met = value >= bar if side == "at least" else value <= bar
        lines.append((asked, f"{side} {bar:g} {unit}", f"{value:.3g}", "yes" if met else "**no**"))
    return lines


def against_twin(found: dict[tuple[str, str], float]) -> list[str]:
    """Say how far the ratio goes, and what stands in the way of more."""

    def at(what: str) -> float:
        return found["1:20", what]

    agents = at("agents")
    rules, empty = at("phase rules"), at("empty calls of these operations")
    twin = 1e9 / at("agent-steps per second, plain Mesa twin")
    return [
        f"At 1:20 the columns do {at(TWIN):.0f} times the agent-steps of the twin (rules alone on both sides, paired, "
        f"interleaved, median; {at(TWIN + ', as run'):.0f} times with the columns observing and checking, and the twin "
        f"doing neither). The twin takes {twin:.0f} ns an agent-step, so a factor of 100 leaves the columns "
        f"{twin / 100:.0f} ns. Their rules alone, that is the arithmetic that the mechanisms write down, take "
        f"{rules:.0f} ns: were fetching, drawing, writing and checking free, the ratio would be {twin / rules:.0f}.",
        f"What the rules consist of, per agent and month: {at('elements in rules'):.0f} array elements worked on in "
        f"{at('array operations in rules'):.0f} NumPy operations a month for {agents:.0f} agents, "
        f"{at('exp, tanh, log, sqrt in rules'):.1f} of them transcendental; {at('draws'):.1f} draws; empty calls alone "
        f"{empty:.0f} ns. The least that moving the columns once through memory would take is "
        f"1/{at('time over the memory-bandwidth floor'):.0f} of the time: each operation reads and writes arrays "
        "of its own. Only code that fuses a rule's operations into one loop over the rows (a compiler) would come near "
        "100; decision 0017 says why there is none.",
        "The twin is faster than ordinary Mesa code. Consecutive rules of an agent are merged into one method by hand, "
        "what is the same for all agents is worked out once a month, look-ups are direct references, and slots replace "
        "dictionaries. Visiting the agents for each rule apart (one `AgentSet.do` a rule that reads and writes its "
        f"columns, no arithmetic) would add {at('visits rule by rule, plain Mesa'):.2f} s a month to its "
        f"{twin * agents / 1e9:.2f} s; against such a twin the ratio would be about "
        f"{at('speed over a twin written rule by rule (estimate)'):.0f}.",
    ]


def phases(rows: list[Row]) -> list[tuple[str, ...]]:
    """Return nanoseconds by phase."""
    lines = [(what.removeprefix("phase "), value) for _, what, value, _ in rows if what.startswith("phase ")]
    lines.append(("all", sum(value for _, value in lines)))
    return [(what, f"{value:.1f}") for what, value in lines]


def mechanisms(rows: list[Row]) -> list[tuple[str, ...]]:
    """Return the slowest mechanisms."""
    found = [(what.removeprefix("mechanism "), v) for _, what, v, _ in rows if what.startswith("mechanism ")]
    return [(what, f"{value:.2f}") for what, value in found[: SLOWEST + 1]]


def limit_of_pairing(found: dict[tuple[str, str], float]) -> str:
    """Return what stands in the way where a factor stays small."""
    crackdown, relief = (
        found[scenario, f"{name}, at most, with the same persons"]
        for scenario, name in (("crackdown", "tutoring_share"), ("relief", "overload_share"))
    )
    return (
        "Small factors stand where a policy moves a large share of persons from one group to another. Replicates differ"
        " in who lives in the city; even if the same persons stay and each keeps the same luck, those who move"
        " are a share of persons themselves and vary as such. For a share that goes from p to q the factor is then"
        f" p(1-p) + q(1-q) over |p-q|(1-|p-q|): {crackdown:.1f} for tutoring under the crackdown, {relief:.1f} for"
        " overload under relief if members were independent. Spending, anxiety and the burdens follow tutoring. No"
        " pairing of luck can do better; a fixed population could, and would hide that uncertainty."
    )


def pairing(rows: list[Row]) -> list[tuple[str, ...]]:
    """Return what common random numbers save, by outcome."""
    mark = "fewer replicates: "
    gains = {(where, what.removeprefix(mark)): v for where, what, v, _ in rows if what.startswith(mark)}
    outcomes = dict.fromkeys(outcome for _, outcome in gains)
    return [(o, *(f"{gains[scenario, o]:.3g}" for scenario in ("relief", "crackdown"))) for o in outcomes]
