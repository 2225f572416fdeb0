"""Reports from saved results: one content, five formats. No Streamlit, no network, no other program.

``write_report`` reads a folder that ``run`` or ``compare`` wrote and writes one file, whole or not at all.
"""

from importlib import import_module
from pathlib import Path

from model.declare.errors import SettingError

FORMATS = ("html", "docx", "pptx", "xlsx", "pdf")
STYLES = ("official", "plain")


def write_report(folder: Path, form: str, lang: str, *, out: Path | None = None, style: str = STYLES[0]) -> Path:
    """Write a report of the results in ``folder`` and return its path.

    Raises SettingError for results that are not there, not whole, or of another model version.
    """
    from dashboard.reports.build import report_of
    from dashboard.reports.material import read_material
    from experiments.atomic import whole_file
    from experiments.folder import REPORT

    path = out or folder / f"{REPORT}{lang}.{form}"
    material = read_material(folder)
    refuse_place(path)
    content = render(report_of(material, lang), form, style)
    with whole_file(path) as beside:
        beside.write_bytes(content)
    return path


def render(report: object, form: str, style: str = STYLES[0]) -> bytes:
    """Return a report in one format; ``style`` is of Word files only."""
    return import_module(f"dashboard.reports.as_{form}").render(report, style)


def refuse_place(path: Path) -> None:
    """Refuse a path that is a folder, or stands in a folder that is not there."""
    if path.is_dir():
        raise SettingError(f"--out {path.as_posix()}", "must be a file; got a folder")
    if not path.parent.is_dir():
        raise SettingError(f"--out {path.as_posix()}", "must be a file in a folder that exists; got none of that name")
