"""Messages about law, consent and the guard against toll fraud."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "ERASURE_REASON": ("Dites pourquoi (3 à 500 caractères) ; c’est gardé.", ""),
    "ERASURE_REASON_NUMBER": (
        "Laissez le numéro de la personne hors du motif : le motif est gardé.",
        "",
    ),
    "ERASURE_CONFIRMATION": (
        "Tapez les {digits} derniers chiffres d’un des numéros de la personne.",
        "",
    ),
    "ERASURE_HELD": ("Un gel juridique garde les données de cette personne : {reason}", ""),
    "PERSON_IN_CALL": (
        "Cette personne est en appel, ou un agent travaille encore sur son appel. Réessayez "
        "ensuite.",
        "",
    ),
    "ERASURE_DNC_LIST": (
        "Pour que les numéros ne soient plus appelés, créez d’abord une liste d’opposition par "
        "numéro pour toute l’organisation.",
        "",
    ),
    "LAW_ABANDON_TARGET": (
        "La loi choisie ({preset_id}) admet un taux d’abandon visé d’au plus {limit} : baissez-le.",
        "",
    ),
    "LAW_ABANDON_WINDOW": (
        "La loi choisie ({preset_id}) compte les abandons sur la période « {limit} » : "
        "choisissez-la.",
        "",
    ),
    "LAW_RING_SECONDS": (
        "La loi choisie ({preset_id}) demande de laisser sonner au moins {limit} secondes : "
        "allongez la sonnerie.",
        "",
    ),
    "LAW_SECTOR": (
        "La loi choisie ({preset_id}) interdit d’appeler pour ce secteur ({limit}) : une telle "
        "campagne ne peut pas tourner.",
        "",
    ),
    "LAW_NO_EXCEPTION": (
        "La loi choisie ({preset_id}) demande un consentement aussi pour un contrat en cours : "
        "décochez l’exception.",
        "",
    ),
    "LAW_CALLER_ID_NEEDED": (
        "La loi choisie ({preset_id}) demande de présenter un numéro que l’on peut rappeler : "
        "choisissez-en un au format {limit}.",
        "",
    ),
    "LAW_CALLER_ID_NOT_OWN": (
        "La loi choisie ({preset_id}) n’admet que les numéros de vos lignes : {limit}.",
        "",
    ),
    "LAW_CALLER_ID_KIND": (
        "La loi choisie ({preset_id}) interdit de présenter un numéro de ce type ({limit}) : "
        "choisissez-en un autre.",
        "",
    ),
    "LAW_CALLER_ID_DENIED": (
        "La loi choisie ({preset_id}) interdit aux systèmes automatisés de présenter un numéro en "
        "{limit} : choisissez-en un autre, ou le mode aperçu.",
        "",
    ),
    "LAW_CALLER_ID_PREFIX": (
        "La loi choisie ({preset_id}) n’admet, pour les systèmes automatisés, que les numéros en "
        "{limit} : choisissez-en un, ou le mode aperçu.",
        "",
    ),
    "PRESET_UNKNOWN": ("Choisissez une loi parmi : {presets}.", ""),
    "PRESET_TOO_STRICT": (
        "Ces campagnes tournent et sont moins strictes que cette loi : {campaigns}. Mettez-les en "
        "pause ou corrigez-les d’abord.",
        "",
    ),
    "SECTOR_UNKNOWN": ("Choisissez un secteur parmi : {sectors} ; ou laissez vide.", ""),
    "COUNTRY_CODE": (
        "Le pays {value} n’existe pas : donnez deux lettres, comme BJ.",
        "",
    ),
    "COUNTRIES_NEEDED": (
        "Autorisez au moins un pays, ou aucun choix pour celui de l’organisation.",
        "",
    ),
    "NUMBER_KIND": ("Le type {value} n’existe pas : choisissez parmi {kinds}.", ""),
    "PREFIX": ("Écrivez le préfixe {value} avec + et des chiffres, comme +882.", ""),
    "TOO_MANY": ("Donnez au plus {most} entrées.", ""),
    "CAP_PERIOD": ("Un plafond vaut pour une minute, une heure ou un jour, pas {value}.", ""),
    "SCREENING_KIND": (
        "La liste d’une autorité va par numéro et a des entrées : laissez colonne et service.",
        "",
    ),
    "SCREENING_NAME": ("Le nom d’une autorité a au plus 100 caractères.", ""),
    "SCREENING_DAYS": (
        "Donnez entre 1 et 3 650 jours, et seulement à la liste d’une autorité.",
        "",
    ),
    "DNC_LIST_SCREENING": (
        "Cette liste est celle d’une autorité : on n’y charge que des copies entières. Choisissez "
        "une autre liste pour vos propres entrées.",
        "This list is an authority's: only whole copies of it are uploaded. Choose another list "
        "for entries of your own.",
    ),
    "DNC_REPLACEMENT_EXPIRY": (
        "Un fichier qui remplace le contenu n’expire pas : la copie suivante y met fin.",
        "A file that replaces the content has no expiry: the next copy ends it.",
    ),
    "RETENTION_CLASS": ("Cette classe de données n’existe pas : {data_class}.", ""),
    "RETENTION_DAYS": (
        "Donnez entre {least} et {most} jours, ou rien pour garder sans limite.",
        "",
    ),
    "RETENTION_LAW": ("{preset} demande de garder ceci {least} jours ({source}).", ""),
    "HOLD_REASON": (
        "Dites pourquoi (3 à 500 caractères) ; c’est conservé.",
        "Say why (3 to 500 characters); it is kept.",
    ),
    "HOLD_ENDED": ("Ce gel a déjà pris fin.", "This hold has ended already."),
    "OPT_OUT_KEY": ("Choisissez une touche : 0 à 9, * ou #.", ""),
    "MESSAGE_MEDIA": (
        "Nommez un son du commutateur comme sound:dossier/nom, en lettres simples.",
        "",
    ),
    "CAP_MOST": ("Un plafond permet entre 1 et 10 000 000 d’appels.", ""),
    "CAP_TWICE": ("Il y a deux plafonds pour {value} : gardez-en un.", ""),
    "PRICE": (
        "Donnez le prix de la minute vers {value} entre 0 et 1 000 000, avec au plus 4 décimales.",
        "",
    ),
    "TARIFF_NEEDED": (
        "Un budget demande un prix pour chaque numéro : donnez au préfixe + le prix de tout le "
        "reste.",
        "",
    ),
    "BUDGET": ("Donnez un budget de 0 ou plus, ou aucun.", ""),
    "RESERVED_MINUTES": ("Réservez entre 1 et 240 minutes avant un appel.", ""),
    "CONSENT_KIND": ("Une ligne donne ou retire le consentement.", ""),
    "CONSENT_PURPOSE": (
        "Nommez la finalité en minuscules, chiffres, - et _ : prospecting.",
        "",
    ),
    "CONSENT_CHANNEL": ("Choisissez un canal : voice, sms, whatsapp, email, ou * pour tous.", ""),
    "CONSENT_FUTURE": (
        "Un consentement ne se donne ni ne se retire dans l’avenir : donnez sa propre date.",
        "",
    ),
    "CONSENT_TIME": ("Dites quand : 2026-11-23, 23/11/2026, ou avec l’heure.", ""),
    "CONSENT_PROOF": (
        "Dites comment le consentement a été donné, et sa preuve : texte, référence ou empreinte "
        "d’un fichier.",
        "",
    ),
    "CONSENT_UNTIL": (
        "Le consentement doit rester valable au-delà du moment où il a été donné.",
        "",
    ),
    "CONSENT_TEXT": ("Raccourcissez ce texte à {most} caractères.", ""),
    "CONSENT_HASH": ("Donnez le SHA-256 du fichier : 64 chiffres hexadécimaux.", ""),
    "CONSENT_VALID_UNTIL_TIME": ("Écrivez la date : 2026-11-23 ou 23/11/2026.", ""),
    "CONSENT_COLUMNS": (
        "La première ligne doit nommer les colonnes ; il manque : {missing}. Elles peuvent "
        "s’appeler numero (telephone) et date (given_at).",
        "",
    ),
    "CONSENT_VOID": ("Cette ligne a déjà été déclarée fausse.", ""),
    "NUMBER_NOT_OF_CONTACT": (
        "Ce n’est pas un numéro de ce contact : choisissez l’un des siens.",
        "",
    ),
    "PREFIX_DENIED": (
        "Ce numéro commence par un préfixe interdit (satellite, surtaxé ou refusé par "
        "l’organisation).",
        "This number begins with a denied prefix (satellite, premium, or denied by the "
        "organisation).",
    ),
    "COUNTRY_NOT_ALLOWED": (
        "L’organisation n’autorise pas les appels vers ce pays.",
        "The organisation does not allow calls to this country.",
    ),
    "NUMBER_TYPE_NOT_ALLOWED": (
        "L’organisation n’autorise pas les appels vers ce type de numéro.",
        "The organisation does not allow calls to this kind of number.",
    ),
    "RATE_CAP": (
        "Le plafond d’appels de l’organisation est atteint : réessayez plus tard.",
        "The organisation's cap on calls is reached: try again later.",
    ),
    "SPEND_CAP": (
        "Le budget d’appels de l’organisation est épuisé.",
        "The organisation's budget for calls is spent.",
    ),
    "CONSENT_MISSING": (
        "Aucun consentement n’est prouvé pour ce numéro.",
        "No consent is proven for this number.",
    ),
    "CONSENT_WITHDRAWN": ("Le consentement a été retiré.", "Consent was withdrawn."),
    "CONSENT_EXPIRED": ("Le consentement a expiré.", "Consent has expired."),
    "REDIAL_GAP": (
        "Le délai après un appel abandonné, un répondeur ou un refus n’est pas écoulé.",
        "The gap after an abandoned call, a machine or a refusal has not passed.",
    ),
    "LAWFUL_FREQUENCY": (
        "Ce numéro a été appelé autant de fois que la loi choisie le permet.",
        "This number was called as often as the law that was chosen allows.",
    ),
    "OUTSIDE_LAWFUL_HOURS": (
        "Il est hors des heures que permet la loi choisie.",
        "It is outside the hours that the law that was chosen allows.",
    ),
    "CAMPAIGN_NOT_LAWFUL": (
        "Les réglages de la campagne sont moins stricts que la loi choisie.",
        "The campaign's settings are laxer than the law that was chosen.",
    ),
}
