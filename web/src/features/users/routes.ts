import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const usersRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/users",
    component: lazyRouteComponent(() => import("./UsersPage"), "UsersPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/users/new",
    component: lazyRouteComponent(() => import("./NewUserPage"), "NewUserPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/users/$userId",
    component: lazyRouteComponent(() => import("./UserPage"), "UserPage"),
  }),
] as const;
