"""The parts of a production installation (SBOM): CycloneDX 1.6 as JSON, from requirements.lock.

    python scripts/sbom.py [FILE]

Name, version, licence where the package says it, and the SHA-256 of every file that may be
installed. Only packages that this machine's Python would install.
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"


def packages(text: str) -> dict[Requirement, list[str]]:
    """{requirement: SHA-256 of its files} of a lock file, for this machine."""
    found = {}
    for entry in re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)):
        if not entry.strip():
            continue
        requirement = Requirement(entry.partition("\\")[0].strip())
        if requirement.marker is None or requirement.marker.evaluate():
            found[requirement] = re.findall(r"--hash=sha256:([0-9a-f]{64})", entry)
    return found


def component(requirement: Requirement, hashes: list[str]) -> Component:
    [exact] = requirement.specifier
    licence = licence_of(requirement.name)
    return Component(
        name=requirement.name,
        version=exact.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{requirement.name}@{exact.version}",
        purl=PackageURL("pypi", name=requirement.name, version=exact.version),
        licenses=[DisjunctiveLicense(name=licence)] if licence else [],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in hashes],
    )


def licence_of(name: str) -> str:
    """What the installed package says of its licence, "" where it says nothing."""
    try:
        facts = metadata(name)
    except PackageNotFoundError:
        return ""
    told = facts.get("License-Expression") or facts.get("License") or ""
    if told and len(told) < 80:
        return told.strip()
    words = [each for each in facts.get_all("Classifier") or [] if each.startswith("License ::")]
    return words[0].rpartition(" :: ")[2] if words else ""


def bom() -> Bom:
    made = Bom(
        components=[component(*each) for each in packages(LOCK.read_text()).items()],
    )
    made.metadata.component = Component(
        name="portal-pokja", type=ComponentType.APPLICATION, bom_ref="portal-pokja"
    )
    made.register_dependency(made.metadata.component, made.components)
    return made


def main(path: str = "sbom.json") -> None:
    parts = bom()
    Path(path).write_text(JsonV1Dot6(parts).output_as_string(indent=1) + "\n")
    print(f"Daftar komponen: {len(parts.components)} paket, {path}")


if __name__ == "__main__":
    main(*sys.argv[1:])
