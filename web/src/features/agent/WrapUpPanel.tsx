import { Button, Checkbox, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";
import type { AgentState, AttemptLive, Card } from "@/api/types";
import { answerOutbox } from "@/features/scripts/outbox";
import { serverNow } from "@/formats/clock";
import { utcToWall } from "@/formats/time";
import { toast } from "@/shared/toast";
import { useNowSeconds } from "@/shared/useNow";
import { CallbackFields } from "./CallbackFields";
import { CodeChoice } from "./CodeChoice";
import { deskAct, useDeskAction } from "./desk-actions";
import { useText } from "./messages";
import panels from "./Panels.module.css";
import { useCommand } from "./useDesk";
import { useDraft } from "./useDraft";
import { useShortcut } from "./useShortcuts";
import classes from "./WrapUpPanel.module.css";
import {
  codeOf,
  fieldValue,
  impliesCallback,
  impliesDoNotCall,
  notesRequired,
  problemsOf,
  requestOf,
  requiredColumns,
  type Surroundings,
  withCode,
} from "./wrap-up";

/** A finished draft is saved by itself this long before the limit takes the call away. */
const RESCUE_SECONDS = 2;

interface Props {
  agent: AgentState;
  attempt: AttemptLive;
  card: Card;
  zone: string;
}

/** The call's outcome: code, what the code asks for, notes, and what comes next. */
export function WrapUpPanel({ agent, attempt, card, zone }: Props) {
  const t = useText();
  const { run, pending } = useCommand();
  const { draft, setDraft, forget } = useDraft(attempt.attempt_id);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const codes = card.wrap_up_codes
    .filter((code) => code.active)
    .sort((a, b) => a.position - b.position);
  const code = codeOf(draft, codes);
  const open = agent.status === "after_call" && attempt.state === "closed";
  const around: Surroundings = {
    codes,
    columns: card.columns,
    contact: card.contact,
    timeZone: zone,
    nowMs: serverNow(),
  };
  const problems = problemsOf(draft, around);
  const problemOf = (field: string) => {
    const found = tried ? problems.find((problem) => problem.field === field) : undefined;
    return found === undefined ? undefined : t.wrapUp.problems[found.code];
  };

  const choose = (codeId: string) => {
    const chosen = codes.find((one) => one.wrap_up_code_id === codeId);
    if (chosen) setDraft((before) => withCode(before, chosen, codeOf(before, codes)));
  };

  const save = async (next: "ready" | "pause") => {
    setTried(true);
    if (problems.length > 0 || !open) {
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(),
      );
      return;
    }
    deskAct("leave_script");
    await answerOutbox.flush(attempt.attempt_id);
    const request = requestOf(attempt.attempt_id, draft, around, next);
    if (await run("wrap-up", request)) {
      forget();
      toast.success(t.wrapUp.saved);
    }
  };

  useDeskAction("callback", ({ minutes, mine, note }) => {
    const wall =
      minutes === null
        ? draft.callback.wall
        : utcToWall(new Date(serverNow() + minutes * 60_000).toISOString(), zone);
    setDraft((before) => ({
      ...before,
      callback: { ...before.callback, on: true, wall, mine, note: note || before.callback.note },
    }));
    requestAnimationFrame(() => {
      const at = form.current?.querySelector<HTMLElement>("[type=datetime-local]");
      at?.scrollIntoView({ block: "center" });
      at?.focus({ preventScroll: true });
    });
  });
  const [finishing, setFinishing] = useState(false);
  useDeskAction("wrap_up", ({ codeId, finish }) => {
    if (codeId !== null) choose(codeId);
    if (finish && open) setFinishing(true);
    form.current?.scrollIntoView({ block: "nearest" });
    form.current?.querySelector<HTMLElement>("[type=radio]:checked, [type=radio]")?.focus();
  });
  useShortcut("code", (digit) => {
    const chosen = codes[digit - 1];
    if (chosen) choose(chosen.wrap_up_code_id);
  });
  useShortcut("wrap_up", () => {
    form.current?.querySelector<HTMLElement>("[type=radio]:checked, [type=radio]")?.focus();
  });
  useShortcut("save_next", open ? () => void save("ready") : null);
  useShortcut("enter", open ? () => void save("ready") : null);
  useShortcut("save_pause", open ? () => void save("pause") : null);

  // The limit is the floor's: it gives the call a code of its own and takes the next one.
  const now = useNowSeconds();
  const until = agent.after_call_until === null ? null : Date.parse(agent.after_call_until) / 1000;
  const rescue =
    open && until !== null && now >= until - RESCUE_SECONDS && problems.length === 0 && !pending;
  const rescued = useRef("");
  const saveLatest = useRef(save);
  saveLatest.current = save;
  useEffect(() => {
    if (!rescue || rescued.current === attempt.attempt_id) return;
    rescued.current = attempt.attempt_id;
    void saveLatest.current("ready");
  }, [rescue, attempt.attempt_id]);

  // The chosen code is in the draft only after this turn.
  useEffect(() => {
    if (!finishing) return;
    setFinishing(false);
    void saveLatest.current("ready");
  }, [finishing]);

  const setNotes = useCallback(
    (notes: string) => setDraft((before) => ({ ...before, notes })),
    [setDraft],
  );

  return (
    <form
      ref={form}
      className={`${panels.panel} ${classes.form}`}
      aria-label={t.wrapUp.title}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save("ready");
      }}
    >
      <h3>{t.wrapUp.title}</h3>
      <Textarea
        label={t.wrapUp.notes}
        required={notesRequired(code)}
        autosize
        minRows={2}
        maxRows={9}
        maxLength={4000}
        value={draft.notes}
        error={problemOf("notes")}
        onChange={(event) => setNotes(event.currentTarget.value)}
      />
      <CodeChoice
        codes={codes}
        value={draft.codeId}
        problem={problemOf("code")}
        onChange={choose}
      />
      {requiredColumns(code, card.columns).map((column) => (
        <TextInput
          key={column.name}
          label={column.label}
          required
          type={column.kind === "date" ? "date" : column.kind === "number" ? "number" : "text"}
          value={fieldValue(draft, column, card.contact)}
          error={problemOf(column.name)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setDraft((before) => ({
              ...before,
              fields: { ...before.fields, [column.name]: value },
            }));
          }}
        />
      ))}
      <Checkbox
        label={t.wrapUp.doNotCall}
        checked={draft.doNotCall || impliesDoNotCall(code)}
        disabled={impliesDoNotCall(code)}
        description={impliesDoNotCall(code) ? t.wrapUp.doNotCallImplied : undefined}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          setDraft((before) => ({
            ...before,
            doNotCall: checked,
            callback: { ...before.callback, on: before.callback.on && !checked },
          }));
        }}
      />
      <CallbackFields
        attemptId={attempt.attempt_id}
        value={draft.callback}
        numbers={card.contact.numbers}
        zone={zone}
        required={impliesCallback(code)}
        disabled={draft.doNotCall || impliesDoNotCall(code)}
        problem={problemOf("callback")}
        latestProblem={problemOf("latest")}
        onChange={(callback) => setDraft((before) => ({ ...before, callback }))}
      />
      {open ? (
        <div className={classes.save}>
          <Button
            type="submit"
            size="md"
            fullWidth
            loading={pending === "wrap-up"}
            aria-keyshortcuts="Enter Control+Enter"
          >
            {t.wrapUp.saveNext}
          </Button>
          <Button
            variant="default"
            fullWidth
            disabled={pending === "wrap-up"}
            aria-keyshortcuts="Control+Shift+Enter"
            onClick={() => void save("pause")}
          >
            {t.wrapUp.savePause}
          </Button>
        </div>
      ) : (
        <p className={classes.later}>{t.wrapUp.onlyAfter}</p>
      )}
    </form>
  );
}
