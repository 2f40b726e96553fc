import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { api } from "@/api/client";
import type { Card } from "@/api/types";
import {
  defaultsSeen,
  fieldsOf,
  filled,
  missingFields,
  nextOf,
  pageOf,
  type Words,
} from "@/features/scripts/document";
import { useText as useScriptText } from "@/features/scripts/messages";
import { answerOutbox } from "@/features/scripts/outbox";
import classes from "@/features/scripts/Run.module.css";
import { factsOf, ScriptRunner, type Situation } from "@/features/scripts/ScriptRunner";
import type { Answer, ButtonBlock, CardScript, FieldBlock } from "@/features/scripts/types";
import { useSession } from "@/features/session/session";
import { serverNow } from "@/formats/clock";
import { utcToWall } from "@/formats/time";
import { currentLanguage } from "@/i18n/language";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { toast } from "@/shared/toast";
import { deskAct, useDeskAction } from "./desk-actions";
import panels from "./Panels.module.css";
import { useShortcut } from "./useShortcuts";

interface Props {
  attemptId: string;
  card: Card;
  script: CardScript;
  zone: string;
  /** The conversation is over. */
  ended: boolean;
}

/** The script of the call: pages, answers on their way to the server, buttons. */
export function CallScript({ attemptId, card, script, zone, ended }: Props) {
  const t = useScriptText().run;
  const { user } = useSession();
  const view = useSyncExternalStore(answerOutbox.subscribe, () => answerOutbox.view(attemptId));
  const [asked, setAsked] = useState<ButtonBlock | null>(null);
  const [done, setDone] = useState<Record<string, string>>({});
  const panel = useRef<HTMLElement>(null);
  const { document } = script;
  const first = document.pages[0]?.id ?? "";
  const page = pageOf(document, view.page || script.page || first)?.id ?? first;
  const visited = useMemo(() => {
    const known = view.visited.length > 0 ? view.visited : script.visited;
    return known.includes(page) ? known : [...known, page];
  }, [view.visited, script.visited, page]);
  const answers = useMemo(
    () => ({ ...script.answers, ...view.given }),
    [script.answers, view.given],
  );
  const situation: Situation = useMemo(
    () => ({
      data: view.data ?? card.contact.data,
      columns: card.columns,
      contactLanguage: card.contact.language ?? "",
      campaign: card.campaign.name,
      agent: { display_name: user.display_name, language: currentLanguage() },
      now: utcToWall(new Date(serverNow()).toISOString(), zone),
    }),
    [view.data, card, user.display_name, zone],
  );
  const facts = factsOf(document, situation, answers);

  useEffect(() => answerOutbox.resume(), []);
  // The first page counts as shown at once, so that its required fields are asked for.
  const begun = script.visited.length > 0 || view.visited.length > 0;
  useEffect(() => {
    if (!begun) answerOutbox.move(attemptId, first, [first]);
  }, [begun, attemptId, first]);

  const answer = (field: FieldBlock, value: Answer) => {
    const column = field.column ?? null;
    const held = column === null ? "" : (situation.data[column] ?? "");
    answerOutbox.answer(attemptId, field.id, value, column, held);
  };
  const leavePage = () => {
    const fields = fieldsOf(document);
    for (const [id, value] of Object.entries(defaultsSeen(fields, page, answers, facts))) {
      const field = fields.get(id);
      if (field) answer(field, value);
    }
  };
  const goTo = (to: string) => {
    leavePage();
    const place = visited.lastIndexOf(to);
    const back = place >= 0 && place < visited.lastIndexOf(page);
    const seen = visited.includes(to) ? visited : [...visited, to];
    answerOutbox.move(attemptId, to, back ? seen : [...seen.filter((one) => one !== to), to]);
    requestAnimationFrame(() => {
      panel.current?.scrollIntoView({ block: "nearest" });
      panel.current?.querySelector<HTMLElement>("h4")?.focus({ preventScroll: true });
    });
  };
  useDeskAction("leave_script", leavePage);

  const shownPage = pageOf(document, page);
  const missing =
    shownPage?.finish || ended ? missingFields(fieldsOf(document), visited, facts) : [];
  const next = shownPage ? nextOf(shownPage, facts) : null;
  const before = visited[visited.lastIndexOf(page) - 1];
  useShortcut("script_next", next === null ? null : () => goTo(next));
  useShortcut("script_back", before === undefined ? null : () => goTo(before));
  useShortcut("script", () => {
    panel.current
      ?.querySelector<HTMLElement>("[data-field] :is(input, textarea, select), button, h4")
      ?.focus();
  });

  const press = (button: ButtonBlock, words: Words) => {
    const { action } = button;
    const possible = (good: boolean) => good || toast.info(t.notNow);
    switch (action.type) {
      case "go":
        if (action.page) goTo(action.page);
        break;
      case "do_not_call":
      case "uncallable":
        setAsked(button);
        break;
      case "callback":
        possible(
          deskAct("callback", {
            minutes: action.minutes ?? null,
            mine: action.mine ?? true,
            note: filled(action.note ?? "", words.shown),
          }),
        );
        break;
      case "transfer":
        possible(
          deskAct("transfer", { number: action.number ?? null, userId: action.user_id ?? null }),
        );
        break;
      case "wrap_up":
        leavePage();
        possible(
          deskAct("wrap_up", {
            codeId: action.wrap_up_code_id ?? null,
            finish: action.finish ?? false,
          }),
        );
        break;
      case "open":
        window.open(filled(action.url ?? "", words.kept, true), "_blank", "noopener,noreferrer");
        break;
      case "copy":
        void navigator.clipboard
          ?.writeText(filled(action.text ?? "", words.shown))
          .then(() => toast.success(t.copied));
        break;
    }
  };

  const kind = asked?.action.type === "uncallable" ? "uncallable" : "do_not_call";
  return (
    <section ref={panel} className={panels.panel} aria-label={t.title}>
      <div className={classes.panelHead}>
        <h3>{t.title}</h3>
        <span className={classes.state} data-state={view.state} role="status">
          {view.errors[""] ?? (visited.length > 0 ? t.states[view.state] : "")}
        </span>
      </div>
      <ScriptRunner
        document={document}
        situation={situation}
        page={page}
        visited={visited}
        answers={answers}
        errors={view.errors}
        conflicts={view.conflicts}
        done={done}
        onAnswer={answer}
        onPage={goTo}
        onButton={press}
        onFinish={() => {
          leavePage();
          deskAct("wrap_up", { codeId: null, finish: false });
        }}
      />
      {missing.length > 0 && (
        <p className={classes.conflict} role="status">
          {t.missing(missing.map((field) => field.label).join(", "))}
        </p>
      )}
      <ConfirmDialog
        open={asked !== null}
        danger
        title={t.confirm[kind]}
        action={asked?.label ?? ""}
        onClose={() => setAsked(null)}
        onConfirm={async () => {
          if (asked === null) return;
          const told = await api.post<{ done: string }>("/agent/script-buttons", {
            attempt_id: attemptId,
            button_id: asked.id,
          });
          setDone((known) => ({ ...known, [asked.id]: t.done[told.done] ?? told.done }));
          setAsked(null);
        }}
      >
        {t.confirmText[kind]}
      </ConfirmDialog>
    </section>
  );
}
