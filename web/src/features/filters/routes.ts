import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const filtersRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/contact-lists/$contactListId/filters",
    component: lazyRouteComponent(() => import("./FiltersPage"), "FiltersPage"),
  }),
] as const;
