"""What the codes of law, consent and the fraud guard mean: code → (French, English)."""

from __future__ import annotations

from collections.abc import Mapping

LAW_SENTENCES: Mapping[str, tuple[str, str]] = {
    "CAMPAIGN_NOT_LAWFUL": (
        "Les réglages de la campagne sont moins stricts que la loi choisie : corrigez-les.",
        "The campaign's settings are laxer than the law that was chosen: correct them.",
    ),
    "SCREENING_OUT_OF_DATE": (
        "La liste d’opposition officielle que la loi choisie demande manque ou est trop ancienne : "
        "chargez-en une copie entière.",
        "The official opt-out list that the law that was chosen asks for is missing or too old: "
        "upload a whole copy of it.",
    ),
    "CONSENT_MISSING": (
        "Aucun consentement n’est prouvé pour ses numéros : enregistrez-le avec sa preuve.",
        "No consent is proven for its numbers: record it with its proof.",
    ),
    "CONSENT_WITHDRAWN": (
        "Le consentement a été retiré.",
        "Consent was withdrawn.",
    ),
    "CONSENT_EXPIRED": (
        "Le consentement a expiré : demandez-le de nouveau.",
        "Consent has expired: ask for it again.",
    ),
    "PREFIX_DENIED": (
        "Ses numéros commencent par un préfixe interdit (satellite, surtaxé ou refusé par "
        "l’organisation).",
        "Its numbers begin with a denied prefix (satellite, premium, or denied by the "
        "organisation).",
    ),
    "COUNTRY_NOT_ALLOWED": (
        "Le pays de ses numéros n’est pas autorisé : voyez les réglages de conformité.",
        "The country of its numbers is not allowed: see the compliance settings.",
    ),
    "NUMBER_TYPE_NOT_ALLOWED": (
        "Ce type de numéro n’est pas autorisé : voyez les réglages de conformité.",
        "This kind of number is not allowed: see the compliance settings.",
    ),
    "REDIAL_GAP": (
        "Le délai après un appel abandonné, un répondeur ou un refus n’est pas écoulé.",
        "The gap after an abandoned call, a machine or a refusal has not passed.",
    ),
    "LAWFUL_FREQUENCY": (
        "Ce numéro a été appelé autant de fois que la loi choisie le permet.",
        "This number was called as often as the law that was chosen allows.",
    ),
    "OUTSIDE_LAWFUL_HOURS": (
        "Il est hors des heures d’appel que permet la loi choisie, à l’heure du numéro.",
        "It is outside the hours that the law that was chosen allows, in the number's time.",
    ),
    "RATE_CAP": (
        "Le plafond d’appels de l’organisation est atteint pour cette minute, heure ou journée.",
        "The organisation's cap on calls is reached for this minute, hour or day.",
    ),
    "SPEND_CAP": (
        "Le budget d’appels de l’organisation ne suffit plus pour cet appel.",
        "The organisation's budget for calls does not cover this call any more.",
    ),
}
