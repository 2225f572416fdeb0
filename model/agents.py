"""Mesa agents as views: each reads and writes its row of the columns; made when first looked at.

The view is for looking, not for stepping: no mechanism loops over agents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
from mesa import Agent
from mesa.agent import AgentSet

from model.declare.column import Entity
from model.entities import ENTITIES

if TYPE_CHECKING:
    from model.simulation import City


FIXED = "the agents of a city are fixed: they cannot be added, removed or put in another order"


class ColumnValue:
    """A property that reads and writes one cell of one model's table."""

    def __init__(self, name: str) -> None:
        """Remember the column's name."""
        self.name = name

    def __get__(self, agent: View | None, owner: type | None = None) -> Any:
        """Return the agent's value as a Python number."""
        return self if agent is None else agent.table.columns[self.name][agent.row].item()

    def __set__(self, agent: View, value: float) -> None:
        """Write the value through to the column, on a copy of its own."""
        fresh = agent.table.columns[self.name].copy()
        fresh[agent.row] = value
        agent.table.columns[self.name] = fresh


class View(Agent):
    """One row of one entity's table as a Mesa agent."""

    entity: Entity

    def __init__(self, model: City, row: int, unique_id: int) -> None:
        """Bind a row; Mesa's own registration is not used."""
        self.model, self.row, self.unique_id, self.pos = model, row, unique_id, None

    @property
    def table(self):
        """The table that holds this agent's row."""
        return self.model.tables[self.entity.name]

    def tied(self, network: str) -> list[View]:
        """Return the agents tied to this one in a named network."""
        agents = self.model.agents_by_type[type(self)]
        return [agents[int(row)] for row in self.table.ties[network][:, self.row]]

    def remove(self) -> None:
        """Refuse: who leaves a city does so by its rules, and the row stays."""
        raise TypeError(FIXED)

    def __repr__(self) -> str:
        """Name the entity and the row."""
        return f"{type(self).__name__}:{self.row}"


def view_class(entity: Entity) -> type[View]:
    """Derive the Mesa agent class of an entity from its columns."""
    name = entity.name.capitalize()
    names = {c.name: ColumnValue(c.name) for c in entity.columns}
    return type(name, (View,), {"__doc__": entity.about, "entity": entity, "__module__": __name__, **names})


AGENT_TYPES: dict[str, type[View]] = {
    name: view_class(entity)
    for name, entity in ENTITIES.items()
    if name in ("district", "school", "institution", "leader", "member", "family")
}
District, School, Institution, Leader, Member, Family = AGENT_TYPES.values()


class LazyAgents(AgentSet):
    """An AgentSet over the rows of one or more tables that makes views on demand."""

    def __init__(self, model: City, types: tuple[type[View], ...], random: Any) -> None:
        """Keep where each type's rows begin; make nothing yet."""
        self.model, self.types, self.random = model, types, random
        self._sizes = [model.tables[t.entity.name].n for t in types]
        self._starts = np.cumsum([0, *self._sizes])

    def __len__(self) -> int:
        """Return the number of rows."""
        return int(self._starts[-1])

    def _make(self, index: int) -> View:
        which = int(np.searchsorted(self._starts, index, side="right")) - 1
        kind, row = self.types[which], index - int(self._starts[which])
        unique_id = self.model.first_id(kind) + row
        if unique_id not in self.model.views:
            self.model.views[unique_id] = kind(self.model, row, unique_id)
        return self.model.views[unique_id]

    def __iter__(self) -> Iterator[View]:
        """Make and yield every agent in order of its id."""
        return (self._make(i) for i in range(len(self)))

    def __getitem__(self, item: int | slice) -> View | list[View]:
        """Return the agent in a place, or a list for a slice."""
        if isinstance(item, slice):
            return [self._make(i) for i in range(*item.indices(len(self)))]
        if not -len(self) <= item < len(self):
            raise IndexError(f"no agent {item}: there are {len(self)}")
        return self._make(item % len(self))

    def __contains__(self, agent: object) -> bool:
        """Tell whether an agent is of this model and of these types."""
        return isinstance(agent, View) and agent.model is self.model and type(agent) in self.types

    @property
    def _agents(self) -> WeakKeyDictionary:
        """Every agent, in the form that Mesa's own methods expect."""
        return WeakKeyDictionary((agent, None) for agent in self)

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> list:
        """Return a column as a list without making any agent, if there is one type."""
        if len(self.types) == 1 and isinstance(attr_names, str):
            table = self.model.tables[self.types[0].entity.name]
            if attr_names in table.columns:
                return table.columns[attr_names].tolist()
        return super().get(attr_names, handle_missing, default_value)

    def select(
        self,
        filter_func: Callable | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> AgentSet:
        """Return an ordinary AgentSet of the agents that fit."""
        if inplace:
            raise TypeError(FIXED)
        limit = int(len(self) * at_most) if isinstance(at_most, float) and at_most <= 1 else at_most
        kept: list[View] = []
        for agent in self:
            if len(kept) >= limit:
                break
            if (filter_func is None or filter_func(agent)) and (agent_type is None or isinstance(agent, agent_type)):
                kept.append(agent)
        return AgentSet(kept, random=self.random)

    def shuffle(self, inplace: bool = False) -> AgentSet:
        """Return an ordinary AgentSet in random order."""
        return self.select().shuffle(inplace=True) if not inplace else self._fixed()

    def sort(self, key: Callable | str, ascending: bool = False, inplace: bool = False) -> AgentSet:
        """Return an ordinary AgentSet in sorted order."""
        return self.select().sort(key, ascending, inplace=True) if not inplace else self._fixed()

    def do(self, method: str | Callable, *args: Any, **kwargs: Any) -> AgentSet:
        """Call a method or function on every agent."""
        for agent in self:
            getattr(agent, method)(*args, **kwargs) if isinstance(method, str) else method(agent, *args, **kwargs)
        return self

    def map(self, method: str | Callable, *args: Any, **kwargs: Any) -> list:
        """Return the results of a method or function on every agent."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def groupby(self, by: Callable | str, result_type: str = "agentset") -> Any:
        """Return ordinary AgentSets, or lists, by an attribute or a function."""
        return self.select().groupby(by, result_type)

    def set(self, attr_name: str, value: Any) -> AgentSet:
        """Set a column to one value."""
        for kind in self.types:
            self.model.tables[kind.entity.name][attr_name] = value
        return self

    def _fixed(self) -> AgentSet:
        raise TypeError(FIXED)

    def add(self, agent: Agent) -> None:
        """Refuse: rows are made at the founding."""
        raise TypeError(f"{agent}: {FIXED}")

    discard = remove = add

    def __getstate__(self) -> dict:
        """Pickle as the plain list of agents."""
        return {"model": self.model, "types": self.types, "random": self.random}

    def __setstate__(self, state: dict) -> None:
        """Restore without agents."""
        self.__init__(state["model"], state["types"], state["random"])
