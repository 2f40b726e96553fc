"""Messages about campaigns, what they need, and the agent's desktop."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "NAME_TAKEN": (
        "Ce nom est déjà pris. Choisissez-en un autre.",
        "This name is taken. Choose another.",
    ),
    "NAME_LENGTH": (
        "Donnez un nom de 1 à 200 caractères.",
        "Give a name of 1 to 200 characters.",
    ),
    "INBOUND_NUMBER_TAKEN": (
        "Ce numéro existe déjà. Modifiez-le, ou donnez un autre numéro.",
        "This number is there already. Change that one, or give another number.",
    ),
    "FLOW_UNKNOWN": (
        "Ce parcours n’existe pas. Choisissez-en un autre.",
        "There is no such flow. Choose another.",
    ),
    "FLOW_UNPUBLISHED": (
        "Ce parcours n’est qu’un brouillon : publiez-le d’abord, ou désactivez le numéro.",
        "This flow is a draft only: publish it first, or switch the number off.",
    ),
    "CAMPAIGN_NOT_INBOUND": (
        "Choisissez une campagne dont le mode est « entrant » : sa liste garde les appelants, ses "
        "codes et son script sont ceux des agents.",
        "Choose a campaign whose mode is inbound: its list keeps the callers, its codes and "
        "script are the agents'.",
    ),
    "MODE": (
        "Choisissez le mode aperçu, progressif, power, prédictif, sans agent ou entrant.",
        "Choose the mode preview, progressive, power, predictive, agentless or inbound.",
    ),
    "AGENTLESS_FLOW": (
        "Choisissez le parcours qui parle à ceux qui décrochent.",
        "Choose the flow that speaks with whoever answers.",
    ),
    "AGENTLESS_LINES": (
        "Donnez le nombre de lignes sur lesquelles la campagne appelle à la fois : c’est son "
        "rythme.",
        "Give the number of lines on which the campaign calls at once: it is its pace.",
    ),
    "CAMPAIGN_FLOW_UNPUBLISHED": (
        "Le parcours {name} n’est qu’un brouillon. Publiez-le, puis démarrez la campagne.",
        "The flow {name} is a draft only. Publish it, then start the campaign.",
    ),
    "FLOW_NOTES_MANY": (
        "Nommez au plus {most} notes.",
        "Name at most {most} notes.",
    ),
    "FLOW_NOTE_UNKNOWN": (
        "Les parcours de la campagne ne notent rien sous le nom « {name} ». Ils notent : {names}.",
        "The campaign's flows note nothing by the name '{name}'. They note: {names}.",
    ),
    "FLOW_NOTE_TWICE": (
        "« {name} » est nommé deux fois. Mettez tout dans une seule entrée.",
        "'{name}' is named twice. Put everything about it into one entry.",
    ),
    "FLOW_NOTE_COLUMN_UNKNOWN": (
        "La liste de la campagne n’a pas de colonne « {column} ».",
        "The campaign's list has no column '{column}'.",
    ),
    "FLOW_NOTE_COLUMN_FIXED": (
        "« {column} » ne peut pas être écrite par un parcours : numéros, clés, langues et fuseaux "
        "restent tels qu’importés. Choisissez une autre colonne.",
        "'{column}' cannot be written from a flow: telephone numbers, keys, languages and time "
        "zones stay as they were imported. Choose another column.",
    ),
    "FLOW_NOTE_COLUMN_KIND": (
        "« {name} » est noté comme {types} ; la colonne « {column} » contient des valeurs de type "
        "{kind}. Choisissez une colonne de texte, ou une autre qui convient.",
        "'{name}' is noted as {types}; the column '{column}' holds values of the kind {kind}. "
        "Choose a column of text, or another one that fits.",
    ),
    "FLOW_NOTE_COLUMN_TWICE": (
        "Une autre note s’écrit déjà dans la colonne « {column} ».",
        "Another note is written to the column '{column}' already.",
    ),
    "FLOW_NOTE_VALUES_MANY": (
        "Nommez au plus {most} valeurs avec un rappel.",
        "Name at most {most} values with a recall.",
    ),
    "FLOW_NOTES_OF_CAMPAIGN": (
        "La campagne {campaign} utilise ce que ses parcours notent ({why}). Modifiez d’abord la "
        "campagne.",
        "The campaign {campaign} uses what its flows note: {why} Change the campaign first.",
    ),
    "ABANDON_WINDOW": (
        "Choisissez la période « day » (24 heures) ou « 30_days » (30 jours).",
        "Choose the window day (24 hours) or 30_days.",
    ),
    "UNKNOWN": (
        "Cet élément n’existe pas, ou plus. Choisissez-en un dans la liste.",
        "There is no such thing, or no longer. Choose an existing one.",
    ),
    "RANGE": (
        "Donnez une valeur entre {least} et {most}.",
        "Give a value between {least} and {most}.",
    ),
    "LINES_NOT_THERE": (
        "Ce raccordement a {lines} lignes, dont {elsewhere} réservées à d’autres campagnes : "
        "réservez-en {left} au plus.",
        "This trunk has {lines} lines, of which other campaigns have set {elsewhere} aside: set "
        "at most {left} aside.",
    ),
    "LINES_MOST_TOO_FEW": (
        "Autorisez au moins les lignes qui sont réservées à la campagne.",
        "Allow the campaign at least the lines that are set aside for it.",
    ),
    "CALLER_ID_NOT_OF_TRUNK": (
        "Ce raccordement ne peut afficher que : {caller_ids}. Choisissez l’un de ces numéros, ou "
        "ajoutez le vôtre au raccordement.",
        "This trunk may only show: {caller_ids}. Choose one of them, or add yours to the trunk.",
    ),
    "CALLER_NAME": (
        "Donnez un nom d’appelant d’au plus 60 caractères imprimables.",
        "Give a caller name of at most 60 printable characters.",
    ),
    "WEEKDAYS": (
        "Choisissez au moins un jour de la semaine : 1 est lundi, 7 dimanche.",
        "Choose at least one day of the week: 1 is Monday, 7 is Sunday.",
    ),
    "WINDOW_EMPTY": (
        "L’heure de fin doit être plus tard que l’heure de début.",
        "Calls must end later on the day than they begin.",
    ),
    "LOCAL_TIME": (
        "Donnez les heures sans fuseau : ce sont celles du contact.",
        "Give hours without a time zone: they are the contact's own.",
    ),
    "UNKNOWN_RESULT": (
        "Ce résultat d’appel n’existe pas.",
        "There is no such result of a call.",
    ),
    "RECALL_RANGE": (
        "Attendez entre {least} secondes et 90 jours avant la tentative suivante, ou n’en faites "
        "aucune.",
        "Wait between {least} seconds and 90 days before the next attempt, or make none.",
    ),
    "PREVIEW_DELIVERY": (
        "Choisissez « push » (la fiche arrive) ou « fetch » (l’agent la demande).",
        "Choose push (the record comes) or fetch (the agent asks for it).",
    ),
    "SCRIPT_TOO_LONG": (
        "Raccourcissez le script à 50 000 caractères.",
        "Shorten the script to 50,000 characters.",
    ),
    "SCRIPT_COLUMN": (
        "La liste n’a pas la colonne {missing}. Ses colonnes : {columns}.",
        "The list has no column {missing}. Its columns: {columns}.",
    ),
    "FIXED_WHILE_RUNNING": (
        "Mettez la campagne en pause et attendez la fin de ses appels pour changer cela.",
        "Pause the campaign and wait until its calls have ended, then change this.",
    ),
    "FIXED_ONCE_BEGUN": (
        "La campagne a commencé avec sa liste. Copiez-la pour appeler une autre liste.",
        "The campaign has begun with its list. Copy it to call another list.",
    ),
    "CAMPAIGN_HAS_HISTORY": (
        "Cette campagne a tourné ; ses tentatives sont conservées comme preuve, elle ne peut donc "
        "être supprimée. Laissez-la en pause ou terminée.",
        "This campaign has run; its attempts are kept as proof, so it cannot be deleted. Leave it "
        "paused or complete.",
    ),
    "LIST_EMPTY": (
        "La liste de contacts est vide. Importez des contacts, puis démarrez la campagne.",
        "The contact list is empty. Import contacts, then start the campaign.",
    ),
    "NOTHING_TO_CALL": (
        "Tous les contacts de la liste sont terminés. Ajoutez des contacts, puis démarrez.",
        "Every contact of the list is finished. Add contacts, then start the campaign.",
    ),
    "CALLER_ID_MISSING": (
        "Le raccordement ne peut plus afficher le numéro de la campagne. Choisissez-en un autre.",
        "The trunk may no longer show the campaign's caller id. Choose another caller id.",
    ),
    "NO_WRAP_UP_CODES": (
        "La campagne n’a aucun code de qualification actif : les agents ne pourraient pas terminer "
        "un appel. Activez-en un.",
        "The campaign has no active wrap-up code, so agents could not finish a call. Activate one.",
    ),
    "NO_AGENTS_IN_QUEUE": (
        "La file de la campagne n’a pas d’agents : rien n’est composé tant qu’elle n’en a pas.",
        "The campaign's queue has no agents: nothing is dialled until it has.",
    ),
    "NO_DNC_LIST": (
        "La campagne ne suit aucune liste « ne pas appeler » : des personnes opposées peuvent être "
        "appelées.",
        "The campaign keeps to no DNC list: people who opted out may be called.",
    ),
    "FLOOR_UNAVAILABLE": (
        "Le moteur d’appels n’a pas répondu à temps ; rien n’a été fait. Réessayez ; si cela dure, "
        "prévenez votre administrateur.",
        "The engine did not answer in time; nothing was done. Try again; if this stays, tell your "
        "administrator.",
    ),
    "QUEUE_IN_USE": (
        "Des campagnes utilisent cette file : {campaigns}. Donnez-leur d’abord une autre file.",
        "These campaigns use the queue: {campaigns}. Give them another queue first.",
    ),
    "USER_UNKNOWN": (
        "L’un des membres n’existe pas. Rechargez la page.",
        "One of the members does not exist. Load the page again.",
    ),
    "CALLER_ID_IN_USE": (
        "La campagne « {campaign} » affiche {caller_id}. Donnez-lui d’abord un autre numéro.",
        "The campaign '{campaign}' shows {caller_id}. Give it another caller id first.",
    ),
    "CALLER_ID_INVALID": (
        "Un numéro affiché est un numéro de téléphone : écrivez-le avec + et l’indicatif du pays.",
        "A caller id is a phone number: write it with + and the country's code.",
    ),
    "ENDPOINT": (
        "Donnez le nom du raccordement sur le commutateur : lettres, chiffres, _ et -, au plus 60.",
        "Give the trunk's name on the switch: letters, digits, _ and -, at most 60.",
    ),
    "LINES": ("Donnez de 1 à 10 000 lignes.", "Give 1 to 10,000 lines."),
    "CALLS_PER_SECOND": (
        "Donnez plus de 0 et au plus 500 appels par seconde.",
        "Give more than 0 and at most 500 calls per second.",
    ),
    "ATTEMPT_HEADER": (
        "Un en-tête SIP est fait de lettres, chiffres et -, par exemple X-Attempt-Id.",
        "A SIP header's name has letters, digits and -, for example X-Attempt-Id.",
    ),
    "FLAG_UNKNOWN": (
        "Cette propriété n’existe pas : {unknown}. Les propriétés : {flags}.",
        "There is no flag {unknown}. The flags are: {flags}.",
    ),
    "FLAGS_EXCLUDE": (
        "Une qualification est un succès, un échec ou neutre : choisissez l’un des trois.",
        "An outcome is a success, a failure or neutral: choose one of them.",
    ),
    "DNC_LIST_IN_USE": (
        "Des campagnes suivent cette liste : {campaigns}. Donnez-leur d’abord une autre liste.",
        "These campaigns keep to the list: {campaigns}. Give them another list first.",
    ),
    "TOO_MANY_ENTRIES": (
        "Envoyez au plus {most} numéros à la fois.",
        "Send at most {most} numbers at once.",
    ),
    "REASON_NEEDED": (
        "Dites pourquoi ces numéros peuvent de nouveau être appelés (3 à 500 caractères) ; c’est "
        "conservé comme preuve.",
        "Say why these numbers may be called again (3 to 500 characters); it is kept as proof.",
    ),
    "WRAP_UP_CODE_UNKNOWN": (
        "Cette campagne n’a pas ce code de qualification actif. Choisissez l’un des siens.",
        "This campaign has no such active wrap-up code. Choose one of its codes.",
    ),
    "PAUSE_REASON_UNKNOWN": (
        "Ce motif de pause n’existe pas ou n’est plus actif. Choisissez-en un autre.",
        "There is no such active pause reason. Choose another.",
    ),
    "FIELD_UNKNOWN": (
        "La liste de contacts n’a pas cette colonne.",
        "The contact list has no such column.",
    ),
    "FIELD_FIXED": (
        "Numéros, clés, fuseaux et langues se changent dans la fiche du contact.",
        "Numbers, keys, time zones and languages are changed in the contact's record.",
    ),
    "FIELD_NEEDED": (
        "Cette qualification demande une valeur ici.",
        "This outcome needs a value here.",
    ),
    "NUMBER_FORMAT": (
        "Écrivez un nombre : des chiffres et au plus une virgule ou un point.",
        "Write a number: digits with at most one decimal comma or point.",
    ),
    "DATE_FORMAT": (
        "Écrivez une date : jour/mois/année ou année-mois-jour.",
        "Write a date: day/month/year or year-month-day.",
    ),
    "NOTES_NEEDED": ("Cette qualification demande des notes.", "This outcome needs notes."),
    "NOTES_TOO_LONG": (
        "Raccourcissez les notes à 10 000 caractères.",
        "Shorten the notes to 10,000 characters.",
    ),
    "CALLBACK_NEEDED": (
        "Cette qualification demande un rappel : dites quand.",
        "This outcome needs a callback: say when.",
    ),
    "CALLBACK_FORBIDDEN": (
        "On ne peut promettre un rappel à quelqu’un qu’il ne faut plus appeler.",
        "Somebody who must not be called cannot be promised a callback.",
    ),
    "CALLBACK_PAST": ("Choisissez une heure à venir.", "Choose a time in the future."),
    "CALLBACK_TOO_LATE": ("Choisissez une date d’ici un an.", "Choose a time within a year."),
    "NOTE_TOO_LONG": (
        "Raccourcissez la note à 500 caractères.",
        "Shorten the note to 500 characters.",
    ),
    "TO": ("Dites à qui : un numéro ou un agent.", "Say to whom: a number or an agent."),
    "NO_RECORD": (
        "Il n’y a pas de fiche à traiter pour l’instant.",
        "There is no record to work on at present.",
    ),
    "SKIP_NOT_ALLOWED": (
        "Dans cette campagne les fiches ne peuvent être passées ; appelez.",
        "In this campaign records cannot be skipped; call it.",
    ),
    "LEG_DOWN": (
        "Votre casque n’est pas relié au commutateur ; reconnectez-le d’abord.",
        "Your headset is not connected to the switch; reconnect it first.",
    ),
    "WHAT_IF_FLOW_MODE": (
        "Le temps passé dans un parcours ne dit rien des conversations avec des agents, ni "
        "l’inverse : une campagne sans agent se simule dans son propre mode.",
        "How long people stay in a flow says nothing of conversations with agents, nor the other "
        "way round: a campaign without agents is simulated in its own mode.",
    ),
    "WHAT_IF_FLOW_DAY": (
        "Ce que les gens ont fait dans un parcours n’est pas gardé pas à pas : une telle journée "
        "ne peut pas être rejouée. Simulez plutôt demain.",
        "What people did in a flow is not kept step by step, so such a day cannot be played "
        "again. Simulate tomorrow instead.",
    ),
    "WHAT_IF_LINES": (
        "Ce sont les agents qui donnent le rythme de cette campagne, pas des lignes : n’en donnez "
        "pas.",
        "Agents are this campaign's pace, not lines: leave them out.",
    ),
    "WHAT_IF_MODE": (
        "En mode aperçu, ce sont les agents qui décident quand appeler : il n’y a rien à simuler. "
        "Choisissez l’un de ces modes : {modes}.",
        "In preview mode agents decide when to call, so there is nothing to simulate. Choose one "
        "of: {modes}.",
    ),
    "WHAT_IF_DAY_MISSING": (
        "Choisissez la journée à rejouer.",
        "Choose the day that is to be played again.",
    ),
    "WHAT_IF_DAY_EMPTY": (
        "La campagne n’a appelé personne ce jour-là. Choisissez une autre journée.",
        "The campaign called nobody on this day. Choose another one.",
    ),
    "WHAT_IF_DAY_NOT_OVER": (
        "Des appels de cette journée sont encore en cours. Attendez qu’ils soient terminés.",
        "Calls of this day are still in progress. Wait until they have ended.",
    ),
    "WHAT_IF_DAY_TOO_LONG": (
        "Cette journée compte trop d’appels pour être rejouée. Choisissez-en une autre.",
        "The day has too many calls to be played again. Choose another one.",
    ),
    "WHAT_IF_DAY_FORGOTTEN": (
        "Le journal de cette journée n’est plus là ou incomplet ; elle ne peut être rejouée. "
        "Choisissez une autre journée.",
        "The floor's events of this day are gone or incomplete, so it cannot be played again. "
        "Choose another day.",
    ),
    "WHAT_IF_PREVIEW_DAY": (
        "Ce jour-là, ce sont les agents qui décidaient quand appeler : il n’y a pas de cadence à "
        "rejouer. Choisissez une autre journée.",
        "On this day agents decided when to call, so there is no pacing to play again. Choose "
        "another day.",
    ),
    "WHAT_IF_NO_AGENTS": (
        "La file de la campagne n’a aucun agent. Dites combien il doit y en avoir.",
        "The campaign's queue has no agents. Say how many there are to be.",
    ),
    "WHAT_IF_NO_CONTACTS": (
        "Aucun contact de la liste ne pourrait être appelé ce jour-là. Ajoutez des contacts, ou "
        "changez les jours et les heures d’appel.",
        "No contact of the list could be called on that day. Add contacts, or change the days and "
        "hours of calling.",
    ),
    "WHAT_IF_NOT_LAWFUL": (
        "Personne ne serait appelé : un réglage est moins strict que la loi que suit la campagne. "
        "La page de la campagne le nomme ; changez-le là, puis simulez de nouveau.",
        "Nobody would be called: a setting is laxer than the law that the campaign keeps. The "
        "campaign's page names it; change it there, then simulate again.",
    ),
    "WHAT_IF_STATE": (
        "Cette simulation est terminée et ne peut plus être annulée. Rechargez la page.",
        "This simulation is {state} and can no longer be cancelled. Load the page again.",
    ),
    "WHAT_IFS_UNDER_WAY": (
        "{most} simulations attendent ou tournent déjà. Attendez la fin de l’une d’elles, ou "
        "annulez-en une.",
        "{most} simulations are waiting or running already. Wait for one to end, or cancel one.",
    ),
    "WHAT_IF_DIED": (
        "Le processus qui calculait s’est arrêté avant la fin, peut-être faute de mémoire. "
        "Réessayez avec moins d’agents ou de journées ; le journal du serveur nomme la cause.",
        "The process that computed this has ended before its time, perhaps for want of memory. "
        "Try again with fewer agents or runs; the server's log names the cause.",
    ),
    "WHAT_IF_FAILED": (
        "La simulation a échoué. Réessayez ; le journal du serveur nomme la cause.",
        "The simulation failed. Try again; the server's log names the cause.",
    ),
}
