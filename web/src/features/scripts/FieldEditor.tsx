import { Autocomplete, Group, NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "./Editor.module.css";
import { choicesOf, choicesText, mergedAt } from "./editing";
import { useEditor, useProblem } from "./editor-context";
import { useText } from "./messages";
import type { FieldBlock, Input } from "./types";

/** What a field asks for and where its answer goes. */
export function FieldEditor({ path, block }: { path: string; block: FieldBlock }) {
  const t = useText().editor;
  const { document, set, columns } = useEditor();
  const change = (part: Partial<FieldBlock>, about = "") =>
    set(mergedAt(document, path, part), about && `${path}.${about}`);
  const choicesProblem = useProblem(`${path}.choices`);
  const [choices, setChoices] = useState(choicesText(block.choices ?? []));
  return (
    <div className={classes.grid}>
      <TextInput
        label={t.label}
        value={block.label}
        error={useProblem(`${path}.label`)}
        onChange={(event) => change({ label: event.currentTarget.value }, "label")}
      />
      <NativeSelect
        label={t.input}
        value={block.input}
        error={useProblem(`${path}.input`)}
        data={Object.entries(t.inputs).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          const input = event.currentTarget.value as Input;
          const chosen = input === "choice" || input === "choices";
          if (!chosen) setChoices("");
          change({ input, default: undefined, ...(chosen ? {} : { choices: undefined }) } as never);
        }}
      />
      <Autocomplete
        label={t.column}
        placeholder={t.noColumn}
        data={columns.map((column) => column.name)}
        value={block.column ?? ""}
        error={useProblem(`${path}.column`)}
        onChange={(column) => change({ column: column === "" ? null : column }, "column")}
      />
      <TextInput
        label={t.id}
        value={block.id}
        error={useProblem(`${path}.id`)}
        onChange={(event) => change({ id: event.currentTarget.value }, "id")}
      />
      <TextInput
        label={t.help}
        value={block.help ?? ""}
        error={useProblem(`${path}.help`)}
        onChange={(event) => change({ help: event.currentTarget.value }, "help")}
      />
      <TextInput
        label={t.default}
        value={block.default ?? ""}
        error={useProblem(`${path}.default`)}
        onChange={(event) => change({ default: event.currentTarget.value }, "default")}
      />
      {(block.input === "choice" || block.input === "choices") && (
        <Textarea
          className={classes.whole}
          label={t.choices}
          autosize
          minRows={3}
          value={choices}
          error={choicesProblem}
          onChange={(event) => {
            setChoices(event.currentTarget.value);
            change({ choices: choicesOf(event.currentTarget.value) }, "choices");
          }}
        />
      )}
      {block.input === "yes_no" && block.column && (
        <Group grow className={classes.whole}>
          {(["yes", "no"] as const).map((answer) => (
            <TextInput
              key={answer}
              label={`${t.written} (${answer})`}
              placeholder={answer}
              value={block.written?.[answer] ?? ""}
              onChange={(event) =>
                change(
                  { written: { ...block.written, [answer]: event.currentTarget.value } },
                  answer,
                )
              }
            />
          ))}
        </Group>
      )}
      <Group className={classes.whole} gap="lg">
        <Switch
          label={t.required}
          checked={block.required ?? false}
          error={useProblem(`${path}.required`)}
          onChange={(event) => change({ required: event.currentTarget.checked })}
        />
        <Switch
          label={t.readOnly}
          checked={block.read_only ?? false}
          onChange={(event) => change({ read_only: event.currentTarget.checked })}
        />
        <Switch
          label={t.personal}
          checked={block.personal ?? false}
          onChange={(event) => change({ personal: event.currentTarget.checked })}
        />
      </Group>
    </div>
  );
}
