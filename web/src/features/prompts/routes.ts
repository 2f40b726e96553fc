import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const promptsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/prompts",
    component: lazyRouteComponent(() => import("./PromptsPage"), "PromptsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/prompts/record/$language",
    component: lazyRouteComponent(() => import("./RecorderPage"), "RecorderPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/prompts/$promptId",
    component: lazyRouteComponent(() => import("./PromptPage"), "PromptPage"),
  }),
] as const;
