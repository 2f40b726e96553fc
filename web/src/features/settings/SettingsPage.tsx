import { Link, Navigate, Outlet, useMatches } from "@tanstack/react-router";
import type { Permission } from "@/api/types";
import { useSession } from "@/features/session/session";
import { NoRights } from "@/shared/NoRights";
import { PageHeader } from "@/shared/PageHeader";
import { useActiveInView } from "@/shared/useActiveInView";
import { useText } from "./messages";
import classes from "./SettingsPage.module.css";

const PARTS = [
  {
    to: "/settings/queues",
    label: "queues",
    anyOf: ["queues.write", "settings.read", "settings.write"],
  },
  {
    to: "/settings/skills",
    label: "skills",
    anyOf: ["queues.write", "settings.read", "settings.write"],
  },
  { to: "/settings/trunks", label: "trunks", anyOf: ["settings.read", "settings.write"] },
  {
    to: "/settings/inbound-numbers",
    label: "inboundNumbers",
    anyOf: ["settings.read", "settings.write"],
  },
  { to: "/settings/wrap-up-codes", label: "wrapUps", anyOf: ["settings.read", "settings.write"] },
  { to: "/settings/outcomes", label: "outcomes", anyOf: ["settings.read", "settings.write"] },
  {
    to: "/settings/data-actions",
    label: "dataActions",
    anyOf: ["campaigns.read", "settings.read", "settings.write"],
  },
  { to: "/settings/pause-reasons", label: "pauses", anyOf: ["settings.read", "settings.write"] },
  { to: "/settings/compliance", label: "compliance", anyOf: ["settings.read", "settings.write"] },
  {
    to: "/settings/attempt-limits",
    label: "attemptLimits",
    anyOf: ["campaigns.read", "settings.read", "settings.write"],
  },
  { to: "/settings/places", label: "places", anyOf: ["incidents.read"] },
  { to: "/settings/retention", label: "retention", anyOf: ["settings.read", "settings.write"] },
  { to: "/settings/webhooks", label: "webhooks", anyOf: ["settings.read", "settings.write"] },
  { to: "/settings/api-tokens", label: "tokens", anyOf: ["tokens.write"] },
] as const satisfies readonly { to: string; label: string; anyOf: readonly Permission[] }[];

function useParts() {
  const { permissions } = useSession();
  return PARTS.filter((part) => part.anyOf.some((needed) => permissions.includes(needed)));
}

export function SettingsPage() {
  const t = useText();
  const parts = useParts();
  const shown = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? "" });
  const menu = useActiveInView<HTMLElement>(shown);
  const here = PARTS.find((part) => shown.startsWith(part.to));
  return (
    <>
      <PageHeader title={t.title} />
      <div className={classes.columns}>
        <nav ref={menu} className={classes.menu} aria-label={t.menu}>
          {parts.map((part) => {
            const words = t[part.label];
            return (
              <Link
                key={part.to}
                to={part.to}
                className={classes.link}
                activeProps={{ "data-active": true, "aria-current": "page" }}
              >
                {typeof words === "string" ? words : words.title}
              </Link>
            );
          })}
        </nav>
        <div className={classes.part}>
          {here === undefined || parts.includes(here) ? <Outlet /> : <NoRights part />}
        </div>
      </div>
    </>
  );
}

/** The first part that the person may see. */
export function FirstSetting() {
  const first = useParts()[0];
  return first ? <Navigate to={first.to} replace /> : <NoRights part />;
}
