"""A digest of the model's rules: all that a posterior rests on, and nothing else.

Counted are the mechanisms, their order, entities, founding and outcomes as code, and every lever and parameter with its
value and prior. Comments, docstrings, labels, sources and the machinery that runs the rules are not.
"""

import ast
import hashlib
from functools import cache
from pathlib import Path

import model
from model.declare.setting import levers, parameters
from model.profile import SPIN_UP_MONTHS

ROOT = Path(model.__file__).parent
PLACES = ("mechanisms", "entities", "founding", "outcomes", "schedule.py")
WORDS = ("about", "about_zh", "en", "zh", "source", "arrows", "label", "headline", "notable")


@cache
def rules_digest() -> str:
    """Return 16 hexadecimal digits that stand for the rules."""
    digest = hashlib.blake2b(digest_size=8)
    for path in rule_files():
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(bare(path.read_text(encoding="utf-8")).encode())
    for p in parameters().values():
        digest.update(f"{p.id} {p.value!r} {p.low!r} {p.high!r} {p.distribution}".encode())
    for lever in levers().values():
        digest.update(f"{lever.id} {lever.default!r}".encode())
    digest.update(str(SPIN_UP_MONTHS).encode())
    return digest.hexdigest()


def rule_files() -> list[Path]:
    """Return the files that hold rules, in a fixed order."""
    found = [ROOT / name for name in PLACES]
    files = [path for place in found for path in ([place] if place.suffix else place.rglob("*.py"))]
    return sorted(files, key=lambda path: path.as_posix())


def bare(source: str) -> str:
    """Return a program without its comments, docstrings, labels and sources.

    Expected: ``bare("x = 1  # why") == bare("x=1")``.
    """
    return ast.unparse(Bare().visit(ast.parse(source)))


class Bare(ast.NodeTransformer):
    """Takes out what only people read."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Visit the children; a body that held only a docstring passes."""
        super().generic_visit(node)
        if getattr(node, "body", None) == [] and not isinstance(node, ast.Module):
            node.body = [ast.Pass()]
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        """Drop a text that stands alone."""
        alone = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return None if alone else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Drop labels and sources, and the texts of a column's declaration."""
        node.keywords = [k for k in node.keywords if k.arg not in WORDS]
        if isinstance(node.func, ast.Name) and node.func.id in ("Column", "pointer", "Entity"):
            node.args = [a for place, a in enumerate(node.args) if not (place and is_label(a))]
        return self.generic_visit(node)


def is_label(node: ast.AST) -> bool:
    """Tell whether an argument is a text with more than a code word in it."""
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and (not text.isascii() or " " in text)
