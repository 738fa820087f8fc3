"""Small wrong versions of a module: a comparison turned, a condition dropped, a right taken away.

Texts and annotations stay: what the portal says is not what is tried here.
"""

import ast
import copy

SWAPS = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}


def places(source: str) -> list[tuple[int, str]]:
    """(line, what changes) of every mutant of a module, in the order of `mutant`'s numbers."""
    return [(node.lineno, what) for node, what, _ in _changes(ast.parse(source))]


def mutant(source: str, number: int) -> ast.Module:
    """The module with change ``number`` made."""
    tree = ast.parse(source)
    for at, (_, _, change) in enumerate(_changes(tree)):
        if at == number:
            change()
            return ast.fix_missing_locations(tree)
    raise IndexError(number)


def _changes(tree):
    """(node, words, function that makes the change in the tree)."""
    for node in _code(tree):
        yield from _of_operators(node)
        yield from _of_conditions(node)
        yield from _of_lists(node)
        yield from _of_statements(node)


def _code(tree):
    """All nodes but annotations, decorators and imports."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            continue
        yield node
        trimmed = copy.copy(node)
        for name in ("annotation", "returns", "args", "decorator_list"):
            if hasattr(trimmed, name) and isinstance(
                node, ast.FunctionDef | ast.AnnAssign | ast.arg | ast.ClassDef
            ):
                setattr(trimmed, name, [] if name == "decorator_list" else None)
        yield from _code(trimmed)


def _of_operators(node):
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        new = SWAPS[type(node.ops[0])]
        yield node, f"{type(node.ops[0]).__name__} -> {new.__name__}", _set(node, "ops", [new()])
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPS and not _is_text(node):
        new = SWAPS[type(node.op)]
        yield node, f"{type(node.op).__name__} -> {new.__name__}", _set(node, "op", new())


def _is_text(node) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Add)
        and any(
            isinstance(each, ast.JoinedStr)
            or (isinstance(each, ast.Constant) and isinstance(each.value, str))
            for each in ast.walk(node)
        )
    )


def _of_conditions(node):
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, "not dibuang", _replace(node, node.operand)
    if isinstance(node, ast.If | ast.IfExp):
        yield node, "syarat selalu benar", _set(node, "test", ast.Constant(True))
        yield node, "syarat tidak pernah benar", _set(node, "test", ast.Constant(False))
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield node, f"{node.value} dibalik", _set(node, "value", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield node, f"{node.value} + 1", _set(node, "value", node.value + 1)


def _of_lists(node):
    """One member less: a role of a right, a state of a list, an argument of a filter."""
    if isinstance(node, ast.Set) and len(node.elts) > 1:
        for at in range(len(node.elts)):
            rest = node.elts[:at] + node.elts[at + 1 :]
            yield node.elts[at], "anggota himpunan dibuang", _set(node, "elts", rest)
    called = node.func if isinstance(node, ast.Call) else None
    if isinstance(called, ast.Attribute) and called.attr in ("filter", "exclude", "update"):
        for at in range(len(node.keywords)):
            rest = node.keywords[:at] + node.keywords[at + 1 :]
            yield node.keywords[at].value, "saringan dibuang", _set(node, "keywords", rest)


def _of_statements(node):
    """A refusal or a call that is not made, an answer that is empty."""
    for name in ("body", "orelse"):
        block = getattr(node, name, None)
        if not isinstance(block, list):
            continue
        for at, each in enumerate(block):
            if isinstance(each, ast.Raise):
                yield each, "penolakan dibuang", _item(block, at, ast.Pass())
            if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call):
                yield each, "panggilan dibuang", _item(block, at, ast.Pass())
    if isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant):
        yield node, "jawaban kosong", _set(node, "value", ast.Constant(None))


def _set(node, name, value):
    return lambda: setattr(node, name, value)


def _replace(node, other):
    """The node becomes the other one, wherever it hangs."""

    def change():
        node.__class__ = other.__class__
        node.__dict__ = copy.copy(other.__dict__)

    return change


def _item(block, at, value):
    return lambda: block.__setitem__(at, ast.copy_location(value, block[at]))
