import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";
import { filterOf } from "./filter";

export const eventLogRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/event-log",
    validateSearch: filterOf,
    component: lazyRouteComponent(() => import("./EventLogPage"), "EventLogPage"),
  }),
] as const;
