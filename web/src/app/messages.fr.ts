const fr = {
  skip: "Aller au contenu",
  menu: "Menu",
  closeMenu: "Fermer le menu",
  navigation: {
    label: "Navigation principale",
    desk: "Mon poste",
    live: "Temps réel",
    campaigns: "Campagnes",
    timetable: "Planning",
    callbacks: "Rappels",
    ruleSets: "Règles",
    contactLists: "Listes de contacts",
    imports: "Imports",
    dncLists: "Oppositions",
    consents: "Consentements",
    users: "Utilisateurs",
    settings: "Paramètres",
    audit: "Journal",
  },
  user: {
    menu: (name: string) => `Menu de ${name}`,
    language: "Langue",
    appearance: "Apparence",
    light: "Clair",
    dark: "Sombre",
    auto: "Système",
    signOut: "Se déconnecter",
    roles: { administrator: "Administrateur", supervisor: "Superviseur", agent: "Agent" },
  },
  connection: {
    live: "Données en direct",
    connecting: "Connexion…",
    waiting: "Connexion perdue, nouvelle tentative…",
    retry: "Réessayer maintenant",
  },
  notFound: {
    title: "Cette page n’existe pas",
    text: "L’adresse est peut-être incomplète, ou l’objet a été supprimé.",
    home: "Retour à l’accueil",
  },
  loadFailed: {
    title: "La page n’a pas pu s’afficher",
    text: "Le réseau a peut-être été coupé, ou Kwabo vient d’être mis à jour.",
    reload: "Recharger la page",
  },
};

export default fr;
