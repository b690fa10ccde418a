"""What other contexts may use of the network context."""

from contempo.network.queries.networks import NetworkBrief, network_by_slug, open_networks

__all__ = ["NetworkBrief", "network_by_slug", "open_networks"]
