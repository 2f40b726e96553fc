import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const auditRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/audit",
    component: lazyRouteComponent(() => import("./AuditPage"), "AuditPage"),
  }),
] as const;
