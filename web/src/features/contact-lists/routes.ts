import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const contactListsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/contact-lists",
    component: lazyRouteComponent(() => import("./ContactListsPage"), "ContactListsPage"),
  }),
] as const;
