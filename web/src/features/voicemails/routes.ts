import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const voicemailsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/voicemails",
    component: lazyRouteComponent(() => import("./VoicemailsPage"), "VoicemailsPage"),
  }),
] as const;
