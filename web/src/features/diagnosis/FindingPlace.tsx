import { usePermission } from "@/features/session/session";
import { TextLink } from "@/shared/TextLink";
import { useText } from "./messages";
import type { Diagnosis, Finding } from "./types";

/** A link to where a finding is mended, for those who may go there. */
export function FindingPlace({ finding, diagnosis }: { finding: Finding; diagnosis: Diagnosis }) {
  const t = useText();
  const may = {
    campaign: usePermission("campaigns.write"),
    live: usePermission("live.read"),
    settings: usePermission("settings.write"),
    contacts: usePermission("contacts.read"),
    dnc: usePermission("dnc.write"),
  };
  const { campaign_id: campaignId, contact_list_id: contactListId } = diagnosis;
  switch (finding.place) {
    case "campaign":
      // To start it is one of the page's own buttons.
      if (["CAMPAIGN_NOT_RUNNING", "CAMPAIGN_COMPLETE"].includes(finding.code)) return null;
      if (finding.code === "RULES_LEAVE_OUT") {
        return (
          <TextLink to="/campaigns/$campaignId" params={{ campaignId }} search={{ tab: "rules" }}>
            {t.places.rules}
          </TextLink>
        );
      }
      return may.campaign ? (
        <TextLink to="/campaigns/$campaignId/edit" params={{ campaignId }}>
          {t.places.campaign}
        </TextLink>
      ) : null;
    case "agents":
      if (finding.code === "QUEUE_WITHOUT_AGENTS") {
        return may.settings ? <TextLink to="/settings/queues">{t.places.queue}</TextLink> : null;
      }
      return may.live ? <TextLink to="/live">{t.places.agents}</TextLink> : null;
    case "trunk":
      return may.settings ? <TextLink to="/settings/trunks">{t.places.trunk}</TextLink> : null;
    case "compliance":
      return may.settings ? (
        <TextLink to="/settings/compliance">{t.places.compliance}</TextLink>
      ) : null;
    case "list":
      return may.contacts ? (
        <TextLink to="/contact-lists/$contactListId" params={{ contactListId }}>
          {t.places.list}
        </TextLink>
      ) : null;
    case "dnc":
      return may.dnc ? <TextLink to="/dnc-lists">{t.places.dnc}</TextLink> : null;
    case "data_actions":
      return <TextLink to="/settings/data-actions">{t.places.dataActions}</TextLink>;
    case "recycle":
    case "pacing":
      return (
        <TextLink
          to="/campaigns/$campaignId"
          params={{ campaignId }}
          search={
            finding.place === "pacing" ? { tab: "pacing" } : { tab: "contacts", state: "finished" }
          }
        >
          {t.places[finding.place]}
        </TextLink>
      );
    default:
      return null;
  }
}
