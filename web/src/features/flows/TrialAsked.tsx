import { Button, NumberInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useEditor } from "./editor-context";
import { useText } from "./messages";
import classes from "./Trial.module.css";
import type { FlowAction } from "./types";
import type { TrialState } from "./useTrial";

const HOURS = ["open", "closed", "holiday", "emergency"];

/** What the world around has to answer: opening hours, data, incidents, queues, recordings. */
export function TrialAsked({ trial }: { trial: TrialState }) {
  const asked = trial.asked[0];
  if (asked !== undefined) {
    const key = String(asked.question ?? asked.lookup ?? asked.to ?? "");
    switch (asked.type) {
      case "ask_hours":
        return <Hours key={key} trial={trial} asked={asked} />;
      case "ask_incidents":
        return <Incidents key={key} trial={trial} asked={asked} />;
      case "look_up":
        return <LookUp key={key} trial={trial} asked={asked} />;
      case "open_recordings":
        return <RecordingCode key={key} trial={trial} asked={asked} />;
      case "next_recording":
      case "keep_recording":
        return <NextRecording key={key} trial={trial} asked={asked} />;
      default:
        return <Transfer key={key} trial={trial} asked={asked} />;
    }
  }
  if (trial.queue !== null) return <Queue trial={trial} asked={trial.queue} />;
  if (trial.recording !== "") return <Recording key={trial.recording} trial={trial} />;
  return null;
}

interface Props {
  trial: TrialState;
  asked: FlowAction;
}

function useName(noun: string, id: unknown): string {
  const known = useEditor().things.byNoun[noun]?.find((one) => one.value === id);
  return known?.label ?? String(id ?? "");
}

function Hours({ trial, asked }: Props) {
  const t = useText();
  const id = String(asked.schedule_id);
  return (
    <fieldset className={classes.asked}>
      <legend>{t.trial.hours(useName("schedule", id))}</legend>
      <div className={classes.buttons}>
        {HOURS.map((state) => (
          <Button
            key={state}
            size="compact-sm"
            variant="default"
            disabled={trial.busy}
            onClick={() =>
              trial.tell({
                input: { type: "hours_told", question: asked.question, state },
                step: null,
                line: "",
                milliseconds: 0,
                data: { hours: { [id]: state } },
              })
            }
          >
            {t.ways[state]}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

function LookUp({ trial, asked }: Props) {
  const t = useText().trial;
  const { things, document } = useEditor();
  const id = String(asked.source_id);
  const node = document.nodes.find((one) => one.id === trial.cursor?.node);
  const wanted = Object.keys((node?.outputs ?? {}) as Record<string, unknown>);
  const names = [...new Set([...(things.sources[id]?.outputs ?? []), ...wanted])];
  const [values, setValues] = useState<Record<string, string>>({});
  const parameters = Object.entries((asked.parameters ?? {}) as Record<string, string>);
  const answer = (outputs: Record<string, string>, failure: string) =>
    trial.tell({
      input: { type: "looked_up", lookup: asked.lookup, outputs, failure },
      step: null,
      line: "",
      milliseconds: failure === "SLOW" ? Number(asked.seconds) * 1_000 : 500,
      data: { sources: { [id]: failure ? { failure } : { outputs } } },
    });
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        answer(Object.fromEntries(names.map((name) => [name, values[name] ?? ""])), "");
      }}
    >
      <fieldset className={classes.asked}>
        <legend>{t.source(useName("source", id))}</legend>
        {parameters.length > 0 && (
          <p className={classes.hint}>
            {parameters.map(([name, value]) => `${name} = ${value || "—"}`).join(", ")}
          </p>
        )}
        {names.length === 0 && <p className={classes.hint}>{t.noOutputs}</p>}
        {names.map((name) => (
          <TextInput
            key={name}
            size="xs"
            label={name}
            value={values[name] ?? ""}
            onChange={(event) => {
              const value = event.currentTarget.value;
              setValues((old) => ({ ...old, [name]: value }));
            }}
          />
        ))}
        <div className={classes.buttons}>
          <Button type="submit" size="compact-sm" disabled={trial.busy}>
            {t.give}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={trial.busy}
            onClick={() => answer({}, "UNREACHABLE")}
          >
            {t.fails}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={trial.busy}
            onClick={() => answer({}, "SLOW")}
          >
            {t.slow}
          </Button>
        </div>
      </fieldset>
    </form>
  );
}

function Incidents({ trial, asked }: Props) {
  const t = useText().trial;
  const { document } = useEditor();
  const [words, setWords] = useState("");
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        const texts = Object.fromEntries(document.languages.map((one) => [one, words]));
        const incidents = words.trim() === "" ? [] : [{ incident_id: "trial", texts }];
        trial.tell({
          input: { type: "incidents_told", question: asked.question, incidents },
          step: null,
          line: "",
          milliseconds: 0,
          data: { incidents },
        });
      }}
    >
      <fieldset className={classes.asked}>
        <legend>{t.incidents}</legend>
        <TextInput
          size="xs"
          label={t.incidentText}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <div className={classes.buttons}>
          <Button type="submit" size="compact-sm" disabled={trial.busy}>
            {t.give}
          </Button>
        </div>
      </fieldset>
    </form>
  );
}

function Transfer({ trial, asked }: Props) {
  const t = useText().trial;
  return (
    <fieldset className={classes.asked}>
      <legend>{t.transfer(String(asked.to))}</legend>
      <div className={classes.buttons}>
        {Object.entries(t.transfers).map(([reason, words]) => (
          <Button
            key={reason}
            size="compact-sm"
            variant="default"
            disabled={trial.busy}
            onClick={() =>
              trial.tell({
                input: { type: "transfer_ended", reason },
                step: { transfer: reason },
                line: "",
                milliseconds: 5_000,
              })
            }
          >
            {words}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

/** What the world tells of the prompt at a place of the list. */
function recordingTold(asked: FlowAction, position: number, of: number, failure = "") {
  const there = failure === "" && position <= of;
  return {
    type: "recording_told",
    question: asked.question,
    session_id: failure === "" ? "trial" : "",
    position: there ? position : 0,
    of,
    prompt: there ? `prompt-${position}` : "",
    failure,
  };
}

const ALONE = { step: null, line: "", milliseconds: 500 };

function RecordingCode({ trial, asked }: Props) {
  const t = useText().trial.recordings;
  const [prompts, setPrompts] = useState(2);
  const code = String(asked.code);
  return (
    <fieldset className={classes.asked}>
      <legend>{t.code(code)}</legend>
      <NumberInput
        size="xs"
        aria-label={t.prompts}
        suffix={` ${t.prompts}`}
        min={1}
        max={500}
        value={prompts}
        onChange={(value) => setPrompts(typeof value === "number" ? value : 1)}
      />
      <div className={classes.buttons}>
        <Button
          size="compact-sm"
          disabled={trial.busy}
          onClick={() =>
            trial.tell({
              ...ALONE,
              input: recordingTold(asked, 1, prompts),
              data: { recordings: { code, prompts } },
            })
          }
        >
          {t.right}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={trial.busy}
          onClick={() =>
            trial.tell({
              ...ALONE,
              input: recordingTold(asked, 0, 0, "CODE"),
              ...(trial.data.recordings ? {} : { data: { recordings: { code: "", prompts } } }),
            })
          }
        >
          {t.wrong}
        </Button>
      </div>
    </fieldset>
  );
}

function NextRecording({ trial, asked }: Props) {
  const t = useText().trial.recordings;
  const known = trial.data.recordings;
  const of = known?.prompts ?? 1;
  const keeping = asked.type === "keep_recording";
  const next = Number(asked.position ?? asked.after ?? 0) + 1;
  return (
    <fieldset className={classes.asked}>
      <legend>{next > of ? t.none : t.next(next, of)}</legend>
      <div className={classes.buttons}>
        <Button
          size="compact-sm"
          disabled={trial.busy}
          onClick={() => trial.tell({ ...ALONE, input: recordingTold(asked, next, of) })}
        >
          {keeping ? t.kept : next > of ? t.none : t.next(next, of)}
        </Button>
        {keeping && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={trial.busy}
            onClick={() =>
              trial.tell({
                ...ALONE,
                input: recordingTold(asked, 0, 0, "FAILED"),
                data: {
                  recordings: { code: "", ...known, prompts: of, failing: Number(asked.position) },
                },
              })
            }
          >
            {t.failed}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function Queue({ trial, asked }: Props) {
  const t = useText().trial;
  return (
    <fieldset className={classes.asked}>
      <legend>{t.queue(useName("queue", asked.queue_id))}</legend>
      <div className={classes.buttons}>
        {Object.entries(t.reasons).map(([reason, words]) => (
          <Button
            key={reason}
            size="compact-sm"
            variant="default"
            disabled={trial.busy}
            onClick={() =>
              trial.tell({
                input: { type: "queue_left", reason },
                step: { queue: reason },
                line: "",
                milliseconds: 20_000,
              })
            }
          >
            {words}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

function Recording({ trial }: { trial: TrialState }) {
  const t = useText().trial;
  const [seconds, setSeconds] = useState(10);
  const end = (long: number) =>
    trial.tell({
      input: {
        type: "recorded",
        recording: trial.recording,
        media: long > 0 ? "trial" : "",
        seconds: long,
      },
      step: { record: long },
      line: long > 0 ? t.recorded(long) : t.silence,
      milliseconds: long * 1_000,
    });
  return (
    <fieldset className={classes.asked}>
      <legend>{t.recording}</legend>
      <NumberInput
        size="xs"
        aria-label={t.recording}
        suffix=" s"
        min={1}
        max={600}
        value={seconds}
        onChange={(value) => setSeconds(typeof value === "number" ? value : 10)}
      />
      <div className={classes.buttons}>
        <Button size="compact-sm" disabled={trial.busy} onClick={() => end(seconds)}>
          {t.recorded(seconds)}
        </Button>
        <Button size="compact-sm" variant="default" disabled={trial.busy} onClick={() => end(0)}>
          {t.recordedNothing}
        </Button>
      </div>
    </fieldset>
  );
}
