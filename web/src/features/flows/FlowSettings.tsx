import {
  ActionIcon,
  Button,
  NativeSelect,
  NumberInput,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import classes from "./Editor.module.css";
import { useEditor, useFinding } from "./editor-context";
import { useText } from "./messages";
import { titleOf } from "./shown";
import { VARIABLE_TYPES, type Variable } from "./types";

const LIMITS = ["steps", "seconds", "visits"] as const;

/** What belongs to no single node. */
export function FlowSettings() {
  const t = useText();
  const { document, set, readOnly } = useEditor();
  const nodes = document.nodes.map((one) => ({ value: one.id, label: titleOf(one, t) }));
  const errors = {
    languages: useFinding("", "languages", true),
    start: useFinding("", "start"),
    onError: useFinding("", "on_error"),
    limits: useFinding("", "limits", true),
  };
  return (
    <fieldset className={classes.plain} disabled={readOnly}>
      <Stack gap="sm">
        <div>
          <Text fw={600}>{t.flow.title}</Text>
          <p className={classes.hint}>{t.flow.hint}</p>
        </div>
        <TagsInput
          size="xs"
          label={t.flow.languages}
          error={errors.languages}
          readOnly={readOnly}
          value={document.languages}
          onChange={(languages) => set({ ...document, languages })}
        />
        <div className={classes.two}>
          <NativeSelect
            size="xs"
            label={t.flow.start}
            error={errors.start}
            value={document.start}
            data={[{ value: "", label: t.node.none }, ...nodes]}
            onChange={(event) => set({ ...document, start: event.currentTarget.value })}
          />
          <NativeSelect
            size="xs"
            label={t.flow.onError}
            error={errors.onError}
            value={document.on_error ?? ""}
            data={[{ value: "", label: t.flow.hangUp }, ...nodes]}
            onChange={(event) => {
              const { on_error: _, ...rest } = document;
              const to = event.currentTarget.value;
              set(to === "" ? rest : { ...rest, on_error: to });
            }}
          />
        </div>
        <fieldset className={classes.entry}>
          <legend>{t.flow.limits}</legend>
          <div className={classes.three}>
            {LIMITS.map((name) => (
              <NumberInput
                key={name}
                size="xs"
                label={t.flow[name]}
                min={1}
                allowDecimal={false}
                clampBehavior="none"
                placeholder={t.node.default}
                value={document.limits?.[name] ?? ""}
                onChange={(value) => {
                  const { [name]: _, ...others } = document.limits ?? {};
                  const limits = typeof value === "number" ? { ...others, [name]: value } : others;
                  const { limits: _old, ...rest } = document;
                  const any = Object.keys(limits).length > 0;
                  set(any ? { ...rest, limits } : rest, `limits.${name}`);
                }}
              />
            ))}
          </div>
          {errors.limits && <p className={classes.problem}>{errors.limits}</p>}
        </fieldset>
        <Variables />
      </Stack>
    </fieldset>
  );
}

function Variables() {
  const t = useText().flow;
  const { document, set, findings } = useEditor();
  const variables = document.variables ?? [];
  const give = (next: Variable[], about = "") => set({ ...document, variables: next }, about);
  return (
    <fieldset className={classes.entry}>
      <legend>{t.variables}</legend>
      {variables.map((one, index) => {
        const put = (part: Partial<Variable>) =>
          give(
            variables.map((old, at) => (at === index ? { ...old, ...part } : old)),
            `variables.${index}`,
          );
        const wrong = findings.find(
          (f) => f.node === "" && f.field.startsWith(`variables.${index}`),
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name changes while it is typed
          <div key={index} className={classes.variable}>
            <TextInput
              size="xs"
              aria-label={t.variable}
              placeholder={t.variable}
              maxLength={60}
              value={one.name}
              onChange={(event) => put({ name: event.currentTarget.value.replace(/\s/g, "_") })}
            />
            <NativeSelect
              size="xs"
              aria-label={t.type}
              value={one.type}
              data={VARIABLE_TYPES.map((type) => ({ value: type, label: t.types[type] ?? type }))}
              onChange={(event) => put({ type: event.currentTarget.value })}
            />
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t.removeVariable}
              onClick={() => give(variables.filter((_, at) => at !== index))}
            >
              <IconTrash size={14} />
            </ActionIcon>
            <TextInput
              size="xs"
              aria-label={t.value}
              placeholder={t.value}
              value={one.value ?? ""}
              onChange={(event) => put({ value: event.currentTarget.value })}
            />
            <Switch
              size="xs"
              label={t.personal}
              checked={one.personal === true}
              onChange={(event) => put({ personal: event.currentTarget.checked })}
            />
            {wrong && <p className={classes.problem}>{wrong.message}</p>}
          </div>
        );
      })}
      <Button
        size="compact-xs"
        variant="light"
        leftSection={<IconPlus size={14} />}
        onClick={() => give([...variables, { name: "", type: "text" }])}
      >
        {t.addVariable}
      </Button>
    </fieldset>
  );
}
