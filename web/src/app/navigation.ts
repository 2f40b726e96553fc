/** What the menu shows. An entry is there when the person has one of its permissions. */

import {
  IconActivity,
  IconAddressBook,
  IconAlertTriangle,
  IconBan,
  IconBellRinging,
  IconCalendarCheck,
  IconCalendarTime,
  IconChartGridDots,
  IconChecklist,
  IconClockHour4,
  IconFileImport,
  IconFileText,
  IconGitBranch,
  IconHeadset,
  IconHistory,
  IconMessage,
  IconMicrophone,
  IconPhoneOutgoing,
  IconRecordMail,
  IconRoute,
  IconSend,
  IconSettings,
  IconSitemap,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Permission } from "@/api/types";
import type fr from "./messages.fr";

export interface NavigationEntry {
  to:
    | "/desk"
    | "/live"
    | "/campaigns"
    | "/timetable"
    | "/callbacks"
    | "/voicemails"
    | "/flows"
    | "/incidents"
    | "/messages"
    | "/sandbox"
    | "/rule-sets"
    | "/scripts"
    | "/response-sets"
    | "/prompts"
    | "/call-results"
    | "/callable-time-sets"
    | "/contact-lists"
    | "/imports"
    | "/dnc-lists"
    | "/consents"
    | "/users"
    | "/settings"
    | "/event-log"
    | "/audit";
  label: keyof typeof fr.navigation;
  icon: TablerIcon;
  anyOf: Permission[];
}

/** Entries that belong together, below one heading; the first have none. */
export interface NavigationGroup {
  heading: keyof typeof fr.navigationGroups | null;
  entries: NavigationEntry[];
}

export const NAVIGATION: NavigationGroup[] = [
  {
    heading: null,
    entries: [
      { to: "/desk", label: "desk", icon: IconHeadset, anyOf: ["agent.desktop"] },
      { to: "/live", label: "live", icon: IconActivity, anyOf: ["live.read"] },
    ],
  },
  {
    heading: "calls",
    entries: [
      { to: "/campaigns", label: "campaigns", icon: IconPhoneOutgoing, anyOf: ["campaigns.read"] },
      { to: "/timetable", label: "timetable", icon: IconCalendarTime, anyOf: ["campaigns.read"] },
      { to: "/callbacks", label: "callbacks", icon: IconCalendarCheck, anyOf: ["campaigns.read"] },
      {
        to: "/voicemails",
        label: "voicemails",
        icon: IconRecordMail,
        anyOf: ["voicemails.handle", "agent.desktop"],
      },
      {
        to: "/call-results",
        label: "callResults",
        icon: IconChartGridDots,
        anyOf: ["reports.read"],
      },
    ],
  },
  {
    heading: "contacts",
    entries: [
      {
        to: "/contact-lists",
        label: "contactLists",
        icon: IconAddressBook,
        anyOf: ["contacts.read"],
      },
      { to: "/imports", label: "imports", icon: IconFileImport, anyOf: ["contacts.write"] },
      { to: "/dnc-lists", label: "dncLists", icon: IconBan, anyOf: ["dnc.write"] },
      { to: "/consents", label: "consents", icon: IconChecklist, anyOf: ["contacts.read"] },
    ],
  },
  {
    heading: "design",
    entries: [
      { to: "/flows", label: "flows", icon: IconSitemap, anyOf: ["flows.read"] },
      { to: "/prompts", label: "prompts", icon: IconMicrophone, anyOf: ["prompts.read"] },
      { to: "/scripts", label: "scripts", icon: IconFileText, anyOf: ["campaigns.read"] },
      { to: "/rule-sets", label: "ruleSets", icon: IconGitBranch, anyOf: ["campaigns.read"] },
      { to: "/response-sets", label: "responseSets", icon: IconRoute, anyOf: ["campaigns.read"] },
      {
        to: "/callable-time-sets",
        label: "callableTimeSets",
        icon: IconClockHour4,
        anyOf: ["campaigns.read"],
      },
    ],
  },
  {
    heading: "service",
    entries: [
      { to: "/incidents", label: "incidents", icon: IconAlertTriangle, anyOf: ["incidents.read"] },
      { to: "/messages", label: "messages", icon: IconSend, anyOf: ["messages.read"] },
      { to: "/sandbox", label: "sandbox", icon: IconMessage, anyOf: ["messages.read"] },
    ],
  },
  {
    heading: "administration",
    entries: [
      { to: "/users", label: "users", icon: IconUsers, anyOf: ["users.read"] },
      {
        to: "/settings",
        label: "settings",
        icon: IconSettings,
        anyOf: ["settings.read", "settings.write", "queues.write", "tokens.write"],
      },
      { to: "/event-log", label: "eventLog", icon: IconBellRinging, anyOf: ["campaigns.read"] },
      { to: "/audit", label: "audit", icon: IconHistory, anyOf: ["audit.read"] },
    ],
  },
];

/** What the person may open, by group; groups without such an entry are left out. */
export function allowedGroups(permissions: readonly Permission[]): NavigationGroup[] {
  return NAVIGATION.map(({ heading, entries }) => ({
    heading,
    entries: entries.filter(({ anyOf }) => anyOf.some((needed) => permissions.includes(needed))),
  })).filter(({ entries }) => entries.length > 0);
}

export function allowedEntries(permissions: readonly Permission[]): NavigationEntry[] {
  return allowedGroups(permissions).flatMap(({ entries }) => entries);
}
