import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const callResultsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/call-results",
    component: lazyRouteComponent(() => import("./CallResultsPage"), "CallResultsPage"),
  }),
] as const;
