import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const callableTimeSetsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/callable-time-sets",
    component: lazyRouteComponent(() => import("./CallableTimeSetsPage"), "CallableTimeSetsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/callable-time-sets/new",
    component: lazyRouteComponent(() => import("./CallableTimeSetPages"), "NewCallableTimeSetPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/callable-time-sets/$callableTimeSetId",
    component: lazyRouteComponent(() => import("./CallableTimeSetPages"), "CallableTimeSetPage"),
  }),
] as const;
