import { pluralFr } from "@/i18n/messages";

const fr = {
  title: "Jetons d’API",
  text: "Pour qu’un CRM ou un script parle à Kwabo en votre nom. Un jeton ne peut jamais plus que vous.",
  add: "Nouveau jeton",
  name: "Nom",
  nameHelp: "Pour quel programme, par exemple « CRM ».",
  scopes: "Ce qu’il permet",
  expires: "Valable",
  expiresAt: "Expire",
  lastUsed: "Dernier usage",
  never: "jamais",
  revoked: "Révoqué",
  expired: "Expiré",
  valid: "Valable",
  days: (n: string) => `${n} ${pluralFr(n, "jour", "jours")}`,
  made: "Le jeton est créé",
  once: "Copiez-le maintenant : il ne sera plus jamais montré.",
  revoke: "Révoquer",
  revokeOf: (name: string) => `Révoquer ${name}`,
  revokeTitle: (name: string) => `Révoquer le jeton ${name} ?`,
  revokeText:
    "Le programme qui s’en sert est refusé dès la seconde suivante. Cela ne peut pas être défait.",
  revokedDone: "Le jeton est révoqué.",
  nothing: {
    title: "Aucun jeton",
    text: "Créez-en un pour relier votre CRM à Kwabo.",
  },
};

export default fr;
