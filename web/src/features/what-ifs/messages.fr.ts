import { pluralFr } from "@/i18n/messages";
import type { Told, ToldOfLines } from "./headline-of";

const modes = {
  progressive: "le mode progressif",
  power: "le mode power",
  predictive: "le mode prédictif",
};

const fr = {
  title: "Simuler",
  text: "Kwabo joue la journée en accéléré avec ce que la campagne a appris : ses sonneries, ses réponses, ses conversations, sa liste. Rien n’est composé.",
  kinds: { tomorrow: "Demain", replay: "Rejouer un jour" },
  form: {
    kind: "Ce que l’on simule",
    agents: "Agents",
    lines: "Lignes",
    linesHelp: "Appels à la fois. Celles du raccordement font loi.",
    agentsHelp: (n: number) => `La file en compte ${n}.`,
    from: "De",
    until: "À",
    mode: "Mode",
    ratio: "Appels par agent disponible",
    target: "Abandon visé",
    ceiling: "Plafond d’appels par agent",
    runs: "Jours simulés",
    runsHelp: "Plus il y en a, plus le résultat est sûr, et plus il faut attendre.",
    day: "Jour",
    dayHelp: "Un jour où la campagne a appelé, et qui est fini.",
    other: "Avec un autre mode que ce jour-là",
    otherHelp: "Sinon le jour est rejoué tel quel : les mêmes nombres doivent en sortir.",
    start: "Lancer la simulation",
    startReplay: "Rejouer ce jour",
    order: "La fin doit venir après le début.",
    notYours:
      "Vous pouvez voir les simulations ; pour en lancer, il faut le droit de régler les campagnes.",
  },
  preview:
    "En mode aperçu, ce sont les agents qui décident quand appeler : choisissez un autre mode à simuler.",
  list: {
    title: "Simulations",
    empty: "Aucune simulation pour l’instant.",
    cancel: "Annuler",
    delete: "Supprimer",
    deleteTitle: "Supprimer cette simulation ?",
    deleteText: "Son résultat est perdu. La campagne et ses appels ne changent pas.",
    deleted: "La simulation est supprimée.",
    agents: (n: number) => `${n} ${pluralFr(n, "agent", "agents")}`,
    replayed: (day: string) => `${day} rejoué`,
    asRecorded: "tel quel",
  },
  states: {
    waiting: "En attente",
    running: "En cours",
    complete: "Terminée",
    failed: "Échouée",
    cancelled: "Annulée",
  },
  progress: {
    waiting: "La simulation attend son tour.",
    running: (done: string) => `Calcul en cours : ${done}.`,
    cancelled: "La simulation a été annulée avant la fin.",
    failed: "La simulation n’a pas abouti",
    noReason: "La raison n’est pas connue.",
    choose: "Lancez une simulation, ou choisissez-en une dans la liste.",
  },
  result: {
    title: "Résultat",
    basis: (calls: string, conversations: string, contacts: string) =>
      `Appris de ${calls} appels et ${conversations} conversations ; ${contacts} contacts à appeler.`,
    otherHours: (ours: string, theirs: string) =>
      `La journée simulée appelle ${ours}, celle des réglages actuels ${theirs} ; les nombres sont ceux de chacune en entier.`,
    hours: (from: string, until: string) => `de ${from} à ${until}`,
    hoursOn: (day: string, hours: string) => `le ${day} ${hours}`,
    leftOut: {
      rule_sets:
        "Les jeux de règles de la campagne ne sont pas joués : les contacts qu’ils retiendraient sont appelés ici.",
      fraud_guard: "Les plafonds d’appels et de dépenses ne sont pas joués.",
      order:
        "L’ordre de la campagne n’est pas encore prêt : les contacts sont appelés dans l’ordre de la liste.",
      flow: "Le parcours n’est pas joué : qui décroche reste aussi longtemps que lors des appels d’avant, et qui demande un agent n’est pas simulé.",
    },
    modes,
    headlineOfLines: (told: ToldOfLines) => {
      const end =
        told.endsAfter === null
          ? "la liste n’est pas finie ce jour-là"
          : `la liste est finie après ${told.endsAfter} minutes`;
      const now =
        told.presentEndsAfter === null
          ? "pas finie avec les réglages actuels"
          : `${told.presentEndsAfter} minutes avec les réglages actuels`;
      return `Avec ${told.lines} lignes : ${told.dialled} appels, ${told.answered} personnes jointes, ${told.used} lignes occupées en moyenne ; ${end} (${now}).`;
    },
    headline: (told: Told) => {
      const who =
        told.agents === 0
          ? "Avec"
          : `Avec ${told.agentsText} ${pluralFr(told.agents, "agent", "agents")} et`;
      const talk = {
        more: `${told.change} de conversations en plus (${told.asked} au lieu de ${told.present})`,
        fewer: `${told.change} de conversations en moins (${told.asked} au lieu de ${told.present})`,
        same: `pas de différence nette dans les conversations (${told.asked}, ${told.present} avec les réglages actuels)`,
      }[told.talk];
      return `${who} ${modes[told.mode]} : ${talk}, agents en conversation ${told.utilisation} du temps au lieu de ${told.presentUtilisation}, abandon ${told.rate} pour ${told.target} visés.`;
    },
    over: "L’abandon dépasserait l’abandon visé : baissez le rapport, choisissez un mode plus prudent ou ajoutez des agents.",
    mayPass: "Certains jours simulés dépassent l’abandon visé.",
    comparison: "Comparaison",
    comparisonText:
      "La même journée, avec les réglages choisis et avec ceux de la campagne (ses heures, son mode, les agents de sa file). Sous chaque nombre, entre quoi se tiennent neuf jours simulés sur dix.",
    metric: "Mesure",
    asked: "Simulé",
    present: "Réglages actuels",
    difference: "Écart",
    unclear: "pas net",
    points: (n: string) => `${n} pt`,
    metrics: {
      dialled: "Appels lancés",
      answered: "Réponses de personnes",
      conversations: "Conversations",
      abandoned: "Abandons",
      abandon_rate: "Taux d’abandon",
      abandon_rate_of_all: "Abandons sur tous les appels",
      utilisation: "Temps en conversation",
      wait_p50: "Attente, la moitié au plus",
      wait_p95: "Attente, 95 % au plus",
      calls_per_agent_hour: "Appels par agent et par heure",
      finished: "Contacts terminés",
      lines_used: "Lignes occupées, en moyenne",
      list_end_seconds: "Liste finie après",
    },
    agents: "Les agents, au fil du jour",
    talking: "En conversation",
    ready: "Disponibles",
    afterCall: "Après appel",
    agentsSummary: (talking: string, ready: string) =>
      `En moyenne ${talking} agents en conversation et ${ready} disponibles.`,
    inAir: "Appels en cours de composition",
    inAirSummary: (mean: string) => `En moyenne ${mean} appels en cours de composition.`,
    rate: "Taux d’abandon, au fil du jour",
    rateLine: "Taux d’abandon",
    target: "Abandon visé",
    rateSummary: (rate: string, target: string) =>
      `Taux d’abandon du jour ${rate}, visé ${target}.`,
    bands: "La ligne est la moyenne ; neuf jours simulés sur dix se tiennent dans la bande.",
    time: "Heure",
    waits: "Attente avant l’agent",
    waitsText: "De la réponse jusqu’à l’agent, tous les jours simulés ensemble.",
    between: (low: string, high: string) => `${low} à ${high} s`,
    below: (high: string) => `moins de ${high} s`,
    above: (low: string) => `${low} s et plus`,
    noWaits: "Personne n’a répondu pendant les jours simulés.",
  },
  replay: {
    exact: "Le jour rejoué donne exactement les mêmes nombres.",
    notExact: "Le jour rejoué ne donne pas les mêmes nombres.",
    notExactText: "Les lignes où ils diffèrent sont marquées.",
    changed: (names: string) => `Rejoué avec d’autres réglages : ${names}.`,
    title: "Enregistré et rejoué",
    result: "Résultat",
    recorded: "Enregistré",
    replayed: "Rejoué",
    difference: "Écart",
    live: "dont réponses de personnes",
    conversations: "dont conversations",
    abandoned: "dont abandons",
    all: "Tous les appels",
    settings: {
      agents: "agents",
      from: "début",
      until: "fin",
      mode: "mode",
      calls_per_agent: "appels par agent",
      calls_per_agent_ceiling: "plafond d’appels par agent",
      abandon_target: "abandon visé",
    },
  },
};

export default fr;
