import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const importSchedulesRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/import-schedules",
    component: lazyRouteComponent(() => import("./SchedulesPage"), "SchedulesPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/import-schedules/new",
    component: lazyRouteComponent(() => import("./SchedulePages"), "NewSchedulePage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/import-schedules/$importScheduleId",
    component: lazyRouteComponent(() => import("./SchedulePage"), "SchedulePage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/import-schedules/$importScheduleId/edit",
    component: lazyRouteComponent(() => import("./SchedulePages"), "EditSchedulePage"),
  }),
] as const;
