import { Button } from "@mantine/core";
import {
  IconArrowForwardUp,
  IconBan,
  IconCalendarPlus,
  IconCheck,
  IconChevronRight,
  IconCopy,
  IconExternalLink,
  IconMessage,
  IconPhoneOff,
  IconTag,
  type TablerIcon,
} from "@tabler/icons-react";
import { lazy, Suspense, useMemo } from "react";
import type { Column } from "@/api/types";
import { type Facts, holds } from "./conditions";
import { effective, fieldsOf, isEmpty, nextOf, ofColumn, pageOf, type Words } from "./document";
import { useText } from "./messages";
import classes from "./Run.module.css";
import { ScriptFieldInput } from "./ScriptFieldInput";
import { shown } from "./shown";
import type {
  ActionType,
  Answer,
  Answers,
  Block,
  ButtonBlock,
  ColumnConflict,
  FieldBlock,
  ScriptDocument,
} from "./types";

const MarkdownText = lazy(() => import("./MarkdownText"));

export const ACTION_ICONS: Record<ActionType, TablerIcon> = {
  go: IconChevronRight,
  do_not_call: IconBan,
  uncallable: IconPhoneOff,
  callback: IconCalendarPlus,
  transfer: IconArrowForwardUp,
  wrap_up: IconTag,
  open: IconExternalLink,
  copy: IconCopy,
  send_message: IconMessage,
};

/** What is known of the call, beside the answers. */
export interface Situation {
  data: Record<string, string | null>;
  columns: readonly Column[];
  contactLanguage: string;
  campaign: string;
  agent: { display_name: string; language: string };
  now: string;
}

interface Props {
  document: ScriptDocument;
  situation: Situation;
  page: string;
  visited: readonly string[];
  answers: Answers;
  errors?: Record<string, string>;
  conflicts?: Record<string, ColumnConflict>;
  /** What buttons have done, by their names. */
  done?: Record<string, string>;
  onAnswer: (field: FieldBlock, value: Answer) => void;
  onPage: (page: string) => void;
  onButton: (button: ButtonBlock, words: Words) => void;
  onFinish?: (() => void) | undefined;
}

export function factsOf(document: ScriptDocument, situation: Situation, answers: Answers): Facts {
  return {
    columns: situation.data,
    answers: effective(fieldsOf(document), answers, situation.data),
    language: situation.contactLanguage,
    campaign: situation.campaign,
    agent: situation.agent,
    now: situation.now,
  };
}

/** Every placeholder's value. */
export function wordsOf(document: ScriptDocument, situation: Situation, facts: Facts): Words {
  const words: Words = { shown: {}, kept: {}, labels: {} };
  const language = situation.agent.language;
  const put = (name: string, kind: string, value: string, label: string) => {
    words.kept[name] = value;
    words.shown[name] = shown(kind, value, language);
    words.labels[name] = label;
  };
  for (const column of situation.columns) {
    put(column.name, column.kind, situation.data[column.name] ?? "", column.label);
  }
  for (const [id, field] of fieldsOf(document)) {
    const value = facts.answers[id] ?? "";
    const labels = new Map((field.choices ?? []).map((one) => [one.value, one.label || one.value]));
    const text = (Array.isArray(value) ? value : [value])
      .map((one) => labels.get(one) ?? one)
      .join(", ");
    put(`answer:${id}`, field.input, text, field.label);
  }
  put("agent:name", "text", situation.agent.display_name, "agent");
  put("campaign:name", "text", situation.campaign, "campagne");
  return words;
}

/** A page of a script, as agents see it: the same on the desk and in the editor's preview. */
export function ScriptRunner(props: Props) {
  const t = useText().run;
  const { document, situation, answers } = props;
  const facts = useMemo(
    () => factsOf(document, situation, answers),
    [document, situation, answers],
  );
  const words = useMemo(() => wordsOf(document, situation, facts), [document, situation, facts]);
  const page = pageOf(document, props.page);
  if (page === undefined) return null;
  const before = props.visited[props.visited.lastIndexOf(page.id) - 1];
  const next = nextOf(page, facts);
  const number = document.pages.indexOf(page) + 1;
  return (
    <div className={classes.run} data-page={page.id}>
      {document.pages.length > 1 && (
        <div className={classes.head}>
          <h4 className={classes.title} tabIndex={-1}>
            {page.title}
          </h4>
          <span className={classes.count}>{t.page(number, document.pages.length)}</span>
        </div>
      )}
      <Blocks {...props} blocks={page.blocks} facts={facts} words={words} />
      {(before !== undefined || next !== null || (page.finish && props.onFinish)) && (
        <div className={classes.ways}>
          {before !== undefined && (
            <Button
              variant="default"
              aria-keyshortcuts="Alt+B"
              onClick={() => props.onPage(before)}
            >
              {t.back}
            </Button>
          )}
          <span className={classes.spacer} />
          {next !== null && (
            <Button aria-keyshortcuts="Alt+N" onClick={() => props.onPage(next)}>
              {t.next}
            </Button>
          )}
          {next === null && page.finish && props.onFinish && (
            <Button aria-keyshortcuts="Alt+W" onClick={props.onFinish}>
              {t.finish}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Blocks(props: Props & { blocks: readonly Block[]; facts: Facts; words: Words }) {
  const { facts, words, situation } = props;
  return props.blocks.map((block, index) => {
    if (!holds(block.when, facts)) return null;
    const key = "id" in block ? block.id : index;
    switch (block.type) {
      case "text":
        return (
          <div key={key} className={classes.text}>
            <Suspense fallback={<p className={classes.none}>…</p>}>
              <MarkdownText text={block.text} words={words} />
            </Suspense>
          </div>
        );
      case "section":
        return (
          <section key={key} className={classes.section} aria-label={block.title || undefined}>
            {block.title && <h5>{block.title}</h5>}
            <Blocks {...props} blocks={block.blocks} />
          </section>
        );
      case "field": {
        const conflict = props.conflicts?.[block.id];
        const value = facts.answers[block.id] ?? "";
        return (
          <ScriptFieldInput
            key={key}
            field={block}
            value={value}
            language={situation.agent.language}
            kind={situation.columns.find((one) => one.name === block.column)?.kind ?? "text"}
            error={props.errors?.[block.id]}
            conflict={conflict}
            onChange={(given) => props.onAnswer(block, given)}
            onMine={() => props.onAnswer(block, value)}
            onTheirs={() => props.onAnswer(block, ofColumn(block, conflict?.value ?? ""))}
          />
        );
      }
      default: {
        const Icon = ACTION_ICONS[block.action.type];
        const result = props.done?.[block.id];
        const danger = block.action.type === "do_not_call" || block.action.type === "uncallable";
        return (
          <div key={key} className={classes.button}>
            <Button
              variant={danger ? "outline" : "light"}
              color={danger ? "red" : undefined}
              leftSection={<Icon size={17} />}
              disabled={danger && !isEmpty(result)}
              onClick={() => props.onButton(block, words)}
            >
              {block.label}
            </Button>
            {result && (
              <span className={classes.done} role="status">
                <IconCheck size={16} aria-hidden /> {result}
              </span>
            )}
          </div>
        );
      }
    }
  });
}
