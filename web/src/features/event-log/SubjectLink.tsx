import type { ReactNode } from "react";
import type { LoggedEvent } from "@/api/types";
import { TextLink } from "@/shared/TextLink";

/** The name of what an event is about, as a link where there is a page of it. */
export function SubjectLink({ event, children }: { event: LoggedEvent; children: ReactNode }) {
  const id = event.subject_id;
  switch (event.subject_kind) {
    case "campaign":
      return (
        <TextLink to="/campaigns/$campaignId" params={{ campaignId: id }}>
          {children}
        </TextLink>
      );
    case "contact_list":
      return (
        <TextLink to="/contact-lists/$contactListId" params={{ contactListId: id }}>
          {children}
        </TextLink>
      );
    case "import":
      if (event.category === "DNC_LIST") return <TextLink to="/dnc-lists">{children}</TextLink>;
      return (
        <TextLink to="/imports/$importId" params={{ importId: id }}>
          {children}
        </TextLink>
      );
    case "import_schedule":
      return (
        <TextLink to="/import-schedules/$importScheduleId" params={{ importScheduleId: id }}>
          {children}
        </TextLink>
      );
    case "import_template":
      return (
        <TextLink to="/import-templates/$importTemplateId" params={{ importTemplateId: id }}>
          {children}
        </TextLink>
      );
    case "dnc_list":
      return (
        <TextLink to="/dnc-lists/$dncListId" params={{ dncListId: id }}>
          {children}
        </TextLink>
      );
    case "rule_set":
      return (
        <TextLink to="/rule-sets/$ruleSetId" params={{ ruleSetId: id }}>
          {children}
        </TextLink>
      );
    case "webhook":
      return (
        <TextLink to="/settings/webhooks/$webhookId" params={{ webhookId: id }}>
          {children}
        </TextLink>
      );
    case "trunk":
      return <TextLink to="/settings/trunks">{children}</TextLink>;
    case "queue":
      if (event.category !== "QUEUE") return <TextLink to="/settings/queues">{children}</TextLink>;
      return (
        <TextLink to="/live/queues/$queueId" params={{ queueId: id }}>
          {children}
        </TextLink>
      );
    case "compliance":
      return <TextLink to="/settings/compliance">{children}</TextLink>;
    case "sequence":
    case "campaign_rule":
      return <TextLink to="/timetable">{children}</TextLink>;
    case "callable_time_set":
      return <TextLink to="/callable-time-sets">{children}</TextLink>;
    default:
      return <>{children}</>;
  }
}
