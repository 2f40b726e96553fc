import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";
import { HomePage } from "./HomePage";

export const homeRoutes = [
  createRoute({ getParentRoute: () => rootRoute, path: "/", component: HomePage }),
] as const;
