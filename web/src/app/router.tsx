import { createRouter } from "@tanstack/react-router";
import { agentRoutes } from "@/features/agent/routes";
import { auditRoutes } from "@/features/audit/routes";
import { callAnalysisRoutes } from "@/features/call-analysis/routes";
import { callResultsRoutes } from "@/features/call-results/routes";
import { callableTimeSetsRoutes } from "@/features/callable-time-sets/routes";
import { callbacksRoutes } from "@/features/callbacks/routes";
import { campaignsRoutes } from "@/features/campaigns/routes";
import { consentsRoutes } from "@/features/consents/routes";
import { contactListsRoutes } from "@/features/contact-lists/routes";
import { dncRoutes } from "@/features/dnc/routes";
import { eventLogRoutes } from "@/features/event-log/routes";
import { filtersRoutes } from "@/features/filters/routes";
import { flowsRoutes } from "@/features/flows/routes";
import { homeRoutes } from "@/features/home/routes";
import { importSchedulesRoutes } from "@/features/import-schedules/routes";
import { importTemplatesRoutes } from "@/features/import-templates/routes";
import { importsRoutes } from "@/features/imports/routes";
import { incidentsRoutes } from "@/features/incidents/routes";
import { liveRoutes } from "@/features/live/routes";
import { promptsRoutes } from "@/features/prompts/routes";
import { queueBoardRoutes } from "@/features/queue-board/routes";
import { ruleSetsRoutes } from "@/features/rule-sets/routes";
import { scriptsRoutes } from "@/features/scripts/routes";
import { settingsRoutes } from "@/features/settings/routes";
import { timetableRoutes } from "@/features/timetable/routes";
import { usersRoutes } from "@/features/users/routes";
import { voicemailsRoutes } from "@/features/voicemails/routes";
import { LoadFailed, RoutePending } from "./Fallbacks";
import { rootRoute } from "./roots";

const routeTree = rootRoute.addChildren([
  ...homeRoutes,
  ...agentRoutes,
  ...liveRoutes,
  ...queueBoardRoutes,
  ...campaignsRoutes,
  ...callableTimeSetsRoutes,
  ...timetableRoutes,
  ...callbacksRoutes,
  ...voicemailsRoutes,
  ...flowsRoutes,
  ...incidentsRoutes,
  ...ruleSetsRoutes,
  ...scriptsRoutes,
  ...callAnalysisRoutes,
  ...promptsRoutes,
  ...callResultsRoutes,
  ...contactListsRoutes,
  ...filtersRoutes,
  ...importsRoutes,
  ...importTemplatesRoutes,
  ...importSchedulesRoutes,
  ...dncRoutes,
  ...consentsRoutes,
  ...usersRoutes,
  ...settingsRoutes,
  ...eventLogRoutes,
  ...auditRoutes,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 200,
  defaultPendingComponent: RoutePending,
  defaultErrorComponent: LoadFailed,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
