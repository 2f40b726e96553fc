import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const importTemplatesRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/import-templates",
    component: lazyRouteComponent(() => import("./TemplatesPage"), "TemplatesPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/import-templates/new",
    component: lazyRouteComponent(() => import("./TemplatePage"), "NewTemplatePage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/import-templates/$importTemplateId",
    component: lazyRouteComponent(() => import("./TemplatePage"), "TemplatePage"),
  }),
] as const;
