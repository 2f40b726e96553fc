import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

/** `list`: the list that the file is meant for. */
const intoList = (raw: Record<string, unknown>): { list?: string } => ({
  list: typeof raw.list === "string" ? raw.list : undefined,
});

export const importsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/imports",
    component: lazyRouteComponent(() => import("./ImportsPage"), "ImportsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/imports/new",
    validateSearch: intoList,
    component: lazyRouteComponent(() => import("./UploadPage"), "UploadPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/imports/$importId",
    component: lazyRouteComponent(() => import("./ImportPage"), "ImportPage"),
  }),
] as const;
