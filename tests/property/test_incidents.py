"""Whom incidents concern: told to everybody they concern, and to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.incidents.incident import OVER, Incident, notice_text, objections
from kwabo.domain.incidents.matching import Columns, Known, concerning, normal, place_of

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
COMMUNES = ("Abomey-Calavi", "Cotonou", "Parakou", "Sèmè-Podji")
CELLS = ("CTN-0012", "CTN-0013", "PKO-0001")
SERVICES = ("internet", "voix")

services = st.sampled_from(("", *SERVICES))
incidents = st.builds(
    Incident,
    incident_id=st.uuids(),
    name=st.just("Panne"),
    service=services,
    communes=st.lists(st.sampled_from(COMMUNES), unique=True, max_size=2).map(tuple),
    cells=st.lists(st.sampled_from(CELLS), unique=True, max_size=2).map(tuple),
    texts=st.just({"fr": "Panne."}),
    starts_at=st.integers(-3, 3).map(lambda hours: NOW + timedelta(hours=hours)),
    state=st.sampled_from(("declared", OVER)),
    created_at=st.just(NOW),
    updated_at=st.just(NOW),
)
written = st.sampled_from(
    [form for name in (*COMMUNES, *CELLS) for form in (name, name.upper(), name.replace("-", " "))]
)
callers = st.builds(
    Known,
    service=services,
    place=st.one_of(st.just(""), written),
    contact=st.fixed_dictionaries(
        {}, optional={"Commune": written, "cellule": written, "cell": st.just(""), "note": written}
    ),
)


def told_by_hand(one: Incident, caller: Known) -> bool:
    """The same question asked in another way."""
    if one.state == OVER or one.starts_at > NOW:
        return False
    if one.service and caller.service and one.service != caller.service:
        return False
    if not one.communes + one.cells:
        return True
    if caller.place:
        at = {("commune", normal(caller.place)), ("cell", normal(caller.place))}
    else:
        at = {
            ("commune", normal(caller.contact.get("Commune", ""))),
            ("cell", normal(caller.contact.get("cellule", ""))),
        }
    places = {("commune", normal(c)) for c in one.communes} | {
        ("cell", normal(c)) for c in one.cells
    }
    return bool(at & places)


@given(st.lists(incidents, max_size=8, unique_by=lambda one: one.incident_id), callers)
def test_everybody_concerned_hears_it_and_nobody_else(
    declared: list[Incident], caller: Known
) -> None:
    found = concerning(declared, place_of(caller, Columns()), NOW)
    wanted = {one.incident_id for one in declared if told_by_hand(one, caller)}
    assert {one.incident_id for one in found} == wanted
    assert len(found) == len(wanted)


@given(st.lists(incidents, max_size=8, unique_by=lambda one: one.incident_id), callers)
def test_the_order_does_not_hang_on_the_order_of_rows(
    declared: list[Incident], caller: Known
) -> None:
    place = place_of(caller, Columns())
    assert concerning(declared, place, NOW) == concerning(reversed(declared), place, NOW)


@given(st.text(max_size=30))
def test_the_normal_form_is_its_own(name: str) -> None:
    assert normal(normal(name)) == normal(name)
    assert normal(name) == normal(f" {name}-")


def incident(**values: object) -> Incident:
    fields: dict[str, object] = {
        "incident_id": UUID(int=1), "name": "Panne à Cotonou", "texts": {"fr": "Panne."},
        "starts_at": NOW, "created_at": NOW, "updated_at": NOW,
    }  # fmt: skip
    return Incident(**{**fields, **values})  # type: ignore[arg-type]


def test_the_nearest_come_first() -> None:
    everywhere = incident(incident_id=UUID(int=1), starts_at=NOW)
    commune = incident(incident_id=UUID(int=2), communes=("Cotonou",))
    cell = incident(incident_id=UUID(int=3), cells=("CTN-0012",))
    older = incident(incident_id=UUID(int=4), starts_at=NOW - timedelta(hours=1))
    place = place_of(Known(contact={"commune": "COTONOU", "last_cell": "ctn 0012"}), Columns())
    found = concerning([older, everywhere, commune, cell], place, NOW)
    assert [one.incident_id.int for one in found] == [3, 2, 1, 4]


def test_the_place_said_stands_above_the_known_one() -> None:
    parakou = incident(communes=("Parakou",))
    known = Known(place="parakou", contact={"commune": "Cotonou"})
    assert concerning([parakou], place_of(known, Columns()), NOW) == (parakou,)
    cotonou = incident(communes=("Cotonou",))
    assert concerning([cotonou], place_of(known, Columns()), NOW) == ()


def test_the_notice_is_in_the_language_asked_for_if_there_are_words() -> None:
    assert notice_text(incident(), "en") == (
        "en", "Good news: the incident “Panne à Cotonou” is over. Thank you for your patience.",
    )  # fmt: skip
    assert notice_text(incident(), "fon")[0] == "fr"
    own = incident(over_texts={"fon": "É fó", "yo": "Ó tán"})
    assert notice_text(own, "fon") == ("fon", "É fó")
    assert notice_text(own, "dendi") == ("fon", "É fó")


def test_what_is_wrong_is_told_field_by_field() -> None:
    wrong = incident(
        texts={"fr": " "}, communes=("",), cells=("x" * 101,), expected_end=NOW, prompt="panne"
    )
    assert {(one.field, one.code) for one in objections(wrong)} == {
        ("communes.0", "INCIDENT_TEXT"), ("cells.0", "INCIDENT_TEXT"),
        ("texts", "INCIDENT_MESSAGE"), ("texts.fr", "INCIDENT_TEXT"),
        ("expected_end", "INCIDENT_END"),
    }  # fmt: skip
    assert objections(incident(expected_end=NOW + timedelta(hours=2))) == []
