import { NativeSelect, NumberInput, Switch, TextInput } from "@mantine/core";
import { useDncLists, useUsers, useWrapUpCodes } from "@/api/references";
import { useFormats } from "@/shared/useFormats";
import classes from "./Editor.module.css";
import { mergedAt, newAction } from "./editing";
import { useEditor, useProblem } from "./editor-context";
import { useText } from "./messages";
import type { Action, ActionType, ButtonBlock } from "./types";

/** What a button says and does. */
export function ButtonEditor({ path, block }: { path: string; block: ButtonBlock }) {
  const t = useText().editor;
  const { document, set } = useEditor();
  const at = `${path}.action`;
  return (
    <div className={classes.grid}>
      <TextInput
        label={t.label}
        value={block.label}
        error={useProblem(`${path}.label`)}
        onChange={(event) =>
          set(mergedAt(document, path, { label: event.currentTarget.value }), `${path}.label`)
        }
      />
      <NativeSelect
        label={t.action}
        value={block.action.type}
        error={useProblem(`${at}.type`)}
        data={Object.entries(t.actions).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          const type = event.currentTarget.value as ActionType;
          set(mergedAt(document, path, { action: newAction(type, document) }));
        }}
      />
      <ActionFields
        path={at}
        action={block.action}
        onChange={(part) => set(mergedAt(document, at, part), `${at}.${Object.keys(part)[0]}`)}
      />
    </div>
  );
}

interface FieldsProps {
  path: string;
  action: Action;
  onChange: (part: Partial<Action>) => void;
}

const number = (value: string | number) => (value === "" ? null : Number(value));

function ActionFields({ path, action, onChange }: FieldsProps) {
  const t = useText().editor;
  const { document } = useEditor();
  const text = useProblem(`${path}.${action.type === "open" ? "url" : "text"}`);
  const minutes = useProblem(`${path}.minutes`);
  const page = useProblem(`${path}.page`);
  switch (action.type) {
    case "go":
      return (
        <NativeSelect
          label={t.targetPage}
          value={action.page ?? ""}
          error={page}
          data={document.pages.map((one) => ({ value: one.id, label: one.title || one.id }))}
          onChange={(event) => onChange({ page: event.currentTarget.value })}
        />
      );
    case "do_not_call":
      return <DncFields path={path} action={action} onChange={onChange} />;
    case "uncallable":
      return (
        <NativeSelect
          label={t.what}
          value={action.what ?? "number"}
          data={Object.entries(t.whats).map(([value, label]) => ({ value, label }))}
          onChange={(event) =>
            onChange({ what: event.currentTarget.value as "contact" | "number" })
          }
        />
      );
    case "callback":
      return (
        <>
          <NumberInput
            label={t.minutes}
            min={5}
            value={action.minutes ?? ""}
            error={minutes}
            onChange={(value) => onChange({ minutes: number(value) })}
          />
          <TextInput
            label={t.note}
            value={action.note ?? ""}
            onChange={(event) => onChange({ note: event.currentTarget.value })}
          />
          <Switch
            label={t.mine}
            checked={action.mine ?? true}
            onChange={(event) => onChange({ mine: event.currentTarget.checked })}
          />
        </>
      );
    case "transfer":
      return <TransferFields path={path} action={action} onChange={onChange} />;
    case "wrap_up":
      return <CodeFields path={path} action={action} onChange={onChange} />;
    case "open":
    case "copy": {
      const key = action.type === "open" ? "url" : "text";
      return (
        <TextInput
          className={classes.whole}
          label={action.type === "open" ? t.url : t.copyText}
          value={action[key] ?? ""}
          error={text}
          onChange={(event) => onChange({ [key]: event.currentTarget.value })}
        />
      );
    }
    default:
      return null;
  }
}

function DncFields({ path, action, onChange }: FieldsProps) {
  const t = useText().editor;
  const lists = useDncLists();
  return (
    <>
      <NativeSelect
        label={t.dncList}
        value={action.dnc_list_id ?? ""}
        error={useProblem(`${path}.dnc_list_id`)}
        data={[
          { value: "", label: t.dncFirst },
          ...(lists.data ?? []).map((one) => ({ value: one.dnc_list_id, label: one.name })),
        ]}
        onChange={(event) => onChange({ dnc_list_id: event.currentTarget.value || null })}
      />
      <NumberInput
        label={t.days}
        placeholder={t.forEver}
        min={1}
        value={action.days ?? ""}
        error={useProblem(`${path}.days`)}
        onChange={(value) => onChange({ days: number(value) })}
      />
    </>
  );
}

function TransferFields({ path, action, onChange }: FieldsProps) {
  const t = useText().editor;
  const users = useUsers();
  return (
    <>
      <NativeSelect
        label={t.agent}
        value={action.user_id ?? ""}
        error={useProblem(`${path}.user_id`)}
        data={[
          { value: "", label: t.nobody },
          ...(users.data ?? [])
            .filter((user) => user.active)
            .map((user) => ({ value: user.user_id, label: user.display_name })),
        ]}
        onChange={(event) => onChange({ user_id: event.currentTarget.value || null, number: null })}
      />
      <TextInput
        label={t.number}
        type="tel"
        disabled={Boolean(action.user_id)}
        value={action.number ?? ""}
        error={useProblem(`${path}.number`)}
        onChange={(event) => onChange({ number: event.currentTarget.value || null })}
      />
    </>
  );
}

function CodeFields({ path, action, onChange }: FieldsProps) {
  const t = useText().editor;
  const formats = useFormats();
  const codes = useWrapUpCodes();
  return (
    <>
      <NativeSelect
        label={t.code}
        value={action.wrap_up_code_id ?? ""}
        error={useProblem(`${path}.wrap_up_code_id`)}
        data={[
          { value: "", label: "—" },
          ...(codes.data ?? [])
            .filter((code) => code.active)
            .map((code) => ({ value: code.wrap_up_code_id, label: formats.name(code) })),
        ]}
        onChange={(event) => onChange({ wrap_up_code_id: event.currentTarget.value || null })}
      />
      <Switch
        label={t.finish}
        checked={action.finish ?? false}
        onChange={(event) => onChange({ finish: event.currentTarget.checked })}
      />
    </>
  );
}
