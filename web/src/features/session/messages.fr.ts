const fr = {
  title: "Connexion",
  meaning: "« Bienvenue », en fon. Le centre de contact de toute votre équipe.",
  login: "Identifiant",
  password: "Mot de passe",
  showPassword: "Montrer ou cacher le mot de passe",
  signIn: "Se connecter",
  language: "Langue",
  unreachable: "Kwabo ne répond pas",
  tryAgain: "Réessayer",
};

export default fr;
