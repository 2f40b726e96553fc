import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const incidentsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/incidents",
    component: lazyRouteComponent(() => import("./IncidentsPage"), "IncidentsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/messages",
    component: lazyRouteComponent(() => import("./MessagesPage"), "MessagesPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/sandbox",
    component: lazyRouteComponent(() => import("./SandboxPage"), "SandboxPage"),
  }),
] as const;
