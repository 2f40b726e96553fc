import { Alert, Button, Group, Progress, Switch, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api } from "@/api/client";
import { BackLink } from "@/shared/BackLink";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { Loaded } from "./Loaded";
import { useText } from "./messages";
import classes from "./PromptsPage.module.css";
import { Take } from "./Take";
import { TelephoneButton } from "./TelephoneButton";
import type { FragmentRow, KnownLanguage } from "./types";
import { useMicrophone } from "./useMicrophone";
import { sendTake, useFragments, useLanguageName, useLanguages } from "./usePrompts";
import { VariantLine } from "./VariantLine";

/** The fragments of a language's numbers and dates, recorded one after the other. */
export function RecorderPage() {
  const t = useText();
  const { language } = useParams({ from: "/prompts/record/$language" });
  const fragments = useFragments(language);
  const languages = useLanguages();
  const nameOf = useLanguageName();
  const known = languages.data?.items.find((one) => one.language === language);
  return (
    <>
      <PageHeader
        above={<BackLink to="/prompts">{t.back}</BackLink>}
        title={t.recorder.title(known ? nameOf(known) : language)}
        text={t.recorder.text}
      />
      <Loaded query={fragments}>
        {(rows) => <Recorder language={language} known={known} rows={rows} />}
      </Loaded>
    </>
  );
}

function Recorder(props: {
  language: string;
  known: KnownLanguage | undefined;
  rows: FragmentRow[];
}) {
  const t = useText().recorder;
  const client = useQueryClient();
  const microphone = useMicrophone();
  const [onlyMissing, setOnlyMissing] = useState(true);
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const wanted = props.rows.filter((row) => !onlyMissing || row.variants.length === 0);
  const current = wanted[Math.min(at, wanted.length - 1)];
  const done = props.rows.filter((row) => row.variants.length > 0).length;

  function go(step: number) {
    microphone.forget();
    setAt((now) => Math.max(0, Math.min(now + step, wanted.length - 1)));
  }
  async function keep(audio: Blob) {
    if (current === undefined) return;
    setBusy(true);
    try {
      const fields = { language: props.language, key: current.key };
      const made = await sendTake("/prompt-fragments", fields, audio);
      await api.post(`/prompt-variants/${made.variant_id}/submit`, undefined);
      microphone.forget();
      await client.invalidateQueries({ queryKey: ["prompts"] });
      if (!onlyMissing) go(1);
    } catch (thrown) {
      toast.error(thrown);
    } finally {
      setBusy(false);
    }
  }
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      const on = event.target as HTMLElement;
      if (["INPUT", "TEXTAREA", "BUTTON", "A", "AUDIO"].includes(on.tagName)) return;
      if (event.key === " ") microphone.recording ? microphone.stop() : void microphone.start();
      else if (event.key === "Enter" && microphone.take) void keep(microphone.take);
      else if (event.key === "r") void microphone.start();
      else if (event.key === "ArrowRight") go(1);
      else if (event.key === "ArrowLeft") go(-1);
      else return;
      event.preventDefault();
    }
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  });
  return (
    <Panel
      title={t.progress(done, props.rows.length)}
      text={t.waits}
      actions={
        <Group>
          <TelephoneButton language={props.language} keys={wanted.map((row) => row.key)} />
          <Switch
            label={t.onlyMissing}
            checked={onlyMissing}
            onChange={(event) => {
              setOnlyMissing(event.currentTarget.checked);
              setAt(0);
            }}
          />
        </Group>
      }
    >
      <Progress
        value={(done / props.rows.length) * 100}
        aria-label={t.progress(done, props.rows.length)}
      />
      {props.known && !props.known.validated && (
        <Alert color="yellow" mt="md">
          {t.unvalidated}
        </Alert>
      )}
      {current === undefined ? (
        <Text mt="md">{t.complete}</Text>
      ) : (
        <>
          <div className={classes.stage}>
            <Text size="sm" c="dimmed">
              {t.say}
            </Text>
            <p className={classes.text} lang={props.language}>
              {current.text}
            </p>
            <span className={classes.key}>{current.key}</span>
          </div>
          {current.variants.map((one) => (
            <VariantLine key={one.variant_id} variant={one} title={current.text} />
          ))}
          <Take microphone={microphone} busy={busy} onKeep={(audio) => void keep(audio)} />
          <Group justify="space-between">
            <Button variant="subtle" onClick={() => go(-1)}>
              {t.previous}
            </Button>
            <Button variant="subtle" onClick={() => go(1)}>
              {t.skip}
            </Button>
          </Group>
        </>
      )}
    </Panel>
  );
}
