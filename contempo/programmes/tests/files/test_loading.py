"""A plan loaded into the database is the plan of its file."""

from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from contempo.network.tests.factories import NetworkFactory
from contempo.people.public import Actor, NetworkRole
from contempo.programmes.actions.loading import load_plan
from contempo.programmes.models import Plan
from contempo.programmes.models.tree import tree_of
from contempo.programmes.rules.plan import tree
from contempo.programmes.rules.plan.writing import write_plan
from contempo.programmes.tests.random_plans import plans

SLOW = list(HealthCheck)


class Identity(TestCase):
    """Load, read from the database, load again: the same tree each time."""

    @settings(max_examples=12, suppress_health_check=SLOW, deadline=None)
    @given(plans(), plans())
    def test_the_tree_of_the_rows_is_the_tree_that_was_loaded(self, first: tree.Plan, second: tree.Plan) -> None:
        network = NetworkFactory()
        actor = Actor(network_id=network.id, is_system=True, roles=frozenset({NetworkRole.COORDINATOR}))
        for said in (first, second.model_copy(update={"key": first.key}), first):
            load_plan(actor, tree=said, text=write_plan(said), filename="piano.yaml")
            row = Plan.objects.get(network=network)
            assert tree_of(row) == said
            assert write_plan(tree_of(row)) == write_plan(said)
        assert row.versions.count() == 3
