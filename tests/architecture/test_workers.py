"""Several workers share the suite; what belongs together stays with one of them."""

import os

import pytest


@pytest.mark.xdist_group("together")
@pytest.mark.skipif(
    "PYTEST_XDIST_WORKER" not in os.environ, reason="one process has no groups"
)
def test_groups_are_kept(request):
    """Ignored groups show nowhere else: tests merely start to disturb each other."""
    assert request.node.nodeid.endswith("@together")
