import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const dncRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/dnc-lists",
    component: lazyRouteComponent(() => import("./DncListsPage"), "DncListsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/dnc-lists/$dncListId",
    component: lazyRouteComponent(() => import("./DncListPage"), "DncListPage"),
  }),
] as const;
