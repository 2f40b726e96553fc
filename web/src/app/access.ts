/** Which pages a person may open. The API decides on what is in them; this keeps a person from pages of refusals. */

import type { Permission } from "@/api/types";
import { NAVIGATION } from "./navigation";

type Rule = readonly [path: string, anyOf: readonly Permission[]];

/** `*` stands for an id; pages below a path are as the path. Those in the menu are as the menu says. */
const RULES: readonly Rule[] = [
  ["/attempts", ["campaigns.read", "reports.read"]],
  ["/contacts", ["contacts.read"]],
  ["/import-schedules", ["contacts.read"]],
  ["/import-templates", ["contacts.read"]],
  ["/imports", ["contacts.read"]],
  ["/dnc-lists", ["dnc.write", "campaigns.read", "settings.read"]],
  // Attempt limits and data actions are read by who reads campaigns; each part has rights of its own.
  [
    "/settings",
    ["campaigns.read", "settings.read", "settings.write", "queues.write", "tokens.write"],
  ],
  ["/callable-time-sets/new", ["campaigns.write"]],
  ["/campaigns/new", ["campaigns.write"]],
  ["/campaigns/*/edit", ["campaigns.write"]],
  ["/contact-lists/new", ["lists.write"]],
  ["/contact-lists/*/edit", ["lists.write"]],
  ["/import-schedules/new", ["lists.write"]],
  ["/import-schedules/*/edit", ["lists.write"]],
  ["/import-templates/new", ["lists.write"]],
  ["/imports/new", ["contacts.write"]],
  ["/users/new", ["users.write"]],
  ...NAVIGATION.flatMap(({ entries }) => entries).map((entry): Rule => [entry.to, entry.anyOf]),
];

/** The most exact rule decides; a page without one is everybody's. */
export function mayOpen(pathname: string, permissions: readonly Permission[]): boolean {
  const parts = pathname.split("/").filter(Boolean);
  const fits = ([path]: Rule) => {
    const wanted = path.split("/").filter(Boolean);
    return wanted.every((part, index) =>
      part === "*" ? parts[index] !== undefined : parts[index] === part,
    );
  };
  const exactness = ([path]: Rule) => path.split("/").length;
  const rule = RULES.filter(fits).reduce<Rule | null>(
    (best, one) => (best !== null && exactness(best) >= exactness(one) ? best : one),
    null,
  );
  return rule === null || rule[1].some((needed) => permissions.includes(needed));
}
