import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

export const queueBoardRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/live/queues/$queueId",
    component: lazyRouteComponent(() => import("./QueueBoardPage"), "QueueBoardPage"),
  }),
] as const;
