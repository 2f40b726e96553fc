import { pluralFr } from "@/i18n/messages";

const fr = {
  title: "Temps réel",
  queue: "File",
  allQueues: "Toutes les files",
  wall: "Mode mural",
  leaveWall: "Quitter le mode mural",
  connection: {
    live: "En direct",
    connecting: "Connexion…",
    waiting: "Connexion perdue : ces chiffres datent",
    off: "Hors ligne",
  },
  figures: {
    talking: "En conversation",
    dialling: "Composés",
    ringing: "Sonnent",
    ready: "Agents disponibles",
    readyHint: (n: string) => `${n} en appel`,
    connectRate: "Taux de contact",
    connectHint: (n: string) => `${n} tentatives`,
    abandonRate: "Taux d’abandon",
    abandonHint: (n: string) => `${n} abandons`,
  },
  chart: {
    title: "Les 30 dernières minutes",
    text: "Par minute, toutes campagnes.",
    attempts: "Appels lancés",
    answered: "Répondus",
    abandoned: "Abandons",
    gathering: "Le graphique se remplit à mesure que les appels arrivent.",
    summary: (attempts: string, answered: string, abandoned: string) =>
      `${attempts} appels lancés, ${answered} répondus, ${abandoned} abandons.`,
  },
  campaigns: {
    title: "Campagnes",
    none: "Aucune campagne en cours.",
    open: "Voir les campagnes",
    dialling: "composés",
    ringing: "sonnent",
    talking: "en ligne",
    ready: "disponibles",
    onCall: "en appel",
    afterCall: "après appel",
    waiting: "attendent",
    connect: "Contact",
    abandon: "Abandon",
    done: (done: string, all: string) => `${done} sur ${all} contacts terminés`,
    agentless: {
      lines: "lignes occupées",
      inFlow: "dans le parcours",
      optedOut: "refus par touche",
    },
    inbound: {
      inFlow: "dans le parcours",
      waiting: "attendent",
      longest: "plus longue attente",
      talking: "en ligne",
      served: "servis",
      abandoned: "abandons",
    },
    callbacks: "rappels",
    due: "rappels dus",
    missed: "manqués (7 j)",
    alarm: {
      alarm: {
        title: (limit: string, abandoned: string, live: string) =>
          `Seuil d’alarme de ${limit} atteint : ${abandoned} abandons pour ${live} réponses.`,
        advice: "Baissez l’abandon visé ou le nombre d’appels par agent, ou ajoutez des agents.",
      },
      stop: {
        title: (limit: string, abandoned: string, live: string) =>
          `Seuil d’arrêt de ${limit} atteint : ${abandoned} abandons pour ${live} réponses.`,
        advice:
          "La campagne n’appelle plus que pour les agents libres. Cherchez la cause : agents qui partent, conversations plus longues, ratio trop haut.",
      },
    },
    filled: (filled: string, all: string) => `${filled} sur ${all} contacts classés`,
    next: (when: string) => `prochain appel possible à ${when}`,
  },
  agents: {
    title: "Agents",
    count: (n: number) => `${n} ${pluralFr(n, "connecté", "connectés")}`,
    none: "Aucun agent n’est connecté.",
    noneInFilter: "Aucun agent dans cet état.",
    all: "Tous",
    filter: "Agents par état",
    long: "depuis longtemps",
    pauseAfter: "pause après l’appel",
    signedOut: (n: number) => `${n} ${pluralFr(n, "agent déconnecté", "agents déconnectés")}`,
  },
  calls: {
    title: "Appels en cours",
    none: "Aucun appel en ce moment.",
    number: "Numéro",
    campaign: "Campagne",
    agent: "Agent",
    state: "État",
    duration: "Durée",
    held: "en attente",
    agentLost: "agent perdu",
    waiting: "Attend un agent",
    noAgent: "–",
    more: (n: string) => `et ${n} autres`,
  },
};

export default fr;
