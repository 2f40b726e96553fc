const fr = {
  loading: "Chargement…",
  tryAgain: "Réessayer",
  cancel: "Annuler",
  confirm: "Confirmer",
  close: "Fermer",
  failed: "Impossible de charger",
  network: "Le serveur ne répond pas. Vérifiez la connexion, puis réessayez.",
  unexpected: "Une erreur inattendue s’est produite.",
  done: "C’est fait",
  table: {
    previous: "Page précédente",
    next: "Page suivante",
    range: (from: string, to: string) => `${from} à ${to}`,
    rangeOf: (from: string, to: string, total: string) => `${from} à ${to} sur ${total}`,
    sortBy: (column: string) => `Trier par ${column}`,
    empty: "Rien à afficher",
  },
};

export default fr;
