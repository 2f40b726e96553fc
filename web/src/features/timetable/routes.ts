import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export type TimetableTab = "week" | "sequences" | "rules" | "history";

const TABS: readonly string[] = ["week", "sequences", "rules", "history"];

export const timetableRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/timetable",
    validateSearch: (raw: Record<string, unknown>): { tab?: TimetableTab | undefined } => ({
      tab: TABS.includes(String(raw.tab)) ? (raw.tab as TimetableTab) : undefined,
    }),
    component: lazyRouteComponent(() => import("./TimetablePage"), "TimetablePage"),
  }),
] as const;
