const fr = {
  title: "Sens des issues",
  text: "Ce que veut dire chaque issue, donnée par un agent ou par le système : bilan, et ce qui en découle. Le passé est compté d’après la table actuelle.",
  campaignTitle: "Sens des issues dans cette campagne",
  campaignText:
    "Ce qui n’est pas fixé ici vaut comme dans l’organisation. Le passé est compté d’après la table actuelle.",
  default: "Codes sans sens propre",
  defaultText: "Ils ont ces propriétés.",
  outcome: "Issue",
  flags: "Sens",
  show: "Voir la table",
  source: "Fixé par",
  codes: "Codes de fin d’appel",
  system: "Issues du système",
  sources: {
    own: "cette table",
    organisation: "l’organisation",
    default: "les codes sans sens propre",
    built_in: "Kwabo",
  },
  inherit: "Comme hérité",
  inheritOf: (name: string) => `${name} : comme hérité`,
  flagsOf: (name: string) => `Sens de ${name}`,
  none: "Aucun",
  changed: (n: number) => `${n} ${n > 1 ? "changements" : "changement"}`,
  save: "Enregistrer la table",
  undo: "Annuler",
  saved: "La table est enregistrée. Elle compte tout de suite.",
  systemNames: {
    NOT_GIVEN: "Issue non donnée",
    ABANDONED: "Abandonné",
    SELF_SERVED: "Servi par le serveur vocal",
  } as Record<string, string>,
};

export default fr;
