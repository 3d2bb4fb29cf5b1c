#!/usr/bin/env python3
"""Holds the formats of `invar check` against their published schemas, which lie beside the checkout.

Usage: validate-formats.py BINARY [FOLDER OF SCHEMAS]. What is missing (the schemas, the jsonschema module) is said, and is no failure.
"""
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
SCHEMAS = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else REPOSITORY.parent / "shared" / "schemas"
RECORDED = REPOSITORY / "Tests" / "InvarTests" / "Fixtures" / "check"


def produced(binary, *options):
    """What the binary prints for the example service; findings (exit code 1) are no failure."""
    command = [binary, "check", "--root", str(REPOSITORY / "Examples"), "--today", "2026-11-23", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def recorded(name):
    """The whole outputs that the tests compare with, in both languages."""
    return {path.name: path.read_text() for path in sorted(RECORDED.glob(f"??-{name}"))}


def check_sarif(name, log):
    """What code scanning demands beyond the schema."""
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        for rule in rules:
            for key in ("shortDescription", "fullDescription"):
                assert 0 < len(rule[key]["text"]) <= 1024, f"{name}: {rule['id']}: {key}"
            assert rule["help"]["text"], f"{name}: {rule['id']}: help"
            assert len(rule["properties"]["tags"]) <= 10, f"{name}: {rule['id']}: tags"
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"], f"{name}: ruleIndex"
            place = result["locations"][0]["physicalLocation"]
            assert not place["artifactLocation"]["uri"].startswith("/"), f"{name}: uri"
            assert result["partialFingerprints"]["primaryLocationLineHash"], f"{name}: fingerprint"
        hashes = [(r["ruleId"], r["partialFingerprints"]["primaryLocationLineHash"]) for r in run["results"]]
        assert len(hashes) == len(set(hashes)), f"{name}: equal fingerprints"


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    texts = {
        "sarif": {**recorded("sarif.json"), **recorded("sarif-github.json"), "sarif": produced(binary, "--format", "sarif"),
                  "sarif github": produced(binary, "--format", "sarif", "--sarif-profile", "github")},
        "rdjson": {**recorded("rdjson.json"), "rdjson": produced(binary, "--format", "rdjson")},
        "gitlab": {**recorded("gitlab.json"), "gitlab": produced(binary, "--format", "gitlab")},
        "junit": {**recorded("junit.xml"), "junit": produced(binary, "--format", "junit")},
    }
    for name, text in texts["junit"].items():
        assert xml.etree.ElementTree.fromstring(text).tag == "testsuites", name
    for name, text in texts["gitlab"].items():
        issues = json.loads(text)
        for issue in issues:
            assert issue["severity"] in ("info", "minor", "major", "critical", "blocker"), name
            assert issue["description"] and issue["check_name"] and issue["location"]["lines"]["begin"] >= 1, name
        assert len({issue["fingerprint"] for issue in issues}) == len(issues), f"{name}: equal fingerprints"
    for name, text in texts["sarif"].items():
        check_sarif(name, json.loads(text))
    try:
        import jsonschema
    except ImportError:
        print("validate-formats: skipped the schemas: python has no module jsonschema")
        return
    for name, file in (("sarif", "sarif-2.1.0.json"), ("rdjson", "rdjson-DiagnosticResult.json")):
        if not (SCHEMAS / file).exists():
            print(f"validate-formats: skipped {name}: {file} does not lie beside this checkout (../shared/schemas)")
            continue
        schema = json.loads((SCHEMAS / file).read_text())
        validator = jsonschema.Draft4Validator(schema)
        for source, text in texts[name].items():
            errors = [f"{source}: {'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(json.loads(text))]
            if errors:
                sys.exit("\n".join(errors[:20]))
    print("validate-formats: done")


if __name__ == "__main__":
    main()
