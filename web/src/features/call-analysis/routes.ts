import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const callAnalysisRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/response-sets",
    component: lazyRouteComponent(() => import("./ResponseSetsPage"), "ResponseSetsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/response-sets/$responseSetId",
    component: lazyRouteComponent(() => import("./ResponseSetPage"), "ResponseSetPage"),
  }),
] as const;
