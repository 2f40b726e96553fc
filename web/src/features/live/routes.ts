import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export interface LiveSearch {
  queue?: string;
  /** On a wall: large, dark, without the menu. */
  wall?: boolean;
}

export const liveRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/live",
    validateSearch: (raw: Record<string, unknown>): LiveSearch => ({
      queue: typeof raw.queue === "string" ? raw.queue : undefined,
      wall: raw.wall === true || raw.wall === 1 ? true : undefined,
    }),
    component: lazyRouteComponent(() => import("./LivePage"), "LivePage"),
  }),
] as const;
