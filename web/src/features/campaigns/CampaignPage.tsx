import { ActionIcon, Alert, Menu, Tabs } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconAlertTriangle,
  IconCopy,
  IconDots,
  IconInfoCircle,
  IconSettings,
  IconTrash,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { api } from "@/api/client";
import type { Campaign, StateReason } from "@/api/types";
import { RecycleButton } from "@/features/attempt-rules/RecycleButton";
import { FlowResultsTab } from "@/features/callers/FlowResultsTab";
import { DiagnosisTab } from "@/features/diagnosis/DiagnosisTab";
import { PacingTab } from "@/features/pacing/PacingTab";
import { CampaignRulesTab } from "@/features/rule-sets/CampaignRulesTab";
import { AnswersTab } from "@/features/scripts/AnswersTab";
import { usePermission } from "@/features/session/session";
import { CampaignTimetable } from "@/features/timetable/CampaignTimetable";
import { WhatIfsTab } from "@/features/what-ifs/WhatIfsTab";
import { useCampaign } from "@/live/useLive";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { LinkButton } from "@/shared/LinkButton";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { useActiveInView } from "@/shared/useActiveInView";
import { useFormats } from "@/shared/useFormats";
import { CampaignBadge } from "@/words/badges";
import { useWords } from "@/words/messages";
import { AttemptsTab } from "./AttemptsTab";
import { CampaignButtons } from "./CampaignButtons";
import classes from "./CampaignPage.module.css";
import { ContactsTab } from "./ContactsTab";
import { useText } from "./messages";
import { ProgressTab } from "./ProgressTab";
import type { CampaignSearch, CampaignTab } from "./routes";
import { useOneCampaign } from "./useCampaignQueries";

/** Reasons that end by themselves are news; the others need someone. */
const NEEDS_SOMEONE: readonly StateReason[] = [
  "TRUNK_DOWN",
  "SWITCH_LOST",
  "TRUNK_CONGESTED",
  "NO_AGENTS",
  "NO_LINES",
];

function StateReasonLine({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const words = useWords();
  const formats = useFormats();
  const live = useCampaign(campaign.campaign_id);
  const next = live?.next_attempt_at ?? null;
  const filled = live?.order_filled ?? null;
  const reason = campaign.state === "running" ? campaign.state_reason : "";
  const said = reason === "" ? campaign.state : reason;
  if (said === "running") return null;
  const text = t.reasons[said];
  const alarm = reason !== "" && NEEDS_SOMEONE.includes(reason);
  const waits = reason === "WAITING_FOR_RECALLS" || reason === "OUTSIDE_CALLABLE_TIME";
  return (
    <Alert
      mb="md"
      color={alarm ? "orange" : campaign.state === "stopped" ? "red" : "blue"}
      icon={alarm ? <IconAlertTriangle /> : <IconInfoCircle />}
      {...(reason === "" ? {} : { title: words.stateReasons[reason] })}
      role="status"
      styles={{ title: { color: "inherit" } }}
    >
      {text} {waits && next && t.nextAt(formats.dateTime(next))}
      {reason === "ORDER_FILLING" &&
        filled !== null &&
        t.filled(formats.count(filled), formats.count(live?.contacts ?? 0))}
    </Alert>
  );
}

export function CampaignPage() {
  const t = useText();
  const { campaignId } = useParams({ from: "/campaigns/$campaignId" });
  const filter: CampaignSearch = useSearch({ from: "/campaigns/$campaignId" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const mayWrite = usePermission("campaigns.write");
  const [deleting, { open: askDelete, close: noDelete }] = useDisclosure(false);
  const campaign = useOneCampaign(campaignId);
  const tab = filter.tab ?? "progress";
  const tabs = useActiveInView<HTMLDivElement>(campaign.isPending ? "" : tab);
  if (campaign.isPending) return <Loading />;
  if (campaign.data === undefined) {
    return <LoadError error={campaign.error} onRetry={() => void campaign.refetch()} />;
  }
  const { data } = campaign;
  const inbound = data.mode === "inbound";
  return (
    <>
      <PageHeader
        title={data.name}
        above={<BackLink to="/campaigns">{t.title}</BackLink>}
        beside={<CampaignBadge state={data.state} reason={data.state_reason} />}
      >
        <CampaignButtons campaign={data} />
        {!inbound && <RecycleButton campaign={data} />}
        {mayWrite && (
          <>
            <LinkButton
              to="/campaigns/$campaignId/edit"
              params={{ campaignId }}
              variant="default"
              leftSection={<IconSettings size={17} />}
            >
              {t.actions.edit}
            </LinkButton>
            <Menu position="bottom-end" width={200}>
              <Menu.Target>
                <ActionIcon variant="default" size={36} aria-label={t.actions.more}>
                  <IconDots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  leftSection={<IconCopy size={16} />}
                  renderRoot={(props) => (
                    <Link to="/campaigns/new" search={{ copy: campaignId }} {...props} />
                  )}
                >
                  {t.actions.copy}
                </Menu.Item>
                <Menu.Item
                  color="red"
                  leftSection={<IconTrash size={16} />}
                  disabled={data.state !== "ready"}
                  onClick={askDelete}
                >
                  {t.actions.delete}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </PageHeader>
      <StateReasonLine campaign={data} />
      {!inbound && <CampaignTimetable campaign={data} />}
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            to: "/campaigns/$campaignId",
            params: { campaignId },
            search: { tab: next === "progress" ? undefined : (next as CampaignTab) },
          })
        }
      >
        <Tabs.List ref={tabs} mb="md" className={classes.tabs}>
          <Tabs.Tab value="progress">{t.tabs.progress}</Tabs.Tab>
          {!inbound && <Tabs.Tab value="diagnosis">{t.tabs.diagnosis}</Tabs.Tab>}
          {!inbound && <Tabs.Tab value="pacing">{t.tabs.pacing}</Tabs.Tab>}
          <Tabs.Tab value="contacts">{t.tabs.contacts}</Tabs.Tab>
          <Tabs.Tab value="attempts">{t.tabs.attempts}</Tabs.Tab>
          {!inbound && <Tabs.Tab value="rules">{t.tabs.rules}</Tabs.Tab>}
          {data.script_id && <Tabs.Tab value="answers">{t.tabs.answers}</Tabs.Tab>}
          {(data.flow_id || inbound) && (
            <Tabs.Tab value="flow-results">{t.tabs.flowResults}</Tabs.Tab>
          )}
          {!inbound && <Tabs.Tab value="what-ifs">{t.tabs.whatIfs}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="progress">
          <ProgressTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="diagnosis">
          <DiagnosisTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="pacing">
          <PacingTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="contacts">
          <ContactsTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="attempts">
          <AttemptsTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <CampaignRulesTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="answers">
          <AnswersTab campaignId={campaignId} />
        </Tabs.Panel>
        <Tabs.Panel value="flow-results">
          <FlowResultsTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="what-ifs">
          <WhatIfsTab campaign={data} />
        </Tabs.Panel>
      </Tabs>
      <ConfirmDialog
        open={deleting}
        danger
        title={t.deleteDialog.title(data.name)}
        action={t.actions.delete}
        onClose={noDelete}
        onConfirm={async () => {
          await api.delete(`/campaigns/${campaignId}`);
          await client.invalidateQueries({ queryKey: ["campaigns"] });
          toast.success(t.actions.deleted);
          await navigate({ to: "/campaigns" });
        }}
      >
        {t.deleteDialog.text}
      </ConfirmDialog>
    </>
  );
}
