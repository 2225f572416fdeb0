"""A mechanism is a claim: one pure function with its wiring in its signature and its source.

Arguments before ``*`` are columns, relations or draws; arguments after it are levers, parameters
or the clock. The forms before ``*``, for a mechanism on entity E:

==========================  ================================================================
``exhaustion``              E's own column
``leader__care``            the column of the row that ``leader_id`` points to (look up);
                            ``city__…`` is the one city row
``sum__family__tuition``    weighted sum over the families that point to this row (sum up)
``mean__member__energy``    weighted mean over the members that point to this row; 0 if none
``count__family``           weighted number of families that point to this row
``mean__classmates__x``     mean over a network of ties
``every__market__price``    the whole column of another entity
``u_leave``                 one uniform draw per row, stream ``<mechanism>.leave``
==========================  ================================================================
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from model.declare.errors import DeclarationError

CLOCK = {
    "month": "months since January 2021",
    "in_term": "share of the month that is school term",
    "new_grade": "1 in September, when pupils move up, else 0",
    "interest_old_price": "price of interest classes in the city's profile, CNY/pupil/month",
}
SYSTEMS = ("cadres", "education", "coupling")


@dataclass(frozen=True)
class Mechanism:
    """A registered rule: what it is on, what it writes, its arrows, its system and its source.

    ``forms`` maps the name of each rival form to its function; the first is the default.
    """

    name: str
    on: str
    writes: tuple[str, ...]
    arrows: tuple[str, ...]
    system: str
    source: str
    zh: str
    function: Callable
    rivals: dict[str, Callable]
    optional: bool
    when: str = ""
    rows: str = ""

    @property
    def claim(self) -> str:
        """The first line of the function's module, which states the claim."""
        return (inspect.getmodule(self.function).__doc__ or "").strip().split("\n")[0]

    def form(self, name: str = "") -> Callable:
        """Return the default function, or the rival form of that name."""
        return self.rivals[name] if name else self.function

    def arguments(self, form: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return (columns, relations and draws; settings) that a form's signature names."""
        return signature_of(self.form(form))


@cache
def signature_of(function: Callable) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split a function's argument names at the ``*``."""
    given = inspect.signature(function).parameters.values()
    before = tuple(p.name for p in given if p.kind is p.POSITIONAL_OR_KEYWORD)
    after = tuple(p.name for p in given if p.kind is p.KEYWORD_ONLY)
    return before, after


REGISTRY: dict[str, Mechanism] = {}


def mechanism(
    *,
    on: str,
    writes: str,
    arrows: str,
    system: str,
    source: str,
    zh: str,
    rivals: dict[str, Callable] | None = None,
    optional: bool = True,
    when: str = "",
    rows: str = "",
) -> Callable[[Callable], Callable]:
    """Register a pure function as a mechanism.

    Args:
        on: entity whose rows it writes. writes: its columns, space-separated.
        arrows: ids of the causal arrows it carries, space-separated ("-" for bookkeeping).
        system: "cadres", "education" or "coupling". source: citation keys, space-separated.
        zh: the claim in Chinese. rivals: other forms of the rule, by name.
        optional: whether a scenario may switch it off (bookkeeping may not).
        rows: a truth column of the entity; the rule is applied to, and writes, only the rows where it holds.
        when: a clock name; the rule runs only in months in which it is not 0.
    """
    if system not in SYSTEMS:
        raise DeclarationError(f"system must be one of {', '.join(SYSTEMS)}; got '{system}'")

    def register(function: Callable) -> Callable:
        name = function.__name__
        if name in REGISTRY:
            raise DeclarationError(f"mechanism '{name}' is declared twice", key=name)
        REGISTRY[name] = Mechanism(
            name,
            on,
            tuple(writes.split()),
            tuple(a for a in arrows.split() if a != "-"),
            system,
            source,
            zh,
            function,
            rivals or {},
            optional and arrows != "-",
            when,
            rows,
        )
        return function

    return register
