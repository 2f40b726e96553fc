import type { Like } from "@/i18n/messages";
import type fr from "./messages.fr";

const en: Like<typeof fr> = {
  skip: "Skip to content",
  menu: "Menu",
  closeMenu: "Close menu",
  navigation: {
    label: "Main navigation",
    desk: "My desk",
    live: "Live",
    campaigns: "Campaigns",
    timetable: "Timetable",
    callbacks: "Callbacks",
    voicemails: "Voicemail",
    flows: "Flows",
    incidents: "Incidents, opening",
    sandbox: "Sandbox",
    ruleSets: "Rules",
    scripts: "Scripts",
    responseSets: "Response sets",
    prompts: "Prompts and languages",
    callResults: "Call results",
    callableTimeSets: "Callable hours",
    contactLists: "Contact lists",
    imports: "Imports",
    dncLists: "DNC lists",
    consents: "Consents",
    users: "Users",
    settings: "Settings",
    eventLog: "Events",
    audit: "Audit log",
  },
  navigationGroups: {
    calls: "Calls",
    contacts: "Contacts",
    design: "Design",
    service: "Service",
    administration: "Administration",
  },
  user: {
    menu: (name) => `Menu of ${name}`,
    language: "Language",
    appearance: "Appearance",
    light: "Light",
    dark: "Dark",
    auto: "System",
    signOut: "Sign out",
    roles: { administrator: "Administrator", supervisor: "Supervisor", agent: "Agent" },
  },
  connection: {
    live: "Live data",
    connecting: "Connecting…",
    waiting: "Connection lost, trying again…",
    retry: "Try now",
  },
  notFound: {
    title: "There is no such page",
    text: "The address may be incomplete, or the object has been deleted.",
    home: "Back to the start",
  },
  loadFailed: {
    title: "The page could not be shown",
    text: "The network may be down, or Kwabo has just been updated.",
    reload: "Reload the page",
  },
};

export default en;
