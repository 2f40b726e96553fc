import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const consentsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/consents",
    component: lazyRouteComponent(() => import("./ConsentsPage"), "ConsentsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/attempts/$attemptId/proof",
    component: lazyRouteComponent(() => import("../compliance/ProofPage"), "ProofPage"),
  }),
] as const;
