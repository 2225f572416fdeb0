"""The generated parts of the documents: what they hold, how to compare them, how to rewrite them."""

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import tempfile
from pathlib import Path

from console.main import BAD_INPUT, main
from dashboard.reports.as_markdown import render as as_markdown
from dashboard.workshop.handouts import handout
from dashboard.workshop.session import sessions
from model.describe import evidence, rules, settings
from scenarios.city import read_city
from scenarios.scenario import read_scenario, shipped_scenarios

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md", ROOT / "README.zh.md")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
IMAGES = ROOT / "docs" / "images"
PART = re.compile(r"(<!-- begin: (?P<name>.+?) -->\n)(?P<text>.*?)(<!-- end -->)", re.DOTALL)
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
TERMINAL = {"COLUMNS": "110", "TERM": "xterm", "NO_COLOR": "1", "LC_ALL": "C"}
STYLE = re.compile("\x1b\\[[0-9;]*m")

MADE = {
    "state variables": rules.state_variables,
    "schedule": rules.schedule_table,
    "clock": rules.clock_table,
    "submodels, cadres": lambda: rules.submodels("cadres"),
    "submodels, education": lambda: rules.submodels("education"),
    "submodels, coupling": lambda: rules.submodels("coupling"),
    "arrows": rules.arrow_table,
    "levers": settings.lever_table,
    "parameters": settings.parameter_table,
    "outcomes": settings.outcome_table,
    "sizes": lambda: evidence.size_table(read_city(), 20),
    "city": lambda: evidence.city_table(read_city()),
    "history": lambda: evidence.history_table(read_city()),
    "evidence": lambda: evidence.evidence_counts(read_city()),
    "obtained": evidence.obtained_counts,
    "references": evidence.reference_table,
    "scenarios": lambda: scenario_table(),
    "patterns": lambda: patterns_line(),
    "figure": lambda: figure_caption("en"),
    "figure, zh": lambda: figure_caption("zh"),
    **{f"workshop {n}, {at}": lambda n=n, at=at: guide(n, at) for n in sessions() for at in ("en", "zh")},
}
FROM = {
    True: {"en": "the posterior", "zh": "后验分布"},
    False: {"en": "priors, **not calibrated**", "zh": "先验分布，**尚未校准**"},
}
FROM = {
    True: {"en": "the posterior", "zh": "后验分布"},
    False: {"en": "priors, **not calibrated**", "zh": "先验分布，**尚未校准**"},
}
CAPTION = {
    "en": (
        "What each shipped scenario changes against the status quo, mean of the last twelve months to {until}: paired "
        "differences over {draws} parameter draws from {source}. Made by `python run_sim.py` at "
        "scale {scale}, seed {seed}, model version `{model_version}`."
    ),
    "zh": (
        "各自带情景相对现状的变化，取截至 {until} 的最后十二个月平均；{draws} 组参数抽样（{source}）下的配对差。"
        "由 `python run_sim.py` 生成，比例 {scale}，种子 {seed}，模型版本 `{model_version}`。"
    ),
}


def guide(name, lang):
    """Return the facilitator guide of a workshop session."""
    return as_markdown(handout(sessions()[name], "guide", lang)).rstrip()


def scenario_table():
    """List the shipped scenarios with their titles in both languages."""
    lines = ["| scenario | title | 标题 | levers | from |", "| --- | --- | --- | --- | --- |"]
    for s in map(read_scenario, shipped_scenarios()):
        lines.append(f"| `{s.name}` | {s.title['en']} | {s.title['zh']} | {len(s.levers)} | {s.source} |")
    return "\n".join(lines)


def patterns_line():
    """Say where it is written which patterns the model fails to reproduce, if it has been measured."""
    measured = "Measured, pattern by pattern, in [patterns.md](patterns.md)."
    found = (ROOT / "docs" / "patterns.md").exists()
    return f"**Patterns that the model fails to reproduce.** {measured if found else 'Not measured for this version.'}"


def figure_caption(lang):
    """Say what the figure of the README shows, from the manifest of the run that made it."""
    manifest = json.loads((IMAGES / "effects.json").read_text(encoding="utf-8"))
    source = FROM[manifest.get("calibrated", False)][lang]
    return f"*{CAPTION[lang].format(source=source, **manifest)}*"


class Screen(io.StringIO):
    """Standard output that is a terminal of a known width."""

    def isatty(self):
        return True


def output_of(name, folder):
    """Return a fenced block with a command and what it prints.

    ` | first N lines` cuts; ` | refused` expects bad input and shows the error.
    """
    command, _, how = name.removeprefix("$ ").partition(" | ")
    lines = printed(command, folder, expected=BAD_INPUT if how == "refused" else 0)
    if how.startswith("first "):
        count = int(how.removeprefix("first ").removesuffix(" lines"))
        lines = [*lines[:count], "…"] if len(lines) > count else lines
    return "```console\n" + "\n".join([f"$ {command}", *lines]) + "\n```"


def printed(command, folder, expected=0):
    """Run `python run_sim.py …` in a folder and return the lines of its output, or of its error if one is expected."""
    words = shlex.split(command)
    assert words[:2] == ["python", "run_sim.py"], command
    screen, here, usual = Screen(), Path.cwd(), dict(os.environ)
    os.environ.update(TERMINAL)
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(io.StringIO()) as aside:
            code = main(words[2:])
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(usual)
    assert code == expected, aside.getvalue()
    text = aside.getvalue() if expected else STYLE.sub("", screen.getvalue())
    return [line.rstrip() for line in text.rstrip().split("\n")]


def lay_out(folder):
    """Put into a folder the files that the README's commands name."""
    for path in README:
        for block in BLOCK.finditer(path.read_text(encoding="utf-8")):
            file, _, _ = block["text"].removeprefix("# ").partition("\n")
            if block["kind"] == "toml" and file.endswith(".toml"):
                (folder / file).write_text(block["text"], encoding="utf-8")
    shutil.copy(ROOT / "scenarios" / "cities" / "template.toml", folder / "my_city.toml")


def made(name, folder):
    """Return what a generated part must hold."""
    return output_of(name, folder) if name.startswith("$ ") else MADE[name]()


def parts_of(path):
    """Return (name, text) of each generated part of a document."""
    return [(m["name"], m["text"]) for m in PART.finditer(path.read_text(encoding="utf-8"))]


def commands_in(text):
    """Return every `run_sim.py` command in the console and shell blocks of a document."""
    blocks = [block["text"] for block in BLOCK.finditer(text) if block["kind"] in ("console", "sh")]
    lines = [line.removeprefix("$ ") for block in blocks for line in block.split("\n")]
    return [line for line in lines if line.startswith("python run_sim.py")]


def rewrite():
    """Rewrite every generated part of every document."""
    for path in DOCUMENTS:
        with tempfile.TemporaryDirectory() as folder:
            lay_out(Path(folder))
            old = path.read_text(encoding="utf-8")
            new = PART.sub(lambda m, f=folder: f"{m[1]}{made(m['name'], Path(f))}\n{m[4]}", old)
        if new != old:
            path.write_text(new, encoding="utf-8", newline="\n")
            print(f"rewritten: {path.relative_to(ROOT).as_posix()}")


def draw():
    """Run the flagship comparison and keep its figure in both languages, with what made it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for lang in ("en", "zh"):
            assert main(["--out", folder, "--lang", lang]) == 0
            shutil.copyfile(Path(folder) / "figures" / f"effects-{lang}.png", IMAGES / f"effects-{lang}.png")
        manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
    kept = {key: manifest[key] for key in ("model_version", "scale", "seed", "draws", "until", "calibrated")}
    (IMAGES / "effects.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8", newline="\n")
