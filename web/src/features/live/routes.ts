import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const liveRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/live",
    component: lazyRouteComponent(() => import("./LivePage"), "LivePage"),
  }),
] as const;
