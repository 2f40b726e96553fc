import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const campaignsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/campaigns",
    component: lazyRouteComponent(() => import("./CampaignsPage"), "CampaignsPage"),
  }),
] as const;
