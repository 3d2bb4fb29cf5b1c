"""Writes a believable knowledge base: generate.py DIR COUNT [SEED]; the same arguments give the same bytes."""
import os
import random
import sys

AREAS = ["OPS", "DATA", "NET", "SEC", "JOB", "API", "PAY", "LOG"]
JA = [
    "更新系の処理は同じ要求が二度届いても結果が変わらないようにする。", "夜間バッチは途中で止まっても、最初から流し直せば整合が取れる。",
    "監視のしきい値は運用チームと合意した値を使い、変更するときは理由を残す。", "デプロイは段階的に行い、問題があればすぐに切り戻せる状態を保つ。",
    "障害時にはまず影響範囲を確認し、暫定対処のあとで根本原因を調べる。", "スキーマ変更は前後の版のどちらでも動くように二段階に分ける。",
]
EN = [
    "Every consumer records the id of the message it handled and skips what it has seen before.",
    "The nightly job writes to a staging table first and swaps it in one transaction.",
    "Operators reconcile the ledger with the provider each morning and correct differences by hand.",
    "A failed call is retried three times with exponential backoff and jitter, then parked in the dead letter queue.",
    "The alert fires after five minutes, links to the runbook and names the owner of the service.",
    "Rolling back takes one command because the previous image and schema stay compatible.",
]


def paragraph(rng, japanese, size):
    sentences, length = [], 0
    while length < size:
        sentence = rng.choice(JA if japanese else EN)
        if rng.random() < 0.12:
            sentence += f" (INV-{rng.choice(AREAS)}-{rng.randrange(1, 40):03d})"
        sentences.append(sentence)
        length += len(sentence.encode())
    return ("" if japanese else " ").join(sentences)


def decision(rng, number, count):
    japanese = rng.random() < 0.5
    date = f"2026-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
    form = rng.randrange(4)
    title = f"判断 {number} を記録する" if japanese else f"Decide on matter {number}"
    body = ""
    for heading in (["背景", "決定", "影響"] if japanese else ["Context", "Decision", "Consequences"]):
        body += f"\n## {heading}\n\n{paragraph(rng, japanese, 420)}\n\n- {rng.choice(JA if japanese else EN)}\n- {rng.choice(JA if japanese else EN)}\n"
        body += f"\n{paragraph(rng, japanese, 250)} See ADR-{rng.randrange(1, max(2, count)):05d}.\n"
    body += "\n| option | cost |\n| --- | --- |\n| a | 1 |\n| b | 2 |\n\n```sh\nmake deploy\n```\n"
    old = f"\nSupersedes ADR-{number - 7:05d}\n" if number % 41 == 0 and number > 7 else ""
    if form == 0:
        return f"# {number}. {title}\n\nDate: {date}\n\n## Status\n\nAccepted\n{old}{body}"
    if form == 1:
        return f"---\nstatus: accepted\ndate: {date}\ndecision-makers: [team-a, team-b]\n---\n\n# {title}\n{body}"
    if form == 2:
        return f"# ADR-{number:05d}: {title}\n\n- ステータス: 承認\n- 日付: {date}\n{body}"
    area = rng.choice(AREAS)
    return (
        f"---\nstatus: accepted\ndate: {date}\nexceptions:\n  - invariant: INV-{area}-{rng.randrange(1, 40):03d}\n"
        f"    paths: [\"services/{number}/**\"]\n    reason: {rng.choice(EN)}\n    retry: never; reconciled by hand\n    until: 2027-03-31\n---\n\n# {title}\n{body}"
    )


def invariants(rng, number):
    japanese = rng.random() < 0.5
    area = AREAS[number % len(AREAS)]
    text = f"# {area} {number}\n"
    for index in range(3):
        text += f"\n## 3.{index} Area {index}\n\n**INV-{area}-{number * 4 + index + 1:03d}: {'前提' if japanese else 'Premise'} {number}.{index}**\n\n"
        text += "".join(f"- {paragraph(rng, japanese, 120)}\n" for _ in range(3))
        text += "\n> Check例（CI/AI）\n" + "".join(f"> - {rng.choice(JA if japanese else EN)}\n" for _ in range(2))
    return text


def note(rng, number):
    japanese = rng.random() < 0.5
    date = f"2026-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
    return (
        f"---\nid: N-{date.replace('-', '')}-{number}\ndate: {date}\nkind: violated\ninvariants: [INV-{rng.choice(AREAS)}-{rng.randrange(1, 40):03d}]\n"
        f"cause: slip\nseverity: S{rng.randrange(1, 5)}\npaths: [\"jobs/**\"]\nauthor: team-{rng.randrange(9)}\n---\n\n# {rng.choice(JA if japanese else EN)}\n\n"
        + "\n\n".join(paragraph(rng, japanese, 500) for _ in range(4)) + "\n"
    )


def generate(folder, count, seed=1):
    rng = random.Random(seed)
    total = 0
    for number in range(1, count + 1):
        kind = number % 20
        if kind == 0:
            path, text = f"Invariants/{number // 5000}/area-{number}.md", invariants(rng, number // 20)
        elif kind in (1, 2):
            path, text = f"RawNotes/{number // 5000}/note-{number}.md", note(rng, number)
        else:
            path, text = f"ADRs/{number // 500}/{number:05d}-matter.md", decision(rng, number, count)
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        data = text.encode()
        total += len(data)
        with open(full, "wb") as file:
            file.write(data)
    return total


if __name__ == "__main__":
    print(generate(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1))
