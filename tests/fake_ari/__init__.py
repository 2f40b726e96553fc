"""A scripted Asterisk: enough of ARI, over real HTTP and WebSocket, to misbehave on demand.

What it says was taken from a real Asterisk 22.10 (docs/developers/switch.md).
"""

from fake_ari.faults import Fault, Faults
from fake_ari.server import FakeAri
from fake_ari.world import FakeBehaviour, FakeCall

__all__ = ["FakeAri", "FakeBehaviour", "FakeCall", "Fault", "Faults"]
