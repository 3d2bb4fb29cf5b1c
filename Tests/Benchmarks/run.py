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


def once(command, folder, stdin=None):
    """Wall seconds, peak memory in MB and processor seconds of one run; a command that fails ends the benchmark."""
    source = open(stdin, "rb") if stdin else subprocess.DEVNULL
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} {command[1] if len(command) > 1 else ''} failed with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def best(runs, *measures):
    """Runs each measure in turn, `runs` times; the best seconds, the largest memory, the least processor time of each."""
    results = [[float("inf"), 0.0, float("inf")] for _ in measures]
    for _ in range(runs):
        for index, measure in enumerate(measures):
            seconds, memory, processor = measure()
            best_seconds, most_memory, least_processor = results[index]
            results[index] = [min(best_seconds, seconds), max(most_memory, memory), min(least_processor, processor)]
    return results


def show(what, value, unit, limit=None):
    verdict = "" if limit is None else ("ok" if value <= limit else "OVER")
    print(f"{what:<58}{value:>9.2f} {unit:<5}{'' if limit is None else f'limit {limit:g}':<12}{verdict}", flush=True)


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
            (cold_time, cold_memory, cold_processor), (mark_time, _, _) = best(runs, cold, mark)
            show("cold index", cold_time * 1000, "ms")
            show("cold index / cmark-gfm --to xml", cold_time / mark_time, "x", 5)
        else:
            print("cmark-gfm is not installed: no ratio to parsing alone")
            ((cold_time, cold_memory, cold_processor),) = best(runs, cold)
            show("cold index", cold_time * 1000, "ms")
        per_document[size] = (cold_time / size, cold_processor / size)
        if size == 10_000:
            show("peak memory of the cold index", cold_memory, "MB", 150)
        none = invar("index", "--quiet")
        (none_time, _, _), (git_time, _, _) = best(runs * 2, none, lambda: once(["git", "status", "--porcelain"], folder))
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

        ((changed_time, _, _),) = best(runs, changed)
        none()
        show("one file changed - nothing changed", (changed_time - none_time) * 1000, "ms", within(30))
        (why, _, _), (entry, _, _), (search, _, _) = best(
            runs, invar("why", "INV-OPS-033"), invar("show", "INV-OPS-033"), invar("search", "冪等 監視"))
        show("why - nothing changed", (why - none_time) * 1000, "ms", within(15))
        show("show - nothing changed", (entry - none_time) * 1000, "ms", within(15))
        show("search, two terms", search * 1000, "ms")
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
        (why, _, _), (entry, _, _), (start, _, _) = best(
            runs * 4, lambda: once([binary, "why", "INV-OPS-002"], folder), lambda: once([binary, "show", "INV-OPS-002"], folder),
            lambda: once(["sqlite3", ":memory:", "select 1"], folder))
        show("why - start of sqlite3", (why - start) * 1000, "ms", 15)
        show("show - start of sqlite3", (entry - start) * 1000, "ms", 15)
    finally:
        shutil.rmtree(os.path.dirname(folder), ignore_errors=True)


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
    for size in sizes:
        measure(binary, size, options.runs if size <= 10_000 else 2, per_document)
    if len(sizes) > 1:
        print()
        for what, index in (("time", 0), ("processor time", 1)):
            ratio = per_document[sizes[-1]][index] / per_document[sizes[-2]][index]
            show(f"{what} per document at {sizes[-1]} / at {sizes[-2]}", ratio, "x", 1.2)


if __name__ == "__main__":
    main()
