"""What must stand before Django reads its settings: a pytest plugin, named in pyproject.toml so that it comes first.

Real Postgres and real Valkey start here; the workers of a parallel run inherit their addresses.
"""

from __future__ import annotations

import os

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 40)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlsd_site.settings")
# Playwright's sync API leaves a running loop in the main thread; the ORM is used from there in browser tests. What is
# started as people start it must not inherit this: it would hide a question to Postgres from the loop of the sockets.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# Parallel runs share one Valkey; a prefix of their own keeps their channels and queues apart.
os.environ["REDIS_PREFIX"] = f"test-{os.getpid()}-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"

from mlsd_site.embedded import ensure

ensure(profile="test")
