"""The one door for randomness: numbers keyed by (seed, stream, step), one per agent id.

Every decision has a stream of its own, named by mechanism and decision. Agent ``i`` takes number
``i``: streams are prefix-stable, so one more agent changes nobody else's draws, a decision may be
skipped, and a run can branch from any month. Philox is counter-based (Salmon et al. 2011).
"""

import hashlib

import numpy as np

SPIN_UP = 1000
ALMOST_ONE = 1 - 1e-12
MOST_KEPT_BYTES = 100_000_000


class Draws:
    """Uniform random numbers for one replicate.

    Args:
        seed: the luck of the replicate, any 64-bit unsigned integer.
    """

    def __init__(self, seed: int) -> None:
        """Prepare one reusable Philox generator."""
        self.seed = int(seed)
        self._bits = np.random.Philox(key=[np.uint64(self.seed), np.uint64(0)])
        self._generator = np.random.Generator(self._bits)
        self._counter, self._key = np.zeros(4, np.uint64), np.array([self.seed, 0], np.uint64)
        self._start = {
            "bit_generator": "Philox",
            "state": {"counter": self._counter, "key": self._key},
            "buffer": np.zeros(4, np.uint64),
            "buffer_pos": 4,
            "has_uint32": 0,
            "uinteger": 0,
        }

    def uniform(self, stream: str, step: int, n: int, dtype: str = "f8") -> np.ndarray:
        """Return ``n`` numbers in [0, 1), the same for the same (seed, stream, step, dtype)."""
        self._rewind(stream, step)
        return self._generator.random(n, dtype=np.dtype(dtype))

    def normal(self, stream: str, step: int, n: int) -> np.ndarray:
        """Return ``n`` standard normal numbers; NumPy's normals are prefix-stable too."""
        self._rewind(stream, step)
        return self._generator.standard_normal(n)

    def _rewind(self, stream: str, step: int) -> None:
        self._counter[3], self._key[1] = step + SPIN_UP, stream_key(stream)
        self._bits.state = self._start


class KeptDraws(Draws):
    """The same numbers, each made once and kept while all fit in bounded memory, for runs that share their luck."""

    def __init__(self, seed: int, most_bytes: int = MOST_KEPT_BYTES) -> None:
        """Keep nothing yet."""
        super().__init__(seed)
        self.room, self.kept = most_bytes, {}

    def uniform(self, stream: str, step: int, n: int, dtype: str = "f8") -> np.ndarray:
        """Return what ``Draws`` would, as an array that nobody may write to."""
        key = (stream, step, n, np.dtype(dtype))
        if key in self.kept:
            return self.kept[key]
        values = super().uniform(stream, step, n, dtype)
        values.flags.writeable = False
        if values.nbytes <= self.room:
            self.kept[key], self.room = values, self.room - values.nbytes
        return values


_KEYS: dict[str, int] = {}


def stream_key(stream: str) -> int:
    """Return the fixed 64-bit key of a stream's name."""
    if stream not in _KEYS:
        digest = hashlib.blake2b(stream.encode(), digest_size=8).digest()
        _KEYS[stream] = int.from_bytes(digest, "little")
    return _KEYS[stream]


def luck(seed: int, draw: int, replicate: int) -> int:
    """Return the seed of one (user seed, parameter draw, replicate); 0 is a seed like any other."""
    text = f"{int(seed)}/{int(draw)}/{int(replicate)}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def poisson(u: np.ndarray, mean: np.ndarray, most: int = 400) -> np.ndarray:
    """Return Poisson counts by inverting the distribution at ``u``.

    One uniform a count keeps common random numbers paired, which ``Generator.poisson`` does not.
    Expected: ``poisson(0.5, 1.0) == 1`` and a count never falls when ``mean`` rises.
    """
    # A sum of many terms never quite reaches 1: without this a draw next to 1 would count to the end.
    u = np.minimum(u, ALMOST_ONE)
    mean = np.minimum(np.asarray(mean, dtype=float), most / 2)
    term = np.exp(-mean)
    total, count = term.copy(), np.zeros(np.shape(mean))
    for k in range(1, most):
        above = u >= total
        if not above.any():
            break
        count += above
        term = term * mean / k
        total = total + term
    return count
