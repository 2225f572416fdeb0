"""Write the pages and figures of a calibration, and put those of the shipped city where they are read."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from calibration import page
from calibration.stages import POSTERIOR, REGISTER, STAGES
from calibration.target import FOLDER
from console.commands import PROGRAM
from experiments.atomic import write_text
from experiments.posterior import MANIFEST
from model.declare.setting import parameters

FINDINGS, PAGE, ASSUMPTIONS = "findings.json", "calibration.md", "assumptions.md"
IMAGES = "images"
DOCS = FOLDER.parent / "docs"
COMMAND = f"{PROGRAM} calibrate"


def write_pages(folder: Path, languages: Sequence[str]) -> dict:
    """Write findings, page and figures from what the stages left in a folder; return the findings."""
    findings = {stage: json.loads(text) for stage in STAGES if (text := read(folder / f"{stage}.json"))}
    write_text(folder / FINDINGS, json.dumps(findings, ensure_ascii=False, indent=1) + "\n")
    about = json.loads((folder / POSTERIOR).with_suffix(MANIFEST).read_text(encoding="utf-8"))
    write_text(folder / PAGE, page.page(findings, about, COMMAND))
    draw(folder / IMAGES, findings, languages)
    return findings


def read(path: Path) -> str:
    """Return a file's text, or nothing if it is not there."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def draw(folder: Path, findings: dict, languages: Sequence[str]) -> None:
    """Draw the figures that the findings allow."""
    from dashboard.figures.canvas import save
    from dashboard.figures.fitted import informed, predictions, ranks

    folder.mkdir(parents=True, exist_ok=True)
    for lang in languages:
        if "check" in findings:
            save(predictions(findings["check"], lang), folder / f"calibration-rows-{lang}.png")
        if "fit" in findings:
            rows = findings["fit"]["informed"]
            ranges = {r["id"]: (parameters()[r["id"]].low, parameters()[r["id"]].high) for r in rows}
            save(informed(rows, ranges, lang), folder / f"calibration-parameters-{lang}.png")
        if "proof" in findings:
            save(ranks(findings["proof"], lang), folder / f"calibration-proof-{lang}.png")


def publish(folder: Path, findings: dict) -> None:
    """Put what belongs to the shipped city where the model and the docs have it."""
    for name in (FINDINGS, REGISTER, POSTERIOR):
        if (folder / name).exists():
            shutil.copyfile(folder / name, FOLDER / name)
    shutil.copyfile((folder / POSTERIOR).with_suffix(MANIFEST), (FOLDER / POSTERIOR).with_suffix(MANIFEST))
    if not DOCS.is_dir():
        return
    shutil.copyfile(folder / PAGE, DOCS / PAGE)
    for image in (folder / IMAGES).glob("*.png"):
        shutil.copyfile(image, DOCS / IMAGES / image.name)
    if "register" in findings:
        text = (folder / REGISTER).read_text(encoding="utf-8")
        write_text(DOCS / ASSUMPTIONS, page.register_page(text, findings, COMMAND))
