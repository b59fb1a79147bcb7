"""``make bench``: every figure beside a floor taken in the same run.

Run one of them with ``python -m tests.bench ledger``.
"""

import os
import sys
from importlib import import_module

# Loaded before the settings: benchmarks have a database of their own.
os.environ.setdefault("DANBAO_TEST_VAR", os.path.join("var", "bench"))
import_module("tests.environment")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

OF_THE_SHOP = ("ledger", "releases", "reconciliation")
OF_THE_SIMULATOR = ("simulator",)


def main(chosen: list[str]) -> None:
    names = chosen or [*OF_THE_SHOP, *OF_THE_SIMULATOR]
    _on_a_database([name for name in names if name in OF_THE_SHOP])
    for name in names:
        if name not in OF_THE_SHOP:
            import_module(f"tests.bench.{name}").run()


def _on_a_database(names: list[str]) -> None:
    """Run those that need the shop's database, on one of their own."""
    if not names:
        return
    import django
    from django.test.utils import setup_databases, teardown_databases

    django.setup()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        for name in names:
            import_module(f"tests.bench.{name}").run()
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1:])
