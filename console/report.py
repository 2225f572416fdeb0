"""Write a report of saved results."""

from pathlib import Path

from console.words import say
from model.declare.errors import SettingError


def report(folder: str, form: str, lang: str, out: str | None, style: str | None) -> None:
    """Write one file and print where it is; ``style`` is of Word files only."""
    from dashboard.reports import STYLES, write_report

    if style is not None and form != "docx":
        raise SettingError(f"--style {style}", f"must come with --format docx; got --format {form}")
    if not folder.strip() or "\0" in folder or (out is not None and (not out.strip() or "\0" in out)):
        raise SettingError("report", "must name a folder and a file; got no name")
    path = write_report(Path(folder), form, lang, out=Path(out) if out else None, style=style or STYLES[0])
    print(say("report.written", lang, path=path.as_posix()))
