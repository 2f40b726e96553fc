import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export type CampaignTab =
  | "progress"
  | "diagnosis"
  | "pacing"
  | "contacts"
  | "attempts"
  | "rules"
  | "answers"
  | "flow-results"
  | "what-ifs";

export interface CampaignSearch {
  tab?: CampaignTab;
  search?: string;
  state?: string;
  result?: string;
  agent?: string;
  from?: string;
  until?: string;
}

const TABS: readonly string[] = [
  "progress",
  "diagnosis",
  "pacing",
  "contacts",
  "attempts",
  "rules",
  "answers",
  "flow-results",
  "what-ifs",
];
const text = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;

export const campaignsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/campaigns",
    component: lazyRouteComponent(() => import("./CampaignsPage"), "CampaignsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/campaigns/new",
    validateSearch: (raw: Record<string, unknown>): { copy?: string } => ({ copy: text(raw.copy) }),
    component: lazyRouteComponent(() => import("./NewCampaignPage"), "NewCampaignPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/campaigns/$campaignId",
    validateSearch: (raw: Record<string, unknown>): CampaignSearch => ({
      tab: TABS.includes(String(raw.tab)) ? (raw.tab as CampaignTab) : undefined,
      search: text(raw.search),
      state: text(raw.state),
      result: text(raw.result),
      agent: text(raw.agent),
      from: text(raw.from),
      until: text(raw.until),
    }),
    component: lazyRouteComponent(() => import("./CampaignPage"), "CampaignPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/campaigns/$campaignId/edit",
    component: lazyRouteComponent(() => import("./EditCampaignPage"), "EditCampaignPage"),
  }),
] as const;
