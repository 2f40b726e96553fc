import { ActionIcon, Button, Group } from "@mantine/core";
import { IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import classes from "./Trial.module.css";
import type { FlowDocument, FlowTest, TestAnswer, TestStep } from "./types";

interface Ran {
  document: FlowDocument;
  tests: FlowTest[];
  answers: TestAnswer[];
}

/** The tests that are kept with the flow, and how the draft fares in them. */
export function TestsTab(props: {
  flowId: string;
  document: FlowDocument;
  tests: FlowTest[];
  onChange?: (tests: FlowTest[]) => void;
}) {
  const t = useText().tests;
  const words = useText();
  const { document, tests } = props;
  const [ran, setRan] = useState<Ran | null>(null);
  const [busy, setBusy] = useState(false);
  const answers = ran?.document === document && ran.tests === tests ? ran.answers : null;
  const run = async () => {
    setBusy(true);
    try {
      const { items } = await api.post<Page<TestAnswer>>(`/flows/${props.flowId}/tests/run`, {
        draft: document,
        tests,
      });
      setRan({ document, tests, answers: items });
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  };
  const told = (step: TestStep) =>
    Object.entries(step)
      .map(([name, value]) =>
        value === true
          ? (t.stepWords[name] ?? name)
          : `${t.stepWords[name] ?? name} ${words.trial.reasons[String(value)] ?? value}`,
      )
      .join(", ");
  const passed = answers?.filter((one) => one.passed).length ?? 0;
  return (
    <section className={classes.tests}>
      <Group>
        <Button
          size="sm"
          loading={busy}
          disabled={tests.length === 0}
          leftSection={<IconPlayerPlay size={16} />}
          onClick={() => void run()}
        >
          {t.run}
        </Button>
        <p className={classes.hint} role="status">
          {answers ? t.summary(passed, answers.length) : t.text}
        </p>
      </Group>
      {tests.length === 0 && <p className={classes.hint}>{t.none}</p>}
      {tests.map((test, index) => {
        const answer = answers?.[index];
        const steps = test.steps ?? [];
        return (
          <article
            key={test.name}
            className={classes.test}
            data-failed={answer?.passed === false || undefined}
          >
            <header>
              <h3>{test.name}</h3>
              <StatusBadge tone={answer ? (answer.passed ? "good" : "bad") : "quiet"}>
                {answer ? (answer.passed ? t.passed : t.failed) : t.notRun}
              </StatusBadge>
              {props.onChange && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${t.remove} ${test.name}`}
                  onClick={() => props.onChange?.(tests.filter((one) => one !== test))}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              )}
            </header>
            {steps.length > 0 && (
              <p>
                {t.steps} : {steps.map(told).join(" · ")}
              </p>
            )}
            {test.expected.trail && (
              <p>
                {t.expected} : {test.expected.trail.join(" → ")}
                {test.expected.outcome &&
                  ` (${words.trial.outcomes[test.expected.outcome] ?? test.expected.outcome})`}
              </p>
            )}
            {answer && !answer.passed && (
              <>
                <p>
                  {t.went} : {answer.trail.join(" → ")}
                </p>
                <ul>
                  {answer.differences.map((one) => (
                    <li key={`${one.field} ${one.message}`}>{one.message}</li>
                  ))}
                </ul>
              </>
            )}
          </article>
        );
      })}
    </section>
  );
}
