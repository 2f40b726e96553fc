import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/roots";

const layout = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./SettingsPage"), "SettingsPage"),
});

export const settingsRoutes = [
  layout.addChildren([
    createRoute({
      getParentRoute: () => layout,
      path: "/",
      component: lazyRouteComponent(() => import("./SettingsPage"), "FirstSetting"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/queues",
      component: lazyRouteComponent(() => import("./QueuesPage"), "QueuesPage"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/queues/$queueId",
      component: lazyRouteComponent(() => import("../queues/QueuePage"), "QueuePage"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/skills",
      component: lazyRouteComponent(() => import("../queues/SkillsPage"), "SkillsPage"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/trunks",
      component: lazyRouteComponent(() => import("./TrunksPage"), "TrunksPage"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/inbound-numbers",
      component: lazyRouteComponent(
        () => import("../inbound-numbers/InboundNumbersPage"),
        "InboundNumbersPage",
      ),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/wrap-up-codes",
      component: lazyRouteComponent(() => import("./WrapUpCodesPage"), "WrapUpCodesPage"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/pause-reasons",
      component: lazyRouteComponent(() => import("./PauseReasonsPage"), "PauseReasonsPage"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/places",
      component: lazyRouteComponent(
        () => import("../incidents/PlaceColumnsPage"),
        "PlaceColumnsPage",
      ),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/compliance",
      component: lazyRouteComponent(() => import("../compliance/CompliancePage"), "CompliancePage"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/attempt-limits",
      component: lazyRouteComponent(
        () => import("../attempt-rules/AttemptLimitsPage"),
        "AttemptLimitsPage",
      ),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/outcomes",
      component: lazyRouteComponent(() => import("../outcomes/OutcomesPage"), "OutcomesPage"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/data-actions",
      component: lazyRouteComponent(
        () => import("../data-actions/DataActionsPage"),
        "DataActionsPage",
      ),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/data-actions/$dataActionId",
      component: lazyRouteComponent(
        () => import("../data-actions/DataActionPage"),
        "DataActionPage",
      ),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/retention",
      component: lazyRouteComponent(() => import("../retention/RetentionPage"), "RetentionPage"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/webhooks",
      component: lazyRouteComponent(() => import("../webhooks/WebhooksPage"), "WebhooksPage"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/webhooks/$webhookId",
      component: lazyRouteComponent(() => import("../webhooks/WebhookPage"), "WebhookPage"),
    }),
    createRoute({
      getParentRoute: () => layout,
      path: "/api-tokens",
      component: lazyRouteComponent(() => import("../api-tokens/ApiTokensPage"), "ApiTokensPage"),
    }),
  ]),
] as const;
