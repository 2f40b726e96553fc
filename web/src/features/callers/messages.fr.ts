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
  routing: "Pourquoi cet agent",
};

export default fr;
