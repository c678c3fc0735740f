"""What a person installs is whole: the wheel alone, in an empty environment, runs the demo."""

import ast
import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import dosebell_host
from dosebell_host import resources
from waiting import HANG_S

ROOT = Path(__file__).parents[2]

# One worker builds and installs once for all of these.
pytestmark = pytest.mark.xdist_group("install")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """The stdout of a command that must succeed; PYTHON* of the caller is kept out."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=HANG_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(out: Path, *options: str) -> None:
    """Build without a network: the build backend is one of the dev dependencies."""
    run(sys.executable, "-m", "build", "--no-isolation", *options, "-o", out, ROOT, cwd=out)


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build(out, "--wheel")
    return next(out.glob("*.whl"))


def installer(python: Path) -> list[str]:
    """The command that installs into another environment; one that uv made holds no pip."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "-qq", "--python", str(python), "install"]
    return ["uv", "pip", "install", "--python", str(python)]


class Installed:
    """An environment that holds dosebell's wheel; its dependencies are those of this one."""

    def __init__(self, wheel: Path, home: Path) -> None:
        self.home = home
        self.bin = home / "env" / "bin"
        run(sys.executable, "-m", "venv", "--without-pip", home / "env", cwd=home)
        run(*installer(self.bin / "python"), "--no-index", "--no-deps", wheel, cwd=home)
        where = self.python("-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
        self.site = Path(where.strip())
        # A folder named in a .pth file has its own .pth files left alone, so the checkout's
        # editable install does not come along.
        here = Path(pytest.__file__).parent.parent
        (self.site / "dependencies.pth").write_text(f"{here}\n")

    def python(self, *arguments: str | Path) -> str:
        return self.run("python", *arguments)

    def run(self, program: str, *arguments: str | Path) -> str:
        home = str(self.home)
        return run(
            self.bin / program,
            *arguments,
            cwd=self.home,
            PYTHONSAFEPATH="1",
            HOME=home,
            XDG_DATA_HOME=home,
            XDG_CONFIG_HOME=home,
            XDG_STATE_HOME=home,
        )


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(wheel, tmp_path_factory.mktemp("home with a space"))


# What the page is made of, beside its modules.
_OF_PAGES = (".html", ".css", ".js", ".svg")


def test_wheel_holds_everything_and_nothing_else(wheel: Path) -> None:
    device = ROOT / "firmware" / "dosebell"
    expected = {
        **{f"dosebell/{p.name}": p for p in device.glob("*.py")},
        # For type checkers; none is flashed.
        **{f"dosebell/{p.name}": p for p in device.glob("*.pyi")},
        "dosebell/py.typed": device / "py.typed",
        **{f"dosebell_host/schedules/{p.name}": p for p in (ROOT / "schedules").glob("*.toml")},
        **{
            str(p.relative_to(ROOT / "host")): p
            for p in (ROOT / "host" / "dosebell_host").rglob("*")
            if p.suffix in (".py", *_OF_PAGES) or p.name == "py.typed"
        },
        "dosebell_host/board/boot.py": ROOT / "firmware" / "boot.py",
        "dosebell_host/board/main.py": ROOT / "firmware" / "main.py",
    }
    files = {k: v for k, v in contents(wheel).items() if ".dist-info/" not in k}
    assert files == {name: path.read_bytes() for name, path in expected.items()}


def test_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    build(tmp_path)
    assert contents(next(tmp_path.glob("*.whl"))) == contents(wheel)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"Makefile", "LICENSE", "README.md", "tests/project/test_install.py"} <= names


def test_version_stands_in_one_place(installed: Installed) -> None:
    assert importlib.metadata.version("dosebell") == dosebell_host.__version__
    assert dosebell_host.__version__ in installed.run("dosebell", "--version")
    assert dosebell_host.__version__ in installed.python("-m", "dosebell_host", "--version")


def test_installed_copy_finds_its_own_files(installed: Installed) -> None:
    printed = installed.python(
        "-c",
        "import dosebell, dosebell_host\n"
        "from dosebell_host.resources import *\n"
        "print(dosebell.__file__, dosebell_host.__file__, *device_files().values(), boot_py(),\n"
        "    main_py(), schedules_dir(), *schedules_dir().iterdir(), sep='\\n')",
    )
    paths = [Path(line) for line in printed.splitlines()]
    assert all(path.exists() and path.is_relative_to(installed.site) for path in paths), printed


def test_installed_copy_runs_the_demo(installed: Installed) -> None:
    assert installed.run("dosebell", "demo")


def test_checkout_uses_its_own_files() -> None:
    firmware = ROOT / "firmware"
    expected = {f"dosebell/{path.name}": path for path in (firmware / "dosebell").glob("*.py")}
    assert resources.device_files() == expected
    assert resources.boot_py() == firmware / "boot.py"
    assert resources.main_py() == firmware / "main.py"
    assert resources.schedules_dir() == ROOT / "schedules"


_LATE = ("extra == 'ward'", "extra == 'watch'")


def test_host_imports_only_what_it_declares() -> None:
    requirements = importlib.metadata.requires("dosebell") or []
    declared = {
        re.split(r"[^\w.-]", line)[0].lower().replace("_", "-")
        for line in requirements
        # What these extras bring is loaded late, and asked for in a sentence where it is missing.
        if "extra ==" not in line or line.endswith(_LATE)
    }
    distributions = importlib.metadata.packages_distributions()
    undeclared = {
        module
        for module in third_party_imports(ROOT / "host" / "dosebell_host")
        if not declared.intersection(
            name.lower().replace("_", "-") for name in distributions.get(module, [])
        )
    }
    assert undeclared == set()


def third_party_imports(root: Path) -> set[str]:
    names: set[str] = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"dosebell", "dosebell_host"}
