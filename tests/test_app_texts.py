"""Two languages everywhere: no entry missing or idle, no visible text outside the catalogue."""

import ast
import re
import string
from pathlib import Path

import pytest

from dashboard.texts import texts
from dashboard.words import LANGUAGES, SENTENCES

ROOT = Path(__file__).resolve().parent.parent / "dashboard"
SCREEN = sorted([*(ROOT / "controls").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), *(ROOT / "charts").rglob("*.py")])
CHINESE, LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]{4,}")
# Calls whose first text is shown to people.
SHOWN = {
    "title", "header", "subheader", "caption", "markdown", "text", "write", "info", "warning", "error", "success",
    "button", "download_button", "link_button", "selectbox", "multiselect", "slider", "number_input", "text_input",
    "segmented_control", "pills", "toggle", "checkbox", "radio", "file_uploader", "expander", "popover", "badge",
    "metric", "page_link", "status", "toast", "text_area", "spinner",
}  # fmt: skip
WORDED = {"label", "help", "placeholder", "alt", "caption", "text", "title"}
NEUTRAL = {"–", "✓", "✗"}


def is_words(text):
    """Tell whether a literal is words for people, and not Markdown, a colour, a key or an icon."""
    bare = re.sub(r":[a-z_/]+:|:[a-z]+\[|\*\*|\]|:small|gray|[#\-–·;:,.{}()\s]", " ", text)
    return bool(CHINESE.search(bare) or LATIN.search(bare))


def shown_literals(tree):
    """Yield the literals that a module hands to a call that shows them."""
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in SHOWN):
            continue
        first = call.args[:1] if call.func.attr != "page_link" else []
        given = [*first, *(k.value for k in call.keywords if k.arg in WORDED)]
        for argument in given:
            if isinstance(argument, ast.Constant | ast.JoinedStr):
                literals = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
                for part in literals:
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and is_words(part.value):
                        yield part.value


@pytest.mark.parametrize("key", sorted(texts()))
def test_an_entry_is_in_both_languages_with_the_same_blanks(key):
    entry = texts()[key]
    assert set(entry) == set(LANGUAGES)
    blanks = [{name for _, name, _, _ in string.Formatter().parse(entry[lang]) if name} for lang in LANGUAGES]
    assert blanks[0] == blanks[1]
    if LATIN.search(re.sub(r"\{\w+\}", "", entry["en"])):
        assert CHINESE.search(entry["zh"]), entry["zh"]
    assert not CHINESE.search(entry["en"])


def test_no_key_is_declared_twice():
    assert not set(texts()) & set(SENTENCES)


def test_every_key_that_is_asked_for_exists_and_none_is_idle():
    source = "".join(p.read_text(encoding="utf-8") for p in ROOT.rglob("*.py"))
    asked = set(re.findall(r'"([a-z]+\.[a-z_]+)"', source))
    known = {key.partition(".")[0] for key in texts()}
    missing = {key for key in asked if key.partition(".")[0] in known and key not in texts() and not is_file(key)}
    missing -= set(SENTENCES)
    assert missing == set()
    built = {match.group(1) for match in re.finditer(r'"([a-z]+\.[a-z_]*)\{', source)}
    built |= {f"{match.group(1)}." for match in re.finditer(r"'([a-z]+)\.\{", source)}
    built |= {match.group(1) for match in re.finditer(r"'([a-z]+\.[a-z_]*)\{", source)}
    idle = {key for key in texts() if key not in asked and f"'{key}'" not in source}
    assert {key for key in idle if not any(key.startswith(start) for start in built)} == set()


def is_file(key):
    """Tell a module or file from a key."""
    return key.endswith((".toml", ".json", ".png", ".css", ".txt", ".csv", ".py", ".md"))


@pytest.mark.parametrize("path", SCREEN, ids=[p.relative_to(ROOT).as_posix() for p in SCREEN])
def test_no_visible_text_is_outside_the_catalogue(path):
    assert list(shown_literals(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "source",
    [
        'st.button("Start now")',
        'st.caption(f"{n} of these runs")',
        'st.slider(label, help="Whatever helps")',
        'st.title("标题")',
    ],
)
def test_a_text_outside_the_catalogue_is_noticed(source):
    assert list(shown_literals(ast.parse(source)))


def test_no_chinese_stands_in_a_module_of_the_app():
    for path in [*SCREEN, *(ROOT / "views").rglob("*.py"), *(ROOT / "service").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                allowed = {"中文", "；"} | {"/年", "/月", "## 中文摘要", "中文摘要在文末。", "（见上表）"}
                assert not CHINESE.search(node.value) or node.value in allowed, f"{path.name}: {node.value}"
