"""In which language the words of a document or of an incident are heard."""

from __future__ import annotations

import pytest

from kwabo.domain.flows.actions import AskIncidents, Say
from kwabo.domain.flows.inputs import Incident, IncidentsTold
from kwabo.domain.flows.parts import TextPart
from kwabo.domain.speech.book import PromptBook
from kwabo.domain.speech.rendering import NotSaid, Synthesised, render
from unit.flows.walked import Call, document

FR, EN, FON = "Panne à Parakou", "Outage in Parakou", "Ðò Parakou"
NODE = {"id": "i", "type": "incidents", "ways": {"next": "bye"}}


def book(*engines: str) -> PromptBook:
    return PromptBook(languages=("fr", "en", "fon"), engines=frozenset(engines))


@pytest.mark.parametrize(
    ("engines", "heard"),
    [
        (("fr", "fon"), (FON, "fon")),
        (("fr", "en"), (FR, "fr")),  # French stands in for Fon
        (("en",), (EN, "en")),
    ],
)
def test_words_are_heard_in_a_language_that_an_engine_speaks(
    engines: tuple[str, ...], heard: tuple[str, str]
) -> None:
    part = TextPart(text=FON, instead={"en": EN, "fr": FR})
    text, language = heard
    found = render([part], "fon", book(*engines))
    assert found.pieces == (Synthesised(text=text, language=language),)
    assert found.missing == ()


def test_words_that_no_engine_speaks_are_named() -> None:
    found = render([TextPart(text=FON, instead={"fr": FR})], "fon", book("en"))
    assert (found.pieces, found.missing) == ((), (NotSaid(what="text", language="fon"),))


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        ({"fr": FR}, TextPart(text=FR, language="fr")),
        ({"fr": FR, "fon": FON}, TextPart(text=FON, instead={"fr": FR})),
        ({"en": EN, "fon": " "}, TextPart(text=EN, language="en")),
    ],
)
def test_an_incident_without_words_in_the_callers_language_is_told_in_another(
    texts: dict[str, str], part: TextPart
) -> None:
    call = Call(document(NODE), language="fon")
    incident = Incident(incident_id="i1", texts=texts)
    call.tell(IncidentsTold(question=call.one(AskIncidents).question, incidents=(incident,)))
    assert call.one(Say).parts == (part,)
