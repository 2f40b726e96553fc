import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const agentRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/desk",
    component: lazyRouteComponent(() => import("./DeskPage"), "DeskPage"),
  }),
] as const;
