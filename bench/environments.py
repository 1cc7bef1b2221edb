"""Environments of the tools: a virtual environment for each, and cfn-guard from an npm package with its binary."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

_GUARD = "@cdklabs/cdk-validator-cfnguard"
"""AWS publishes cfn-guard as source, and in this package as binaries: https://github.com/cdklabs/cdk-validator-cfnguard"""

_SYSTEMS = {"Linux": "ubuntu", "Darwin": "macos"}
_MACHINES = {"arm64": "aarch64"}


def environment(folder: Path, package: str, *, refresh: bool = False) -> Path:
    """Create a virtual environment with a package unless it exists; return its folder of programs."""
    binaries = folder / "bin"
    pip = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if not binaries.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([*pip, package], check=True)
    elif refresh:
        subprocess.run([*pip, "--force-reinstall", "--no-deps", package], check=True)
    return binaries


def version(binaries: Path, package: str) -> str:
    """Return the version of an installed package."""
    program = f"from importlib.metadata import version; print(version({package!r}))"
    done = subprocess.run([binaries / "python", "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def guard(folder: Path) -> str | None:
    """Return the binary of cfn-guard on PATH, else that of the npm package."""
    unpacked = folder / "cfn-guard"
    binary = shutil.which("cfn-guard") or shutil.which(unpacked)
    if binary or not shutil.which("npm") or platform.system() not in _SYSTEMS:
        return binary
    subprocess.run(["npm", "pack", "--silent", _GUARD], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    machine = _MACHINES.get(platform.machine(), platform.machine())
    archive = next(folder.glob("cdklabs-*.tgz"))
    with tarfile.open(archive) as package:
        member = package.extractfile(f"package/bin/{_SYSTEMS[platform.system()]}/{machine}/cfn-guard")
        assert member is not None
        unpacked.write_bytes(member.read())
    unpacked.chmod(0o755)
    archive.unlink()
    return str(unpacked)
