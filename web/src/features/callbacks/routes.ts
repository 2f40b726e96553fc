import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const callbacksRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/callbacks",
    component: lazyRouteComponent(() => import("./CallbacksPage"), "CallbacksPage"),
  }),
] as const;
