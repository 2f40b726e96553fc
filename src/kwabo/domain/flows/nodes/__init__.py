"""Every kind of node. A new kind is a module and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kwabo.domain.flows.nodes.ask import Ask
from kwabo.domain.flows.nodes.callback import Callback
from kwabo.domain.flows.nodes.decide import Decide
from kwabo.domain.flows.nodes.do_not_call import DoNotCall
from kwabo.domain.flows.nodes.hang_up import HangUpNode
from kwabo.domain.flows.nodes.hours import Hours
from kwabo.domain.flows.nodes.incidents import Incidents
from kwabo.domain.flows.nodes.language import Language
from kwabo.domain.flows.nodes.lookup import Lookup
from kwabo.domain.flows.nodes.menu import Menu
from kwabo.domain.flows.nodes.message import Message
from kwabo.domain.flows.nodes.node_type import NodeType
from kwabo.domain.flows.nodes.note import Note
from kwabo.domain.flows.nodes.play import Play
from kwabo.domain.flows.nodes.queue import Queue
from kwabo.domain.flows.nodes.record import RecordNode
from kwabo.domain.flows.nodes.record_prompts import RecordPrompts
from kwabo.domain.flows.nodes.return_ import Return
from kwabo.domain.flows.nodes.run_flow import RunFlow
from kwabo.domain.flows.nodes.say import SayNode
from kwabo.domain.flows.nodes.segment import Segment
from kwabo.domain.flows.nodes.set import Set
from kwabo.domain.flows.nodes.survey import Survey
from kwabo.domain.flows.nodes.transfer import TransferNode
from kwabo.domain.flows.nodes.voicemail import Voicemail

NODE_TYPES: Final[Mapping[str, NodeType]] = {
    kind.name: kind
    for kind in (
        SayNode(),
        Play(),
        Menu(),
        Ask(),
        RecordNode(),
        Set(),
        Decide(),
        Hours(),
        Language(),
        Lookup(),
        Segment(),
        Incidents(),
        DoNotCall(),
        Queue(),
        TransferNode(),
        Callback(),
        Voicemail(),
        RecordPrompts(),
        Message(),
        Survey(),
        Note(),
        RunFlow(),
        Return(),
        HangUpNode(),
    )
}
