"""Measures invar against the limits of what it does, in one run: run.py --binary PATH [--sizes 1000,10000] [--runs 5].

Ratios pair the two commands A B A B and take the best of each; the file cache is warm. The limits in milliseconds are
those of 10,000 documents; of fewer the start of a process is most of the time of `git status` and of ours.
`--sizes 10000,100000` also tells how the cost of a document grows.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time

from generate import generate


def once(command, folder, stdin=None, accepts=(0,)):
    """Wall seconds and peak memory in MB of one run; a command that fails ends the benchmark."""
    source = open(stdin, "rb") if stdin else subprocess.DEVNULL
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepts:
        sys.exit(f"{command[0]} {command[1] if len(command) > 1 else ''} failed with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def best(runs, *measures):
    """Runs each measure in turn, `runs` times; the best seconds and the largest memory of each."""
    results = [[float("inf"), 0.0] for _ in measures]
    for _ in range(runs):
        for index, measure in enumerate(measures):
            seconds, memory = measure()
            results[index] = [min(results[index][0], seconds), max(results[index][1], memory)]
    return results


def show(what, value, unit, limit=None):
    verdict = "" if limit is None else ("ok" if value <= limit else "OVER")
    print(f"{what:<58}{value:>9.2f} {unit:<5}{'' if limit is None else f'limit {limit:g}':<12}{verdict}", flush=True)


def describe(folder, operations):
    """API descriptions of 50 operations each, every POST with its key."""
    os.makedirs(os.path.join(folder, "api"), exist_ok=True)
    for number in range(operations // 50):
        lines = ["openapi: 3.0.3", f"info: {{ title: API {number}, version: '1' }}", "paths:"]
        for path in range(25):
            lines.append(f"  /things{number}/{path}:")
            for method in ("get", "post"):
                lines += [f"    {method}:", f"      operationId: {method}Thing{number}x{path}", "      summary: Handles a thing", "      parameters:",
                          "        - { name: id, in: query, schema: { type: string } }"]
                if method == "post":
                    lines.append("        - { name: Idempotency-Key, in: header, schema: { type: string }, description: kept for 24 hours }")
                lines.append("      responses: { '200': { description: ok }, '409': { description: busy }, '422': { description: other } }")
        with open(os.path.join(folder, f"api/api{number}.yaml"), "w") as file:
            file.write("\n".join(lines) + "\n")


def check(binary, folder, runs, cold_index, size):
    """A check of everything against the cold index of the same run, and of nothing changed against git."""
    describe(folder, size // 10)
    for command in (["git", "add", "-A"], ["git", "-c", "user.name=b", "-c", "user.email=b@example.com", "commit", "-qm", "api"]):
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    time.sleep(0.2)

    def cold():
        shutil.rmtree(os.path.join(folder, ".invar"), ignore_errors=True)
        return once([binary, "check"], folder, accepts=(0, 1))

    (time_index, _), (time_cold, memory) = best(runs, lambda: once([binary, "index", "--rebuild", "--quiet"], folder), cold)
    show("cold check / cold index", time_cold / time_index, "x", 3)
    show("peak memory of the cold check", memory, "MB")
    once([binary, "check"], folder, accepts=(0, 1))
    (again, _), (git, _) = best(runs * 2, lambda: once([binary, "check"], folder, accepts=(0, 1)), lambda: once(["git", "status", "--porcelain"], folder))
    show("check, nothing changed", again * 1000, "ms")
    show("check, nothing changed / git status --porcelain", again / git, "x", 3)


def measure(binary, size, runs, per_document):
    folder = tempfile.mkdtemp(prefix="invar-bench-")
    try:
        total = generate(folder, size)
        joined = os.path.join(tempfile.gettempdir(), "invar-bench-joined.md")
        with open(joined, "wb") as out:
            for root, _, names in sorted(os.walk(folder)):
                for name in sorted(names):
                    with open(os.path.join(root, name), "rb") as part:
                        out.write(part.read() + b"\n")
        for command in (["git", "init", "-q"], ["git", "add", "-A"], ["git", "-c", "user.name=b", "-c", "user.email=b@example.com", "commit", "-qm", "b"]):
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        time.sleep(0.2)
        print(f"\n{size} documents, {total / 1e6:.1f} MB")
        within = lambda limit: limit if size <= 10_000 else None
        invar = lambda *arguments: (lambda: once([binary, *arguments], folder))
        cold = invar("index", "--rebuild", "--quiet")
        if shutil.which("cmark-gfm"):
            mark = lambda: once(["cmark-gfm", "--unsafe", "-e", "table", "--to", "xml"], folder, joined)
            (cold_time, cold_memory), (mark_time, _) = best(runs, cold, mark)
            show("cold index", cold_time * 1000, "ms")
            show("cold index / cmark-gfm --to xml", cold_time / mark_time, "x", 5)
        else:
            print("cmark-gfm is not installed: no ratio to parsing alone")
            ((cold_time, cold_memory),) = best(runs, cold)
            show("cold index", cold_time * 1000, "ms")
        per_document[size] = cold_time / size
        if size == 10_000:
            show("peak memory of the cold index", cold_memory, "MB", 150)
        none = invar("index", "--quiet")
        (none_time, _), (git_time, _) = best(runs * 2, none, lambda: once(["git", "status", "--porcelain"], folder))
        show("nothing changed", none_time * 1000, "ms")
        show("nothing changed / git status --porcelain", none_time / git_time, "x", 1.5 if size >= 10_000 else None)
        some = os.path.join(folder, "ADRs/0/00003-matter.md")
        counter = [0]

        def changed():
            counter[0] += 1
            with open(some, "a") as file:
                file.write(f"\nAnother line {counter[0]}.\n")
            time.sleep(0.06)
            return once([binary, "index", "--quiet"], folder)

        ((changed_time, _),) = best(runs, changed)
        none()
        show("one file changed - nothing changed", (changed_time - none_time) * 1000, "ms", within(30))
        (why, _), (entry, _), (search, _) = best(
            runs, invar("why", "INV-OPS-033"), invar("show", "INV-OPS-033"), invar("search", "冪等 監視"))
        show("why - nothing changed", (why - none_time) * 1000, "ms", within(15))
        show("show - nothing changed", (entry - none_time) * 1000, "ms", within(15))
        show("search, two terms", search * 1000, "ms")
        check(binary, folder, runs, cold_time, size)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def small(binary, runs):
    here = os.path.dirname(os.path.abspath(__file__))
    folder = tempfile.mkdtemp(prefix="invar-bench-")
    try:
        shutil.copytree(os.path.join(here, "../../Examples"), os.path.join(folder, "e"))
        folder = os.path.join(folder, "e")
        once([binary, "index", "--quiet"], folder)
        time.sleep(0.1)
        once([binary, "index", "--quiet"], folder)
        print("\nthe example service")
        if not shutil.which("sqlite3"):
            print("sqlite3 is not installed")
            return
        (why, _), (entry, _), (start, _) = best(
            runs * 4, lambda: once([binary, "why", "INV-OPS-002"], folder), lambda: once([binary, "show", "INV-OPS-002"], folder),
            lambda: once(["sqlite3", ":memory:", "select 1"], folder))
        show("why - start of sqlite3", (why - start) * 1000, "ms", 15)
        show("show - start of sqlite3", (entry - start) * 1000, "ms", 15)
    finally:
        shutil.rmtree(os.path.dirname(folder), ignore_errors=True)


def decisions(binary, runs, count=500):
    """Lists, tables and graphs of many decisions, against adr-tools on the same folder when it is installed."""
    folder = tempfile.mkdtemp(prefix="invar-bench-")
    try:
        os.makedirs(os.path.join(folder, "doc/adr"))
        with open(os.path.join(folder, ".adr-dir"), "w") as file:
            file.write("doc/adr\n")
        for number in range(1, count + 1):
            name = f"{number:04}-decide-on-thing-{number}.md"
            status = "Accepted"
            if number % 10 == 0 and number < count:
                status = f"Superceded by [{number + 1}. Decide on thing {number + 1}]({number + 1:04}-decide-on-thing-{number + 1}.md)"
            if number % 10 == 1 and number > 1:
                status += f"\n\nSupercedes [{number - 1}. Decide on thing {number - 1}]({number - 1:04}-decide-on-thing-{number - 1}.md)"
            text = "What forces us to decide, what we saw, and what others did before us.\n" * 12
            with open(os.path.join(folder, "doc/adr", name), "w") as file:
                file.write(f"# {number}. Decide on thing {number}\n\nDate: 2026-01-{number % 28 + 1:02}\n\n## Status\n\n{status}\n\n"
                           f"## Context\n\n{text}\n## Decision\n\n{text}\n## Consequences\n\n{text}")
        print(f"\n{count} decisions")

        def cold():
            shutil.rmtree(os.path.join(folder, ".invar"), ignore_errors=True)
            return once([binary, "adr", "list"], folder)

        (first, _), = best(runs, cold)
        show("adr list, no index yet", first * 1000, "ms")
        time.sleep(0.2)
        once([binary, "adr", "list"], folder)
        theirs = shutil.which("adr")
        if theirs and b"invar" in open(theirs, "rb").read(4096):
            theirs = None
        for ours, other in ((["list"], ["list"]), (["toc"], ["generate", "toc"]), (["graph"], ["generate", "graph"])):
            (seconds, _), = best(runs * 2, lambda: once([binary, "adr"] + ours, folder))
            show(f"adr {ours[0]}", seconds * 1000, "ms", 50)
            (drop_in, _), = best(runs * 2, lambda: once([binary, "adr", "--compat"] + other, folder))
            show(f"adr --compat {' '.join(other)}", drop_in * 1000, "ms", 50)
            if theirs:
                # They take seconds: once is enough.
                (slow, _), = best(1, lambda: once([theirs] + other, folder))
                # Theirs lists file names; ours reads what the files say.
                show(f"adr {ours[0]} / adr-tools {' '.join(other)}", seconds / slow, "x", None if ours == ["list"] else 1)
                show(f"adr --compat {' '.join(other)} / adr-tools", drop_in / slow, "x", 1)
        if not theirs:
            print("adr-tools is not installed")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    binary = os.path.abspath(options.binary)
    sizes = [int(size) for size in options.sizes.split(",")]
    per_document = {}
    small(binary, options.runs)
    decisions(binary, options.runs)
    for size in sizes:
        measure(binary, size, options.runs if size <= 10_000 else 2, per_document)
    if len(sizes) > 1:
        print()
        show(f"cost per document at {sizes[-1]} / at {sizes[-2]}", per_document[sizes[-1]] / per_document[sizes[-2]], "x", 1.2)


if __name__ == "__main__":
    main()
