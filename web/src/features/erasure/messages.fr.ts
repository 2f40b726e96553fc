import { pluralFr } from "@/i18n/messages";

const fr = {
  erase: "Effacer cette personne",
  title: "Effacer cette personne ?",
  text: "Ses contacts dans toutes les listes, ses numéros et tout texte de ses appels sont effacés pour toujours. Les comptes des campagnes restent.",
  groups: {
    contacts: "Contacts",
    calls: "Appels, qualifications, rappels, réponses",
    consents: "Consentements et preuves",
    lists: "Listes d’opposition",
    reports: "Rapports d’import",
    logs: "Journaux et messages",
  },
  files: "Fichiers",
  none: "Rien n’est à effacer.",
  hold: (reason: string) => `Un gel juridique garde ces données : ${reason}`,
  inCall: "Cette personne est en appel, ou un agent travaille encore sur son appel.",
  inCallUntil: (at: string) => `Cette personne a été appelée ; réessayez après ${at}.`,
  again: "Regarder à nouveau",
  law: (preset: string, years: number, source: string) =>
    `La loi suivie (${preset}) demande de garder ${years} ans les données d’appels (${source}). À vous de décider.`,
  keep: "Continuer à ne pas appeler ses numéros",
  keepHelp: (list: string) => `Les numéros seuls restent, sur la liste « ${list} ».`,
  keepNoList: "Il faut d’abord une liste d’opposition par numéro pour toute l’organisation.",
  reason: "Motif",
  reasonHelp: "Il est gardé : n’y mettez ni nom ni numéro.",
  ending: "Les quatre derniers chiffres d’un de ses numéros",
  done: "La personne est effacée.",
  receipt: "Reçu",
  erased: {
    title: "Personnes effacées",
    text: "Qu’un effacement a eu lieu reste écrit ; qui c’était ne l’est plus.",
    nothing: "Personne n’a été effacé.",
    rows: (count: string) => `${count} ${pluralFr(count, "ligne", "lignes")}`,
    kept: "numéros gardés sur la liste d’opposition",
  },
};
export default fr;
