import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { FormProblem } from "@/shared/FormProblem";
import { nodeOf } from "./document";
import { useEditor } from "./editor-context";
import { useText } from "./messages";
import { titleOf } from "./shown";
import classes from "./Trial.module.css";
import { TrialAsked } from "./TrialAsked";
import { testOf, timerOf } from "./trial";
import type { FlowTest } from "./types";
import type { TrialState } from "./useTrial";

const KEYS = [..."123456789*0#"];
const two = (value: number) => String(value).padStart(2, "0");
/** As an input of the type datetime-local has it. */
const local = (at: Date) =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;

/** Go through the flow as it is drawn, playing the caller. */
export function TrialPanel({
  trial,
  onKeep,
}: {
  trial: TrialState;
  onKeep?: (test: FlowTest) => void;
}) {
  const t = useText().trial;
  const words = useText();
  const { flowId, document } = useEditor();
  const end = useRef<HTMLLIElement>(null);
  const lines = trial.lines.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: at every new line
  useEffect(() => {
    void end.current?.scrollIntoView?.({ block: "nearest" });
  }, [lines]);
  const going = trial.running && trial.cursor !== null;
  const passed = trial.passed
    .filter((one) => one.flow_id === flowId)
    .map((one) => nodeOf(document, one.node))
    .map((node, index) => (node ? titleOf(node, words) : (trial.passed[index]?.node ?? "")));
  const variables = Object.entries(trial.cursor?.variables ?? {});
  return (
    <div className={classes.panel}>
      <p className={classes.hint}>{t.intro}</p>
      <Begin trial={trial} />
      <FormProblem problem={trial.problem} />
      {trial.running && (
        <>
          {trial.changed && <p className={classes.hint}>{t.changed}</p>}
          <ol className={classes.lines} aria-live="polite">
            {trial.lines.map((line, index) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added
                key={index}
                data-who={line.who}
                ref={index === lines - 1 ? end : null}
              >
                {line.who === "did" ? `${t.did[line.kind] ?? line.kind} ${line.text}` : line.text}
              </li>
            ))}
          </ol>
          {trial.outcome !== "" && (
            <p
              className={classes.over}
              role="status"
              data-bad={trial.outcome.startsWith("FLOW_") || undefined}
            >
              {t.over} {t.outcomes[trial.outcome] ?? trial.outcome}
            </p>
          )}
          {going && <TrialAsked trial={trial} />}
          {going && trial.asked.length === 0 && <Caller trial={trial} />}
          {onKeep && trial.passed.length > 0 && <Keep trial={trial} onKeep={onKeep} />}
          <dl className={classes.facts}>
            <dt>{t.passed}</dt>
            <dd>{passed.join(" → ")}</dd>
            {variables.length > 0 && (
              <>
                <dt>{t.variables}</dt>
                <dd>{variables.map(([name, value]) => `${name} = ${value || "—"}`).join(", ")}</dd>
              </>
            )}
          </dl>
        </>
      )}
    </div>
  );
}

function Begin({ trial }: { trial: TrialState }) {
  const t = useText().trial;
  const { document } = useEditor();
  const [caller, setCaller] = useState("+2290197000001");
  const [called, setCalled] = useState("");
  const [language, setLanguage] = useState("");
  const [medium, setMedium] = useState<"voice" | "text">("voice");
  const [clock, setClock] = useState(() => local(new Date()));
  const begin = (event: FormEvent) => {
    event.preventDefault();
    const at = new Date(clock).getTime();
    const facts = { caller: caller.trim(), called: called.trim(), language, medium };
    trial.begin({ ...facts, person: {}, contact: {} }, Number.isNaN(at) ? Date.now() : at);
  };
  return (
    <form className={classes.panel} onSubmit={begin}>
      <div className={classes.two}>
        <TextInput
          size="xs"
          label={t.caller}
          inputMode="tel"
          value={caller}
          onChange={(event) => setCaller(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label={t.called}
          inputMode="tel"
          value={called}
          onChange={(event) => setCalled(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label={t.language}
          value={language}
          data={[{ value: "", label: t.unknown }, ...document.languages]}
          onChange={(event) => setLanguage(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label={t.medium}
          value={medium}
          data={Object.entries(t.media).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setMedium(event.currentTarget.value as "voice" | "text")}
        />
      </div>
      <TextInput
        size="xs"
        type="datetime-local"
        label={t.clock}
        value={clock}
        onChange={(event) => setClock(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={trial.busy}>
        {trial.running ? t.again : t.begin}
      </Button>
    </form>
  );
}

/** What the caller can do: keys, words, nothing, hang up. */
function Caller({ trial }: { trial: TrialState }) {
  const t = useText().trial;
  const [words, setWords] = useState("");
  const timer = timerOf(trial);
  const press = (digit: string) =>
    trial.tell({
      input: { type: "digit_pressed", digit },
      step: { press: digit },
      line: t.pressed(digit),
      milliseconds: 1_000,
    });
  const write = (event: FormEvent) => {
    event.preventDefault();
    if (words.trim() === "") return;
    trial.tell({
      input: { type: "text_received", text: words },
      step: { text: words },
      line: words,
      milliseconds: 1_000,
    });
    setWords("");
  };
  return (
    <>
      {trial.facts.medium === "text" ? (
        <form onSubmit={write}>
          <Group gap={6} wrap="nowrap" align="flex-end">
            <TextInput
              size="xs"
              flex={1}
              label={t.write}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <Button type="submit" size="xs" disabled={trial.busy}>
              {t.send}
            </Button>
          </Group>
        </form>
      ) : (
        <fieldset
          className={classes.asked}
          onKeyDown={(event) => {
            if (KEYS.includes(event.key)) press(event.key);
          }}
        >
          <legend>{t.keypad}</legend>
          <div className={classes.keypad}>
            {KEYS.map((key) => (
              <Button
                key={key}
                size="compact-md"
                variant="default"
                disabled={trial.busy}
                onClick={() => press(key)}
              >
                {key}
              </Button>
            ))}
          </div>
        </fieldset>
      )}
      <div className={classes.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={trial.busy || timer.name === ""}
          onClick={() =>
            trial.tell({
              input: { type: "timed_out", timer: timer.name },
              step: trial.listening ? { silence: true } : null,
              line: t.silence,
              milliseconds: timer.seconds * 1_000,
            })
          }
        >
          {t.nothingAfter(timer.seconds)}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={trial.busy}
          onClick={() =>
            trial.tell({
              input: { type: "caller_gone" },
              step: { hang_up: true },
              line: t.gone,
              milliseconds: 1_000,
            })
          }
        >
          {t.hangUp}
        </Button>
      </div>
    </>
  );
}

function Keep({ trial, onKeep }: { trial: TrialState; onKeep: (test: FlowTest) => void }) {
  const t = useText().trial;
  const [name, setName] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "") return;
        onKeep(testOf(trial, name.trim()));
        setName("");
      }}
    >
      <Group gap={6} wrap="nowrap" align="flex-end">
        <TextInput
          size="xs"
          flex={1}
          label={t.keepName}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={name.trim() === ""}>
          {t.keep}
        </Button>
      </Group>
    </form>
  );
}
