import { pluralFr } from "@/i18n/messages";

const fr = {
  title: "Conservation",
  text: "Combien de temps chaque sorte de données est gardée. Ce qui est plus ancien est supprimé chaque nuit, par petites parts.",
  classes: {
    call_records: "Appels, qualifications, réponses des scripts",
    callbacks: "Rappels terminés",
    consents: "Consentements et leurs preuves",
    contacts: "Contacts sans appel ni changement",
    audit: "Journal d’audit",
    imports: "Imports, leurs rapports et fichiers",
    voicemails:
      "Messages vocaux et ce que les appelants ont dit aux parcours, avec leur enregistrement",
    what_ifs: "Simulations",
    dnc_checks: "Réponses des services d’opposition",
    events: "Événements du plateau",
    floor_commands: "Ordres donnés au plateau",
    call_usage: "Compteurs des plafonds passés",
    call_charges: "Coûts d’appels réglés",
  },
  kept: "Durées",
  days: "Jours",
  forEver: "Sans limite",
  least: (days: number) => `au moins ${days} ${pluralFr(days, "jour", "jours")}`,
  leastLaw: (days: number, preset: string) =>
    `au moins ${days} ${pluralFr(days, "jour", "jours")} (${preset})`,
  save: "Enregistrer",
  saved: "Enregistré.",
  preview: "Compter ce qui partirait",
  would: (n: number, count: string) =>
    `${count} ${pluralFr(n, "partirait", "partiraient")} maintenant`,
  wouldNothing: "Rien ne partirait maintenant : aucune donnée n’est plus ancienne.",
  run: "Supprimer maintenant",
  runTitle: "Supprimer les données anciennes ?",
  runText:
    "Ce qui est plus ancien que les durées enregistrées est supprimé pour toujours. Les totaux des campagnes restent.",
  ran: "Les données anciennes sont supprimées.",
  ranNothing: "Il n’y avait rien à supprimer.",
  holds: {
    title: "Gels juridiques",
    text: "Rien d’un numéro gelé, ou de toute l’organisation, n’est supprimé tant que le gel dure.",
    add: "Geler",
    whole: "Toute l’organisation",
    number: "Numéro",
    numberHelp: "Vide : toute l’organisation",
    reason: "Motif",
    allHeld:
      "Toute l’organisation est gelée : rien n’est supprimé, ni la nuit ni à la main, avant la fin du gel.",
    endText:
      "Ce que ce gel retenait pourra être supprimé dès la prochaine nuit. La fin et son motif sont gardés dans le journal.",
    end: "Mettre fin",
    ended: (at: string) => `terminé le ${at}`,
    nothing: "Aucun gel.",
  },
  runs: {
    title: "Dernières suppressions",
    nothing: "Rien n’a encore été supprimé.",
    none: "rien à supprimer",
    problem: "interrompue : la base était occupée, la suite à la prochaine nuit",
    running: "en cours",
  },
};
export default fr;
