"""What exists: the entities and their columns, nothing else."""

from model.entities.family import FAMILY
from model.entities.institution import INSTITUTION
from model.entities.leader import LEADER
from model.entities.member import MEMBER
from model.entities.place import BUREAU, CITY, DISTRICT, MARKET
from model.entities.school import SCHOOL

ENTITIES = {e.name: e for e in (
    CITY, DISTRICT, BUREAU, MARKET, SCHOOL, INSTITUTION, LEADER, MEMBER, FAMILY,
)}
