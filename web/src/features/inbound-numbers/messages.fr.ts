const fr = {
  title: "Numéros entrants",
  text: "Les numéros sur lesquels on vous appelle ; pour chacun, le parcours qui répond et la campagne dont les agents prennent l’appel.",
  add: "Nouveau numéro",
  number: "Numéro",
  numberHelp:
    "Comme l’opérateur vous l’amène ; sous toute forme usuelle, par exemple 01 21 30 01 00.",
  label: "Nom",
  labelHelp: "Ce que l’agent lit quand l’appel arrive, par exemple « Service après-vente ».",
  flow: "Parcours qui répond",
  flowHelp: "Sa dernière version publiée répond.",
  draft: (name: string) => `${name} (brouillon)`,
  noFlows: "Il n’y a pas encore de parcours : créez-en un et publiez-le.",
  campaign: "Campagne entrante",
  campaignHelp: "Sa liste garde les appelants ; ses codes et son script sont ceux des agents.",
  noCampaigns: "Il n’y a pas encore de campagne de mode entrant.",
  makeCampaign: "En créer une",
  active: "Actif",
  activeLabel: "Prendre les appels de ce numéro",
  activeHelp: "Désactivé, l’appelant entend que le numéro n’existe pas.",
  on: "Actif",
  off: "Désactivé",
  saved: "Le numéro est enregistré. Il compte dès le prochain appel.",
  nothing: "Aucun numéro",
  nothingText: "Ajoutez le numéro que votre opérateur amène, avec le parcours qui doit répondre.",
  remove: (number: string) => `Retirer ${number}`,
  removeTitle: (number: string) => `Retirer le numéro ${number} ?`,
  removeText:
    "Qui l’appelle ensuite entend que le numéro n’existe pas. Les appels déjà pris vont à leur terme et restent dans l’historique.",
  removed: "Le numéro est retiré.",
  edit: (number: string) => `Modifier ${number}`,
};

export default fr;
