"""The house rules no linter knows: sizes, mirrors, names, words and borders."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("riskbase", "accounts", "projects", "failures", "portfolio")
MODULE_LIMIT, CLASS_LIMIT, FUNCTION_LIMIT = 300, 180, 50
TEMPLATE_LIMIT, FRAGMENT_LIMIT, COMPONENT_LIMIT = 120, 60, 30
BEHAVIOR_LIMIT = 100
MIRRORED = re.compile(
    r"/(scoring|taxonomy|coding|stats|services)/|/(permissions|selectors|search|facts)\.py$"
)
# The API's own mechanisms keep rows of their own: keys of repeated requests.
MECHANISMS = r"riskbase/shared/api/"
INTERFACES = re.compile(rf"^(?!{MECHANISMS}).*(/(views|api|templatetags)/|/tasks\.py$)")
BEHIND = re.compile(
    rf"^(?!{MECHANISMS}).*/(services|selectors|models|permissions|search|facts|reports)\b"
)
HTTP = ("django.http", "django.shortcuts", "rest_framework")
BANNED_NAMES = re.compile(
    r"^(utils?|helpers?|common|misc|manager|info)$|^handle_|_utils$"
)

MODULES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts and path.name != "__init__.py"
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def matching(pattern: re.Pattern[str]) -> list[Path]:
    return [path for path in MODULES if pattern.search(relative(path))]


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_module_is_short(path):
    assert lines_of(path) <= MODULE_LIMIT


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_functions_and_classes_are_short(path):
    limits = {
        ast.FunctionDef: FUNCTION_LIMIT,
        ast.AsyncFunctionDef: FUNCTION_LIMIT,
        ast.ClassDef: CLASS_LIMIT,
    }
    too_long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(ast.parse(path.read_text()))
        if type(node) in limits and node.end_lineno - node.lineno >= limits[type(node)]
    ]
    assert not too_long


@pytest.mark.parametrize("path", matching(INTERFACES), ids=relative)
def test_interfaces_ask_selectors_and_services_instead_of_managers(path):
    """`.objects.none()` alone may stand there: it tells the schema the model."""
    tree = ast.parse(path.read_text())
    harmless = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "none"
    }
    asked = [
        f"line {node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and id(node) not in harmless
    ]
    assert not asked


@pytest.mark.parametrize("path", matching(BEHIND), ids=relative)
def test_what_lies_behind_knows_no_http(path):
    imported = [
        name
        for node in ast.walk(ast.parse(path.read_text()))
        for name in names_imported(node)
        if name.startswith(HTTP)
    ]
    assert not imported


def names_imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return []


@pytest.mark.parametrize("path", matching(MIRRORED), ids=relative)
def test_module_has_its_mirror(path):
    mirror = ROOT / "tests" / path.relative_to(ROOT).with_name(f"test_{path.name}")
    assert mirror.exists()


def test_names_say_what_is_inside():
    banned = [relative(path) for path in MODULES if BANNED_NAMES.search(path.stem)]
    assert not banned


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_functions_have_telling_names(path):
    banned = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        and BANNED_NAMES.search(node.name)
        # rest_framework calls it so.
        and node.name != "handle_exception"
    ]
    assert not banned


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_module_says_in_a_sentence_what_belongs_there(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


def limit_of(path: Path) -> int:
    if path.parent.name == "components":
        return COMPONENT_LIMIT
    return FRAGMENT_LIMIT if path.name.startswith("_") else TEMPLATE_LIMIT


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_is_short(path):
    assert lines_of(path) <= limit_of(path)


INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<style\b|<script(?![^>]*\bsrc=)""",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_has_neither_style_nor_script_of_its_own(path):
    assert not INLINE.findall(without_comments(path.read_text()))


def without_comments(source: str) -> str:
    source = re.sub(r"{#.*?#}", "", source)
    return re.sub(r"{% comment .*?%}.*?{% endcomment %}", "", source, flags=re.DOTALL)


NO_WORDS = re.compile(
    r"{% (blocktranslate|verbatim)\b.*?{% end\1 %}"  # translated as a whole
    r"|<(code|svg|kbd|pre)\b.*?</\2>"
    r"|{%.*?%}|{{.*?}}|&[a-z]+;|&#\d+;|<!--.*?-->",
    re.DOTALL,
)
SPOKEN = re.compile(r"""\s(?:alt|title|aria-label|placeholder|summary)="([^"]*)\"""")
WORD = re.compile(r"[^\W\d_]{2,}")
LEFT_AS_IT_IS = {"JSON", "Riskbase", "SHA", "XLSX", "YAML", "https"}
"""Names, the same in every language."""
# It is shown when nothing works, translation included, and speaks all three.
UNTRANSLATED = {ROOT / "templates" / "500.html"}


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path not in UNTRANSLATED], ids=relative
)
def test_template_speaks_through_translate(path):
    plain = NO_WORDS.sub(" ", without_comments(path.read_text()))
    said = [*re.findall(r">([^<>]+)<", f">{plain}<"), *SPOKEN.findall(plain)]
    words = [word for text in said for word in WORD.findall(text)]
    assert [word for word in words if word not in LEFT_AS_IT_IS] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=relative)
def test_behavior_is_short(path):
    assert lines_of(path) <= BEHAVIOR_LIMIT


def test_migrations_have_names():
    assert not [
        relative(path)
        for package in PACKAGES
        for path in (ROOT / package).rglob("migrations/*_auto_*.py")
    ]


def test_migrations_do_not_import_models():
    importing = [
        relative(path)
        for package in PACKAGES
        for path in (ROOT / package).rglob("migrations/0*.py")
        if re.search(r"^(from|import) \w+\.models", path.read_text(), re.MULTILINE)
    ]
    assert [path for path in importing if "0001_initial" not in path] == []
