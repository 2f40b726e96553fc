import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const ruleSetsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/rule-sets",
    component: lazyRouteComponent(() => import("./RuleSetsPage"), "RuleSetsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/rule-sets/$ruleSetId",
    component: lazyRouteComponent(() => import("./RuleSetPage"), "RuleSetPage"),
  }),
] as const;
