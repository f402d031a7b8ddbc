"""How long the search box takes, and whether it finds what is there (P11–P14, P20).

    python bench/search.py [--full] [--docs 10000 100000] [--db sqlite|pg] [--server postgres://…] [--texts reviews.zip]

Fills a fresh database of its own with short texts, up to each number of documents in turn, and asks the same questions
each time. PostgreSQL is measured where SISHENG_BENCH_POSTGRES (or --server) names a server on which databases may be
made. With --texts (or SISHENG_BENCH_TEXTS) the bodies are the reviews in that zip of “cat,label,review”.

What is measured is `find`, all of it but the page around it, in one process, with warm caches; “cpu” is what this
process itself computes for a question, which busy neighbours disturb less. Milliseconds.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from _texts import SEASON, SPEECH, SUBJECTS, Texts

Times = list[tuple[float, float]]

MALL = 7
QUESTIONS = {
    "rare word": ["羽绒服", "骑缝章", "鎏金", "绒服"],
    "common word": SUBJECTS,
    "two common words": ["退款 停车", "今天 昨天", "服务台 经理", "电梯 轮椅"],
    "absent word": ["龘靐", "齉爨", "款停车", "没有这个词"],
    "common once, not lately": [SEASON],
    "latin": ["umb", "umbrella", "refund", "zq7x", "wifi", "r"],
    "one character": ["退", "店", "的", "鎏", "龘"],
    "number": ["7", "0007", "TS8", "ts 0123", "TS-260101-0007", "TS-2601"],
    "name by its sound": ["xyxb", "zj", "zhaolu", "cjcp", "hangyuan"],
}
P12, P13, P20 = 40, 2, 100  # ms at 100k, growth since 10k, ms at 1M
FIRST_PAGE = 20
ROUNDS = 8
AT_ONCE = 20_000  # documents in one transaction


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="a million documents too")
    parser.add_argument("--docs", type=int, nargs="+")
    parser.add_argument("--db", choices=["sqlite", "pg"])
    parser.add_argument("--server", default=os.environ.get("SISHENG_BENCH_POSTGRES", ""))
    parser.add_argument("--texts", default=os.environ.get("SISHENG_BENCH_TEXTS", ""))
    options = parser.parse_args()
    options.docs = options.docs or [10_000, 100_000, *([1_000_000] if options.full else [])]
    if options.db is None:
        if not options.server:
            print("PostgreSQL: not run, SISHENG_BENCH_POSTGRES names no server.")
        both = ["sqlite", "pg"] if options.server else ["sqlite"]
        return max(subprocess.call([sys.executable, __file__, *sys.argv[1:], "--db", db]) for db in both)  # noqa: S603
    if options.texts and not Path(options.texts).is_file():
        sys.exit(f"There is no {options.texts}: leave --texts away for home-made texts.")
    with a_database(options) as address, tempfile.TemporaryDirectory() as home:
        os.environ |= {"SISHENG_DATABASE_URL": address, "SISHENG_HOME": home, "SISHENG_PLAIN_STATIC": "1"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "sisheng.config.settings"
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        try:
            return measure(options)
        finally:
            connection.close()


@contextmanager
def a_database(options: argparse.Namespace) -> Iterator[str]:
    """The address of an empty database that goes away afterwards."""
    if options.db == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/search.sqlite3"
        return
    import psycopg

    if not options.server:
        sys.exit("PostgreSQL: not run, --server names none.")
    server, name = options.server.rpartition("/")[0], f"bench_search_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def measure(options: argparse.Namespace) -> int:
    from sisheng.ground.search.finding import find

    texts = Texts(options.texts, total=max(options.docs), mall_id=MALL)
    before: dict[str, Times] = {}
    missed = 0
    for size in options.docs:
        rate = fill(texts, size)
        print(f"\n{options.db}, {size:,} documents, {rate:,.0f} indexed a second, {megabytes():,.0f} MB in all, "
              f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")  # fmt: skip
        figures = {name: {question: timed(question) for question in asked} for name, asked in QUESTIONS.items()}
        for name, by_question in figures.items():
            tell(name, [time for times in by_question.values() for time in times])
        full = {question: by_question[question] for by_question in figures.values() for question in by_question
                if len(find(MALL, question)) == FIRST_PAGE}  # fmt: skip
        missed += gates(size, figures, growths(before, full)) + texts.misses()
        before = full
    one_by_one()
    return 1 if missed else 0


def fill(texts: Texts, size: int) -> float:
    from sisheng.ground.search.actions import index_many

    began, already = time.perf_counter(), texts.made
    while texts.made < size:
        index_many(texts.next(min(AT_ONCE, size - texts.made)))
    return (size - already) / (time.perf_counter() - began)


def timed(question: str) -> Times:
    """The milliseconds of each call, on the clock and of this process; the first only warms the caches."""
    from sisheng.ground.search.finding import find

    return [took(partial(find, MALL, question)) for _turn in range(ROUNDS + 1)][1:]


def took(call: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def growths(before: dict[str, Times], now: dict[str, Times]) -> list[float]:
    """By how much the p50 of each question has grown that filled its first page then and fills it now."""
    return [middle(now[question]) / middle(before[question]) for question in now if question in before]


def middle(times: Times) -> float:
    return statistics.median(wall for wall, _cpu in times)


def tell(name: str, times: Times) -> None:
    walls, cpus = ([time[which] for time in times] for which in (0, 1))
    print(
        f"  {name:26}p50 {statistics.median(walls):7.2f}   p95 {at(walls, 0.95):7.2f}   max {max(walls):7.1f}"
        f"   cpu p50 {statistics.median(cpus):6.2f}  p95 {at(cpus, 0.95):6.2f}",
        flush=True,
    )


def gates(size: int, figures: dict[str, dict[str, Times]], growth: list[float]) -> int:
    everything = [time for by_question in figures.values() for times in by_question.values() for time in times]
    tell("all questions", everything)
    middles = {question: middle(times) for by_question in figures.values() for question, times in by_question.items()}
    slowest = max(middles, key=lambda question: middles[question])
    missed = 0
    if size == 100_000:
        missed += gate(f"P12, p50 of the slowest question, {slowest}", middles[slowest], P12, "ms")
    if growth:
        middling = statistics.median(growth)
        print(f"  growth of {len(growth)} full first pages: middle {middling:.1f} times, most {max(growth):.1f} times")
    if growth and size == 100_000:
        missed += gate("P13, the middle growth", middling, P13, "times")
    if size >= 1_000_000:
        missed += gate("P20, p95 of all questions", at([wall for wall, _cpu in everything], 0.95), P20, "ms")
    return missed


def gate(what: str, found: float, limit: float, unit: str) -> int:
    print(f"  {what}: {found:.1f} {unit}, gate {limit}: {'met' if found <= limit else 'MISSED'}")
    return int(found > limit)


def one_by_one() -> None:
    """What a record pays for being findable at once (P14): one document within one transaction."""
    from django.db import transaction

    from sisheng.ground.search.actions import index
    from sisheng.ground.search.finding import find

    chance, times = random.Random(2), []  # noqa: S311
    for number in range(1, 501):
        body, code = "".join(chance.choices(SPEECH + SUBJECTS, k=20)), f"TS-991231-{number:04}"
        with transaction.atomic():
            times.append(
                took(lambda n=number, b=body, c=code: index(MALL, "case", f"n{n}", title="退款", body=b, codes=[c]))
            )
            if [hit.ref for hit in find(MALL, code)] != [f"n{number}"]:
                sys.exit(f"P14: {code} was not found in its own transaction.")
    tell("indexing one", times)


def megabytes() -> float:
    from django.db import connection

    size = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    with connection.cursor() as cursor:
        cursor.execute(size[connection.vendor])
        return cursor.fetchone()[0] / 1e6


def at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    sys.exit(main())
