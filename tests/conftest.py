"""What tests share: the shipped city, settings in a few words, small cities simulated once."""

import sys

import cities
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from model.simulation import City

hypothesis_settings.register_profile(
    "shidian", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("shidian")


@pytest.fixture(autouse=True)
def main_module():
    """Put the main module back: an app under test takes its place, and worker processes would start with that."""
    kept = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = kept


@pytest.fixture(scope="session")
def profile():
    """The shipped city's profile."""
    return cities.shipped_profile()


@pytest.fixture(scope="session")
def build_settings():
    """Return a function that builds settings: ``build_settings({lever: value}, months=…, forms=…)``."""
    return cities.status_quo


@pytest.fixture(scope="session")
def history_400():
    """The state at the end of the history, 400 pupils a row, seed 1."""
    return cities.history(400)


@pytest.fixture(scope="session")
def history_200():
    """The state at the end of the history, 200 pupils a row, seed 1."""
    return cities.history(200)


@pytest.fixture
def city(history_400):
    """A small city of its own at the end of the history, with room for a year."""
    return City.restore(history_400, cities.status_quo(months=41))
