import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export interface ContactSearch {
  search?: string;
  sort?: string;
  callable?: "yes" | "no";
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;

export const contactListsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/contact-lists",
    component: lazyRouteComponent(() => import("./ContactListsPage"), "ContactListsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/contact-lists/new",
    component: lazyRouteComponent(() => import("./NewContactListPage"), "NewContactListPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/contact-lists/$contactListId",
    validateSearch: (raw: Record<string, unknown>): ContactSearch => ({
      search: text(raw.search),
      sort: text(raw.sort),
      callable: raw.callable === "yes" || raw.callable === "no" ? raw.callable : undefined,
    }),
    component: lazyRouteComponent(() => import("./ContactListPage"), "ContactListPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/contact-lists/$contactListId/edit",
    component: lazyRouteComponent(() => import("./EditContactListPage"), "EditContactListPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/contact-lists/$contactListId/columns",
    component: lazyRouteComponent(
      () => import("@/features/list-columns/ColumnsPage"),
      "ColumnsPage",
    ),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/contact-lists/$contactListId/health",
    component: lazyRouteComponent(
      () => import("@/features/list-health/ListHealthPage"),
      "ListHealthPage",
    ),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/contacts/$contactId",
    component: lazyRouteComponent(() => import("./ContactPage"), "ContactPage"),
  }),
] as const;
