import { Alert, Button, Group } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import type { CampaignState } from "@/api/types";
import { AttemptRulesSection } from "@/features/attempt-rules/AttemptRulesSection";
import { useText as useAttemptRulesText } from "@/features/attempt-rules/messages";
import { LawSection } from "@/features/compliance/LawSection";
import { useText as useLawText } from "@/features/compliance/messages";
import { useText as useFilterText } from "@/features/filters/messages";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { useSubmit } from "@/shared/useSubmit";
import { AnsweringSection } from "./AnsweringSection";
import { BasicsSection } from "./BasicsSection";
import { CallbacksSection } from "./CallbacksSection";
import classes from "./CampaignForm.module.css";
import { ChoiceSection } from "./ChoiceSection";
import { type CampaignValues, missingChoices } from "./campaign-form";
import { DiallingSection } from "./DiallingSection";
import { FlowNotesSection } from "./FlowNotesSection";
import { CampaignFormProvider, useCreateCampaignForm } from "./form-context";
import { HoursSection } from "./HoursSection";
import { ModeSection } from "./ModeSection";
import { useText } from "./messages";
import { PreviewSection } from "./PreviewSection";
import { RecallsSection } from "./RecallsSection";
import { RecordsSection } from "./RecordsSection";
import { ScriptSection } from "./ScriptSection";
import { WrapUpsSection } from "./WrapUpsSection";

interface Props {
  initial: CampaignValues;
  /** Of the campaign that is edited; some fields stay while it runs. */
  state?: CampaignState;
  campaignId?: string;
  action: string;
  onSend: (values: CampaignValues) => Promise<unknown>;
  onCancel: () => void;
  onReload?: () => void;
}

export function CampaignForm({
  initial,
  state,
  campaignId,
  action,
  onSend,
  onCancel,
  onReload,
}: Props) {
  const t = useText().form;
  const shared = useSharedText();
  const law = useLawText();
  const attemptRules = useAttemptRulesText().form;
  const filterText = useFilterText();
  const form = useCreateCampaignForm({
    initialValues: initial,
    validate: (values) =>
      Object.fromEntries(
        Object.keys(missingChoices(values)).map((field) => [field, shared.needed]),
      ),
  });
  const { submit, busy, problem } = useSubmit(form, onSend);
  const running = state === "running" || state === "pausing";
  const begun = state !== undefined && state !== "ready";
  const inbound = form.values.mode === "inbound";
  const hasFlow = form.values.flow_id !== null || form.values.abandon_flow_id !== null;
  const outboundSections = [
    ["basics", t.basics.title],
    ["choice", filterText.section.title],
    ["mode", t.modes.title],
    ["dialling", t.dialling.title],
    ...(form.values.mode === "preview" ? [["preview", t.previewing.title] as const] : []),
    ["law", law.section.title],
    ["hours", t.hours.title],
    ["recalls", t.recalls.title],
    ["callbacks", t.callbacks.title],
    ["records", form.values.mode === "preview" ? t.records.ownedTitle : t.records.title],
    ["attempt-rules", attemptRules.title],
    ...(hasFlow ? [["flow-notes", t.flowNotes.title] as const] : []),
    ["script", t.script.title],
    ["wrap-ups", t.wrapUps.title],
  ] as const;
  const sections = inbound
    ? ([
        ["basics", t.inbound.basics],
        ["mode", t.modes.title],
        ["answering", t.inbound.title],
        ["flow-notes", t.flowNotes.title],
        ["script", t.script.title],
        ["wrap-ups", t.wrapUps.title],
      ] as const)
    : outboundSections;
  return (
    <CampaignFormProvider form={form}>
      <form onSubmit={submit} noValidate className={classes.form}>
        <nav className={classes.contents} aria-label={t.sections}>
          {sections.map(([id, title]) => (
            <a key={id} href={`#${id}`}>
              {title}
            </a>
          ))}
        </nav>
        <div className={classes.sections}>
          <FormProblem problem={problem} {...(onReload ? { onReload } : {})} />
          {running && (
            <Alert color="yellow" icon={<IconLock />}>
              {initial.mode === "inbound"
                ? t.inbound.running
                : initial.mode === "preview"
                  ? t.runningPreview
                  : t.running}
            </Alert>
          )}
          <BasicsSection fixedList={begun} />
          {!inbound && <ChoiceSection campaignId={campaignId} />}
          <ModeSection saved={initial.mode} state={state} />
          {inbound ? (
            <AnsweringSection running={running} />
          ) : (
            <>
              <DiallingSection running={running} />
              {form.values.mode === "preview" && <PreviewSection running={running} />}
              <LawSection />
              <HoursSection />
              <RecallsSection />
              <CallbacksSection />
              <RecordsSection />
              <AttemptRulesSection />
            </>
          )}
          <FlowNotesSection />
          <ScriptSection campaignId={campaignId ?? null} />
          <WrapUpsSection />
          <Group className={classes.foot}>
            <Button type="submit" size="md" loading={busy}>
              {action}
            </Button>
            <Button variant="default" size="md" onClick={onCancel}>
              {shared.cancel}
            </Button>
          </Group>
        </div>
      </form>
    </CampaignFormProvider>
  );
}
