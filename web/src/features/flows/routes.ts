import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const flowsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/flows",
    component: lazyRouteComponent(() => import("./FlowsPage"), "FlowsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/flows/$flowId",
    component: lazyRouteComponent(() => import("./FlowPage"), "FlowPage"),
  }),
] as const;
