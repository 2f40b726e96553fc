"""Languages: which an organisation uses, how values are said in them, and text-to-speech."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import SignedIn, TheServices, requires
from kwabo.api.downloads import WAV_FILE
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.api.multipart import UploadForm, upload_schema
from kwabo.api.prompt_models import PromptVariantAnswer, variant_answer
from kwabo.api.prompts import TAKE_FIELDS, take_of
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.speech.spoken import ValueKind
from kwabo.kernel.errors import NotFound

router = APIRouter(tags=["languages"])

Reader = Annotated[Asker, requires("prompts.read", "campaigns.read")]
Writer = Annotated[Asker, requires("prompts.write")]
Approver = Annotated[Asker, requires("prompts.approve")]
Chooser = Annotated[Asker, requires("settings.write")]
_FRAGMENT = upload_schema(key={"type": "string"}, **TAKE_FIELDS)
Numbers = Literal["own", "fallback"]


class LanguageAnswer(Answer):
    """A language that the product knows, and what was chosen for it."""

    language: str
    name: str
    name_fr: str
    name_en: str
    fallbacks: list[str]
    used: bool
    numbers: Numbers = Field(description="Its own, or those of the language that stands in.")
    validated: bool = Field(description="Its numbers are exact by tests.")
    approved_by: UUID | None = Field(description="Who speaks it and has approved its numbers.")
    approved_at: UtcTime | None
    reaches_fr: str
    reaches_en: str
    sources: list[str]
    fragments: int
    speech: bool = Field(description="A text-to-speech engine on this machine has it.")


class LanguagesAnswer(Answer):
    """All known languages, those that are used first and in their order."""

    items: list[LanguageAnswer]
    second_person: bool = Field(description="Nobody approves a variant that is their own.")


class ChosenLanguage(RequestBody):
    """A language that is used."""

    language: str
    numbers: Numbers = "fallback"


class LanguageChoice(RequestBody):
    """The languages that are used, in the order in which callers are offered them."""

    languages: list[ChosenLanguage]
    second_person: bool = False


class NumbersApproval(RequestBody):
    """A speaker's word on the numbers of a language."""

    language: str
    approved: bool


class FragmentAnswer(Answer):
    """A piece of numbers and dates in a language."""

    key: str
    text: str = Field(description="To be read aloud.")
    kinds: list[str]
    variants: list[PromptVariantAnswer]


class SpokenValue(Answer):
    """How a value is said."""

    language: str = Field(description="In which it is said: its own, or one that stands in.")
    words: str
    keys: list[str]


class SpeechEngineAnswer(Answer):
    """A text-to-speech engine."""

    name: str
    status: str
    languages: list[str]
    message: str


@router.get("/languages")
async def list_languages(asker: SignedIn, services: TheServices) -> LanguagesAnswer:
    """Every language, those that are used first."""
    return await _languages(asker, services)


@router.put("/languages")
async def choose_languages(
    body: LanguageChoice, asker: Chooser, services: TheServices
) -> LanguagesAnswer:
    """Choose the languages and whether a second person approves."""
    chosen = [(one.language, one.numbers) for one in body.languages]
    await services.languages.choose(asker, chosen, second_person=body.second_person)
    return await _languages(asker, services)


@router.post("/language-approvals")
async def approve_numbers(
    body: NumbersApproval, asker: Approver, services: TheServices
) -> LanguagesAnswer:
    """Approve the numbers of a language as one who speaks it, or take that back."""
    await services.languages.approve_numbers(asker, body.language, approved=body.approved)
    return await _languages(asker, services)


@router.get("/prompt-fragments")
async def list_prompt_fragments(
    language: str, asker: Reader, services: TheServices
) -> ListAnswer[FragmentAnswer]:
    """The pieces of which values are put together in a language, with their recordings."""
    items = [
        FragmentAnswer(
            key=one.key,
            text=one.text,
            kinds=list(one.kinds),
            variants=[variant_answer(variant) for variant in one.variants],
        )
        for one in await services.prompt_variants.fragments(asker, language)
    ]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/prompt-fragments", status_code=201, openapi_extra=_FRAGMENT)
async def record_prompt_fragment(
    request: Request, asker: Writer, services: TheServices
) -> PromptVariantAnswer:
    """Upload a fragment's recording: the next version, as a draft."""
    form = UploadForm(request)
    await form.open()
    variant = await services.prompt_variants.record_fragment(
        asker, form.fields.get("key", ""), take_of(form), form.chunks()
    )
    return variant_answer(variant)


@router.get("/spoken-values")
async def say_value(
    language: str, kind: ValueKind, value: str, asker: Reader, services: TheServices
) -> SpokenValue:
    """How a value is said, with the language's own numbers as far as they reach."""
    spoken = services.languages.say(language, kind, value)
    if spoken is None:
        raise NotFound("NOT_FOUND", "No language of the chain can say this value.")
    return SpokenValue.model_validate(spoken)


@router.get("/speech-engines")
async def list_speech_engines(
    asker: Reader, services: TheServices
) -> ListAnswer[SpeechEngineAnswer]:
    """The text-to-speech engines in the order in which they are asked."""
    items = [SpeechEngineAnswer.model_validate(one) for one in services.speech.engines()]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get("/speech-sample", response_class=Response, responses=WAV_FILE)
async def say_sample(
    text: str,
    language: str,
    asker: Writer,
    services: TheServices,
    voice: str = "",
    speed: Annotated[float, Query(ge=0.5, le=2.0)] = 1.0,
) -> Response:
    """What a text sounds like (WAV, 8 kHz)."""
    audio = await services.speech.sample(text, language, voice=voice, speed=speed)
    return Response(audio, media_type="audio/wav", headers={"Cache-Control": "no-store"})


async def _languages(asker: Asker, services: TheServices) -> LanguagesAnswer:
    views, second_person = await services.languages.all(asker)
    items = [
        LanguageAnswer(
            language=view.language.code,
            name=view.language.name,
            name_fr=view.language.name_fr,
            name_en=view.language.name_en,
            fallbacks=list(view.language.fallbacks),
            used=view.used,
            numbers="own" if view.numbers == "own" else "fallback",
            validated=view.validated,
            approved_by=view.approved_by,
            approved_at=view.approved_at,
            reaches_fr=view.reaches[0],
            reaches_en=view.reaches[1],
            sources=list(view.sources),
            fragments=view.fragments,
            speech=view.speech,
        )
        for view in views
    ]
    return LanguagesAnswer(items=items, second_person=second_person)
