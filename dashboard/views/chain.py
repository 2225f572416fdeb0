"""The causal chain from a lever to an outcome, read off the mechanisms' wiring, with the source of each arrow."""

from collections import deque
from dataclasses import dataclass
from functools import cache

from dashboard.words import OUTCOMES, label
from model.declare.mechanism import Mechanism
from model.declare.setting import levers
from model.declare.source import sources
from model.entities import ENTITIES
from model.schedule import scheduled
from model.wiring import reads_of

Node = tuple[str, str]
LEVER, OUTCOME = "lever", "outcome"
DETOUR, MOST_ARROWS = 1, 18


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow: from what to what, by which mechanism (empty for what an outcome measures)."""

    start: Node
    end: Node
    mechanism: str


@cache
def arrows() -> tuple[Arrow, ...]:
    """Return every arrow of the model: from each lever and column that a mechanism reads to each that it writes."""
    found = []
    for rule in scheduled():
        _, settings = rule.arguments()
        inputs = [(LEVER, s) for s in settings if s in levers()]
        inputs += [node for node in reads_of(rule)[0] if node[1] not in ("weight",)]
        found += [Arrow(i, (rule.on, w), rule.name) for w in rule.writes for i in inputs if i != (rule.on, w)]
    for outcome in OUTCOMES.values():
        found += [Arrow((outcome.over, c), (OUTCOME, outcome.id), "") for c in outcome.columns]
    return tuple(dict.fromkeys(found))


def distances(start: Node, *, backwards: bool) -> dict[Node, int]:
    """Return the least number of arrows from a node to every node that it reaches, or from these to it."""
    beside: dict[Node, list[Node]] = {}
    for arrow in arrows():
        one, other = (arrow.end, arrow.start) if backwards else (arrow.start, arrow.end)
        beside.setdefault(one, []).append(other)
    found, waiting = {start: 0}, deque([start])
    while waiting:
        node = waiting.popleft()
        for other in beside.get(node, ()):
            if other not in found:
                found[other] = found[node] + 1
                waiting.append(other)
    return found


def chain(lever: str, outcome: str) -> list[Arrow]:
    """Return the arrows on the shortest ways from a lever to an outcome and on slightly longer ones, if there are any.

    At most a few: longer ways are left out first.
    """
    ahead, behind = distances((LEVER, lever), backwards=False), distances((OUTCOME, outcome), backwards=True)
    if (OUTCOME, outcome) not in ahead:
        return []
    shortest = ahead[OUTCOME, outcome]

    def length(arrow: Arrow) -> int:
        there = ahead.get(arrow.start), behind.get(arrow.end)
        return there[0] + 1 + there[1] if None not in there else shortest + DETOUR + 1

    forward = [a for a in arrows() if a.start in ahead and ahead.get(a.end, 0) > ahead[a.start]]
    ranked = sorted((a for a in forward if length(a) <= shortest + DETOUR), key=length)
    best = [a for a in ranked if length(a) == shortest]
    return best if len(best) >= MOST_ARROWS else ranked[:MOST_ARROWS] if whole(ranked[:MOST_ARROWS], outcome) else best


def whole(found: list[Arrow], outcome: str) -> bool:
    """Tell whether no arrow of a chain ends in the air."""
    starts = {a.start for a in found} | {(OUTCOME, outcome)}
    ends = {a.end for a in found}
    return all(a.end in starts and (a.start[0] == LEVER or a.start in ends) for a in found)


def node_words(node: Node, lang: str) -> str:
    """Return what a node is, in words."""
    kind, name = node
    if kind in (LEVER, OUTCOME):
        return label(name, lang)
    column = ENTITIES[kind].by_name[name]
    return column.zh if lang == "zh" else column.about


def rule_of(arrow: Arrow) -> Mechanism | None:
    """Return the mechanism of an arrow."""
    return next((rule for rule in scheduled() if rule.name == arrow.mechanism), None)


def rule_words(arrow: Arrow, lang: str) -> str:
    """Return the claim of an arrow's mechanism."""
    rule = rule_of(arrow)
    return "" if rule is None else rule.zh if lang == "zh" else rule.claim


def source_keys(arrow: Arrow) -> list[str]:
    """Return the citation keys of an arrow."""
    rule = rule_of(arrow)
    return rule.source.split() if rule else []


def source_words(key: str, lang: str) -> str:
    """Return a source in words: its reference, and what it says."""
    source = sources().get(key)
    if source is None:
        return key
    return f"{key}: {source.zh if lang == 'zh' else source.value}"


def as_dot(found: list[Arrow], lang: str) -> str:
    """Return the chain in Graphviz' language, with the sources on each arrow, in greys that suit light and dark."""
    ink, soft = "#7A858F", "#5C93BE"
    lines = [
        'digraph { rankdir=LR; bgcolor="transparent"; nodesep=0.25; ranksep=0.55;',
        f'node [shape=box, style="rounded", fontname="sans-serif", fontsize=11, color="{ink}", fontcolor="{ink}"];',
        f'edge [fontname="sans-serif", fontsize=9, color="{ink}", fontcolor="{soft}", arrowsize=0.7];',
    ]
    nodes = list(dict.fromkeys(node for a in found for node in (a.start, a.end)))
    for k, node in enumerate(nodes):
        strong = f', penwidth=2, color="{soft}", fontcolor="{soft}"' if node[0] in (LEVER, OUTCOME) else ""
        lines.append(f'n{k} [label="{wrapped(node_words(node, lang))}"{strong}];')
    for arrow in found:
        keys = ", ".join(source_keys(arrow)[:3])
        tip = escaped(rule_words(arrow, lang))
        lines.append(
            f'n{nodes.index(arrow.start)} -> n{nodes.index(arrow.end)} [label="{escaped(keys)}", tooltip="{tip}"];'
        )
    return "\n".join([*lines, "}"])


def escaped(text: str) -> str:
    """Return a text as a quoted label may hold it."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def wrapped(text: str, width: int = 22) -> str:
    """Return a label in lines that are not too long; a Chinese character counts twice."""
    lines, line, size = [], "", 0
    for word in text.split(" ") if " " in text and text.isascii() else list(text):
        room = len(word) + 1 if text.isascii() else 2
        if size + room > width and line:
            lines.append(line)
            line, size = "", 0
        line += (" " if line and text.isascii() else "") + word
        size += room
    return "\\n".join(escaped(part) for part in [*lines, line])
