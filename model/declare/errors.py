"""The two exceptions of the project and the one form of an error sentence."""

from difflib import get_close_matches


class SettingError(ValueError):
    """A value from outside (file, option, link) that cannot be used.

    The text is one line: *where: must, got, nearest*.
    """

    def __init__(self, where: str, says: str, *, key: str = "", value: object = None) -> None:
        """Keep the place, the sentence and the offending key and value."""
        self.where, self.key, self.value = where, key, value
        super().__init__(f"{where}: {says}" if where else says)


class DeclarationError(ValueError):
    """A declaration inside the project that contradicts another one."""

    def __init__(self, says: str, *, key: str = "", value: object = None) -> None:
        """Keep the sentence and the offending key and value."""
        self.key, self.value = key, value
        super().__init__(says)


def nearest(name: object, known: object) -> str:
    """Return a "did you mean" clause for a misspelt name, or an empty string."""
    close = get_close_matches(str(name), [str(k) for k in known], n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def unknown(where: str, kind: str, name: object, known: object, see: str = "") -> SettingError:
    """Build the error for a name that does not exist."""
    hint = f" (see: {see})" if see else ""
    return SettingError(where, f"unknown {kind}{nearest(name, known)}{hint}", key=str(name))
