"""The request that starts a call: into the dialplan, which hands the answered call over.

The dialplan's contexts are in `configuration`; they play the identification message when nobody
takes an attempt that was answered.
"""

from __future__ import annotations

from typing import Any

from kwabo.adapters.switch.asterisk.amd import variables as amd_variables
from kwabo.adapters.switch.asterisk.calls import APPLICATION_VARIABLE
from kwabo.adapters.switch.asterisk.configuration import (
    LEG_CONTEXT,
    LEG_EXTENSION,
    OUTBOUND_CONTEXT,
    OUTBOUND_EXTENSION,
)
from kwabo.ports.switch import CallNumber, Originate


def originate_request(call: Originate, application: str) -> dict[str, Any]:
    """The body of POST /channels. `call` has been checked (`check_call`)."""
    if isinstance(call.to, CallNumber):
        endpoint = f"PJSIP/{call.to.number}@{call.to.trunk_endpoint}"
    else:
        endpoint = f"PJSIP/{call.to.endpoint}"
    attempt = call.purpose == "attempt"
    variables = {APPLICATION_VARIABLE: application, "KWABO_ARGS": call.purpose}
    if call.call_analysis is not None:
        variables |= amd_variables(call.call_analysis)
    for name, value in call.headers.items():
        variables[f"PJSIP_HEADER(add,{name})"] = value
    request: dict[str, Any] = {
        "endpoint": endpoint,
        "channelId": call.channel_id,
        "context": OUTBOUND_CONTEXT if attempt else LEG_CONTEXT,
        "extension": OUTBOUND_EXTENSION if attempt else LEG_EXTENSION,
        "priority": 1,
        "timeout": call.timeout_seconds,
        "variables": variables,
    }
    if call.caller_id:
        name = f'"{call.caller_name}" ' if call.caller_name else ""
        request["callerId"] = f"{name}<{call.caller_id}>"
    elif call.caller_name:
        request["callerId"] = f'"{call.caller_name}" <>'
    return request
