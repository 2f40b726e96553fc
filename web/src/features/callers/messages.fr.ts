const fr = {
  incoming: "Appel entrant",
  title: "L’appelant",
  called: "Numéro appelé",
  language: "Langue",
  queue: "File",
  waited: "A attendu",
  waits: "Attend encore",
  way: "Ce que l’appelant a fait",
  noWay: "Rien n’est noté de son chemin.",
  results: "Ce que le parcours a noté",
  recordings: "Ce que l’appelant a dit au parcours",
  listen: (name: string) => `Écouter : ${name}`,
  routing: "Pourquoi cet agent",
  flowResults: "Réponses au parcours",
  flowResultsOf: (n: string) => `Appels où le parcours a noté quelque chose : ${n}`,
  flowResultsFile: "Exporter (CSV)",
  noFlowResults: "Aucune réponse notée",
  noFlowResultsText:
    "Un menu dont la touche est notée, une enquête ou une étape « Noter un résultat » laisse ici ce que les personnes ont répondu.",
  otherValues: (n: string) => `Autres valeurs (${n})`,
  answersGiven: (n: string) => `Réponses : ${n}`,
};

export default fr;
