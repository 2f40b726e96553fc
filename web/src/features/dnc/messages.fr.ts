import { pluralFr } from "@/i18n/messages";

const fr = {
  title: "Listes d’opposition",
  text: "Les numéros à ne jamais composer. Un ajout vaut tout de suite, même pour les appels déjà lancés sans réponse.",
  add: "Nouvelle liste",
  name: "Nom",
  entries: "Numéros",
  entryCount: (n: number, shown: string) => `${shown} ${pluralFr(n, "numéro", "numéros")}`,
  made: "La liste est créée.",
  nothing: {
    title: "Aucune liste d’opposition",
    text: "Créez-en une pour respecter les demandes de ne plus être appelé.",
  },
  delete: "Supprimer la liste",
  deleteTitle: (name: string) => `Supprimer ${name} ?`,
  deleteText: (count: string) =>
    `Ses ${count} numéros pourront de nouveau être appelés. Qui les avait exclus et quand reste dans le journal. Une liste dont une campagne se sert ne peut pas être supprimée.`,
  deleted: "La liste est supprimée.",
  search: "Chercher un numéro",
  number: "Numéro",
  reason: "Motif",
  source: "Origine",
  sources: {
    agent: "Agent",
    upload: "Ajout",
    user: "Ajout",
    api: "API",
  },
  addedAt: "Ajouté",
  expires: "Expire",
  forever: "jamais",
  expired: "expirée, ne compte plus",
  none: "La liste est vide.",
  noMatch: "Ce numéro n’est pas dans la liste.",
  removeOf: (number: string) => `Retirer ${number}`,
  removeTitle: (number: string) => `Retirer ${number} ?`,
  removeText:
    "Ce numéro pourra de nouveau être appelé. Le retrait et son motif sont gardés dans le journal.",
  removeReason: "Pourquoi le retirer",
  removed: "Le numéro est retiré.",
  remove: "Retirer",
  adding: {
    title: "Ajouter des numéros",
    paste: "Numéros",
    pasteHelp:
      "Un par ligne, dans n’importe quelle écriture. D’un fichier, la première colonne est prise.",
    file: "Depuis un fichier",
    count: (n: number, shown: string) => `${shown} ${pluralFr(n, "numéro", "numéros")} à ajouter`,
    repeated: (n: string) => `${n} en double, comptés une fois`,
    reason: "Motif",
    reasonHelp: "Par exemple : demande du client, décision, liste nationale.",
    expires: "Expire le",
    expiresHelp: "Vide : jamais. Après cette date, l’entrée ne compte plus.",
    go: "Ajouter",
    sending: (done: string, all: string) => `${done} sur ${all} envoyés`,
    result: (added: string, updated: string) =>
      `${added} ajoutés, ${updated} déjà présents et mis à jour.`,
    rejected: (n: number, shown: string) =>
      `${shown} ${pluralFr(n, "numéro n’a pas été compris", "numéros n’ont pas été compris")} :`,
    close: "Terminé",
  },
};

export default fr;
