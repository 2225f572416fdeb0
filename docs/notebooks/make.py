"""Make the notebook of the docs from its source, and execute it: ``make notebook``.

``first_steps.py`` is the source, in cells that start with ``# %%``; the notebook beside it holds the same cells with
what they print. CI executes the cells anew at a coarse scale and checks that the notebook has them.
"""

import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent
SOURCE, NOTEBOOK = FOLDER / "first_steps.py", FOLDER / "first_steps.ipynb"
CELL = re.compile(r"^# %%(?P<kind> \[markdown\])?\n", re.MULTILINE)
SECONDS = 600


def cells_of(text: str) -> list[nbformat.NotebookNode]:
    """Return the cells of a source; the lines of a text cell are comments."""
    parts = CELL.split(text)[1:]
    found = []
    for place, (kind, body) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
        lines = body.strip()
        if kind:
            cell = nbformat.v4.new_markdown_cell(re.sub(r"^# ?", "", lines, flags=re.MULTILINE))
        else:
            cell = nbformat.v4.new_code_cell(lines)
        cell["id"] = f"cell-{place}"
        found.append(cell)
    return found


def executed(text: str) -> nbformat.NotebookNode:
    """Return the notebook of a source with what its cells print; an error in a cell is raised."""
    notebook = nbformat.v4.new_notebook(cells=cells_of(text))
    NotebookClient(notebook, timeout=SECONDS, kernel_name="python3").execute(cwd=str(FOLDER))
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            # Warnings of libraries name paths of this machine.
            cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return notebook


def main() -> None:
    """Write the notebook."""
    nbformat.write(executed(SOURCE.read_text(encoding="utf-8")), NOTEBOOK)
    print(f"{NOTEBOOK}: {NOTEBOOK.stat().st_size // 1000} kB", file=sys.stderr)


if __name__ == "__main__":
    main()
