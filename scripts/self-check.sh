#!/bin/sh
# The repository is its own first user: its knowledge base must be readable whole and lead nowhere blind.
set -eu
binary=$1
"$binary" index --rebuild --format json > .build/self-index.json
python3 - <<'PYTHON'
import json, sys
report = json.load(open(".build/self-index.json"))
bad = [f for f in report["findings"] if f["severity"] != "note"]
for finding in bad:
    print("{path}:{line}: {message} [{rule}]".format(**finding))
if bad or report["links"]["dangling"] or report["entries"]["invariants"] < 5 or report["entries"]["decisions"] < 1:
    print("the project's own knowledge base is not clean:", report["links"], report["entries"])
    sys.exit(1)
PYTHON
"$binary" list exceptions --state active --format json | grep -q '"invariant"' || { echo "the project has no active exception" >&2; exit 1; }
"$binary" check --fail-on warning --quiet || { "$binary" check; echo "the project does not pass its own check" >&2; exit 1; }
echo "self-check: the project's own knowledge base is clean"
