import { pluralFr } from "@/i18n/messages";
import type { Said } from "./said";

const lead = {
  progressive: "Chaque agent disponible a déjà son appel.",
  power: "Chaque agent disponible a déjà le nombre d’appels fixé.",
  predictive: "Assez d’appels sont lancés : un de plus risquerait trop de tomber sans agent.",
};

const fr = {
  title: "Cadence",
  reasons: {
    ENOUGH: "Assez d’appels",
    DIALLING: "Lance des appels",
    LEARNING: "Apprend",
    BUDGET_SPENT: "Budget épuisé",
    NO_ROOM: "Ligne pleine",
    CEILING: "Plafond atteint",
    NO_AGENTS: "Sans agent",
    CALLERS_WAIT: "Des gens attendent",
    TURN_OF_OTHERS: "Tour des autres",
  },
  /** First what goes on, then (in `facts`) the figures that say why. */
  leads: {
    ENOUGH: (said: Said) => lead[said.mode],
    DIALLING: (said: Said) =>
      said.mode === "power"
        ? "Kwabo lance des appels, au rapport fixé."
        : "Kwabo lance des appels.",
    LEARNING: () =>
      "Kwabo connaît encore mal cette campagne : un appel par agent, le temps d’apprendre.",
    BUDGET_SPENT: (said: Said) =>
      `Le budget d’abandons est épuisé (taux ${said.rate}, visé ${said.target}) : un seul appel par agent, jusqu’à ce que le taux redescende.`,
    NO_ROOM: () =>
      "La ligne de l’opérateur est pleine, ou ses appels par seconde sont épuisés : rien de plus ne part pour l’instant.",
    CEILING: (said: Said) =>
      `Le plafond d’appels par agent est atteint (${said.pace} par agent libre ou bientôt libre).`,
    NO_AGENTS: () => "Aucun agent n’est libre ni près de l’être : rien n’est lancé.",
    CALLERS_WAIT: (said: Said) =>
      `${said.waitingText} ${pluralFr(said.waiting, "personne a répondu et attend", "personnes ont répondu et attendent")} un agent : ${pluralFr(said.waiting, "elle passe", "elles passent")} d’abord.`,
    TURN_OF_OTHERS: () =>
      "C’est le tour des autres campagnes de l’équipe : elles lancent ce que ses agents peuvent prendre. Chacune appelle selon sa priorité et son poids.",
  },
  facts: {
    ready: (said: Said) =>
      said.ready === 0
        ? "aucun agent n’est disponible"
        : `${said.readyText} ${pluralFr(said.ready, "agent est disponible", "agents sont disponibles")}`,
    free_soon: (said: Said) =>
      said.freeSoon === 0
        ? `aucun agent ne devrait se libérer d’ici ${said.horizon}`
        : `${said.freeSoonText} ${pluralFr(said.freeSoon, "agent devrait", "agents devraient")} se libérer d’ici ${said.horizon}`,
    in_air: (said: Said) =>
      said.inAir === 0
        ? "aucun appel ne sonne"
        : `${said.inAirText} ${pluralFr(said.inAir, "appel sonne", "appels sonnent")}`,
    answers: (said: Said) =>
      `${said.answersText} ${pluralFr(said.answers, "réponse attendue", "réponses attendues")}`,
    budget: (said: Said) =>
      said.budget <= 0
        ? "il ne reste aucun abandon dans le budget"
        : `il reste ${said.budgetText} ${pluralFr(said.budget, "abandon", "abandons")} dans le budget`,
  },
  between: " ; ",
  standsStill: "Aucun appel n’est lancé",
  pace: "Cadence",
  paceText: (pace: string) => `${pace} par agent`,
  paceHint: "appels en cours de composition par agent libre ou bientôt libre",
  abandon: "Abandon",
  ofTarget: (rate: string, target: string) => `${rate} pour ${target} visés`,
  ofAll: (rate: string) => `${rate} de tous les appels lancés`,
  windows: { day: "sur 24 heures", "30_days": "sur 30 jours" },
  counted: (abandoned: string, live: string) =>
    `${abandoned} sur ${live} ${pluralFr(live, "réponse", "réponses")}`,
  noLive: "Personne n’a encore répondu.",
  levels: {
    calm: "Sous l’abandon visé",
    near: "Proche de l’abandon visé",
    over: "Au-dessus de l’abandon visé",
  },
  waiting: (n: number) =>
    `${n} ${pluralFr(n, "personne attend un agent", "personnes attendent un agent")}`,
  controls: {
    open: "Régler la cadence",
    openOf: (name: string) => `Régler la cadence de ${name}`,
    mode: "Mode",
    target: "Abandon visé",
    ratio: "Appels par agent disponible",
    text: "Vaut tout de suite, même en cours de campagne.",
    apply: "Appliquer",
    applied: "La cadence est changée.",
  },
  agentless: {
    text: "Sans agent, ce sont les lignes qui donnent le rythme : un appel sur chaque ligne libre, dans les limites du raccordement et des heures.",
    still: "La campagne ne tourne pas.",
    slowed: (reason: string) => `Elle appelle moins qu’elle ne pourrait : ${reason}.`,
    full: (lines: string) =>
      `Toutes ses lignes (${lines}) sont occupées : un appel part dès qu’une se libère.`,
    filling: "Des lignes sont libres : les appels partent au rythme du raccordement.",
    lines: "Lignes occupées",
    linesHint: "sur celles de la campagne",
    trunk: "Lignes du raccordement",
    rate: "Appels par seconde",
    rateHint: "au plus, sur le raccordement",
    hours: "Heures d’appel",
    hoursHint: "par l’heure de qui est appelé ; la loi peut en ôter",
    timeSet: "Plage nommée",
  },
  tab: {
    preview: {
      title: "Pas de cadence en aperçu",
      text: "En mode aperçu, c’est l’agent qui lance chaque appel. Choisissez un autre mode dans les réglages pour que Kwabo appelle de lui-même.",
    },
    still: {
      title: "La campagne ne tourne pas",
      text: "Kwabo dira ici pourquoi il lance plus ou moins d’appels. Les chiffres ci-dessous sont ceux des dernières heures.",
    },
    progressive: {
      title: "Un appel par agent disponible",
      text: "En progressif chaque appel a déjà son agent : il n’y a pas de cadence à décider. Le mode se change ici, même en cours de campagne.",
    },
    figures: {
      pace: "Cadence",
      paceHint: "appels en cours de composition par agent libre ou bientôt libre",
      ready: "Agents disponibles",
      freeSoon: "Bientôt libres",
      freeSoonHint: (horizon: string) => `d’ici ${horizon}`,
      inAir: "Appels en cours de composition",
      answersHint: (answers: string) =>
        `${answers} ${pluralFr(answers, "réponse attendue", "réponses attendues")}`,
      waiting: "Attendent un agent",
      answerRate: "Répondent",
      answerRateHint: "part des appels auxquels une personne répond",
      budget: "Budget",
      budgetHint: "abandons encore permis",
      risk: "Risque du prochain appel",
      riskHint: (allowed: string) => `${allowed} au plus`,
    },
    window: {
      title: "Taux d’abandon",
      day: "Sur les dernières 24 heures.",
      "30_days": "Sur les 30 derniers jours.",
      other: (span: string) => `Sur ${span}.`,
      law: "Parmi les réponses (ce que comptent les lois)",
      all: "Parmi tous les appels lancés",
      abandoned: "Abandons",
      live: "Réponses de personnes",
      dialled: "Appels lancés",
      target: "Abandon visé",
      lost: "Le taux compte aussi les personnes que la détection de répondeurs a sans doute prises pour des machines.",
    },
    calls: {
      title: "Appels par minute",
      text: "Les deux dernières heures.",
      dialled: "Lancés",
      live: "Répondus par une personne",
      abandoned: "Abandons",
      summary: (dialled: string, live: string, abandoned: string) =>
        `${dialled} appels lancés, ${live} répondus par une personne, ${abandoned} abandons en deux heures.`,
    },
    rate: {
      title: "Abandon et abandon visé",
      text: (minutes: number) =>
        `À chaque minute, le taux des ${minutes} minutes d’avant : des sommes, pas des moyennes.`,
      rate: "Taux d’abandon",
      target: "Abandon visé",
      summary: (rate: string, target: string) =>
        `Taux d’abandon des dernières minutes : ${rate} ; visé ${target}.`,
      none: "personne n’a répondu",
    },
    waits: {
      title: "Attente avant l’agent",
      text: "De la réponse jusqu’à l’agent, en secondes.",
      p50: "La moitié attend au plus",
      p95: "95 % attendent au plus",
      limit: "2 secondes",
      summary: (p50: string, p95: string) =>
        `À la dernière minute connue, la moitié des gens attendent au plus ${p50}, 95 % au plus ${p95}.`,
      none: "Personne n’a encore attendu d’agent.",
    },
    minute: "Minute",
    empty: "Aucun appel pendant les deux dernières heures.",
  },
};

export default fr;
