import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const scriptsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/scripts",
    component: lazyRouteComponent(() => import("./ScriptsPage"), "ScriptsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/scripts/$scriptId",
    component: lazyRouteComponent(() => import("./ScriptPage"), "ScriptPage"),
  }),
] as const;
