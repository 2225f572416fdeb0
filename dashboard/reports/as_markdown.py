"""A report as Markdown, for the documents of this repository; pictures are left out."""

from dashboard.reports.content import Grid, Paragraph, Part, Points, Report, Section


def render(report: Report) -> str:
    """Return the text."""
    lines = [f"# {report.title}", "", report.subtitle, "", f"{report.date} · {report.mark}", ""]
    for text in report.abstract:
        lines += [text, ""]
    for section in report.sections:
        lines += section_lines(section, 2)
    return "\n".join(lines).rstrip() + "\n"


def section_lines(section: Section, level: int) -> list[str]:
    """Return a section and what is below it."""
    lines = [f"{'#' * level} {section.title}", ""]
    for part in section.parts:
        lines += [*part_lines(part), ""]
    for inner in section.sections:
        lines += section_lines(inner, level + 1)
    return lines


def part_lines(part: Part) -> list[str]:
    """Return one part."""
    if isinstance(part, Paragraph):
        return [part.text]
    if isinstance(part, Points):
        return [f"- {item}" for item in part.items]
    if isinstance(part, Grid):
        rows = (part.heads, ("---",) * len(part.heads), *part.rows)
        return ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return []
