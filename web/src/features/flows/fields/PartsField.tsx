import { ActionIcon, Autocomplete, Button, Input, NativeSelect, Textarea } from "@mantine/core";
import { IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import classes from "../Editor.module.css";
import { useEditor, useFinding } from "../editor-context";
import { useText } from "../messages";
import { VALUE_PARTS } from "../shown";
import type { NodeField, Part } from "../types";
import { FlowConditionEditor } from "./FlowConditionEditor";
import { raised } from "./ListField";
import { MapField } from "./MapField";
import type { SettingProps } from "./SettingField";
import { InsertMenu, TemplateField } from "./TemplateField";
import { withText } from "./TextsField";

const DEEPEST = 3;
const inField = (name: string, kind: NodeField["kind"], fields: NodeField[] = []): NodeField => ({
  name,
  kind,
  required: false,
  default: null,
  least: 0,
  most: 50,
  choices: [],
  noun: "",
  types: [],
  fields,
});
const WHEN = inField("when", "condition");
const VALUES = inField("values", "map", [inField("value", "template")]);

/** What is said, part by part. */
export function PartsField(props: SettingProps & { depth?: number }) {
  const t = useText();
  const { node, path, value, label, onChange, depth = 1 } = props;
  const error = useFinding(node, path);
  const parts = Array.isArray(value) ? (value as Part[]) : [];
  const give = (next: Part[]) => onChange(next.length > 0 ? next : undefined);
  return (
    <Input.Wrapper size="xs" label={label} error={error} required={props.field.required}>
      <div className={classes.entries}>
        {parts.map((part, index) => (
          <PartFields
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
            key={index}
            node={node}
            path={`${path}.${index}`}
            part={part}
            depth={depth}
            onChange={(next) => give(parts.map((one, at) => (at === index ? next : one)))}
            onRemove={() => give(parts.filter((_, at) => at !== index))}
            {...(index > 0 ? { onRaise: () => give(raised(parts, index)) } : {})}
          />
        ))}
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconPlus size={14} />}
          onClick={() => give([...parts, { text: {} }])}
        >
          {t.node.addPart}
        </Button>
      </div>
    </Input.Wrapper>
  );
}

const kindOf = (part: Part): string =>
  ["prompt", "text", "parts", ...VALUE_PARTS].find((kind) => kind in part) ?? "text";

function fresh(kind: string, old: Part): Part {
  const rest: Part = {
    ...(old.when ? { when: old.when } : {}),
    ...(old.language ? { language: old.language } : {}),
  };
  if (kind === "text") return { text: {}, ...rest };
  if (kind === "parts") return { parts: [{ text: {} }], ...rest };
  return { [kind]: "", ...rest };
}

function PartFields(props: {
  node: string;
  path: string;
  part: Part;
  depth: number;
  onChange: (part: Part) => void;
  onRemove: () => void;
  onRaise?: () => void;
}) {
  const t = useText().node;
  const { document, things } = useEditor();
  const { node, path, part, depth, onChange } = props;
  const error = useFinding(node, path, true);
  const kind = kindOf(part);
  const put = (name: keyof Part, value: unknown) => {
    const next: Record<string, unknown> = { ...part, [name]: value };
    if (value === undefined || value === "") {
      if (name !== kind) delete next[name];
    }
    onChange(next as Part);
  };
  return (
    <fieldset className={classes.entry} aria-label={t.partKinds[kind]}>
      <div className={classes.entryHead}>
        <NativeSelect
          size="xs"
          aria-label={t.partKind}
          value={kind}
          data={Object.entries(t.partKinds)
            .filter(([one]) => one !== "parts" || depth < DEEPEST)
            .map(([value, label]) => ({ value, label }))}
          onChange={(event) => onChange(fresh(event.currentTarget.value, part))}
        />
        {document.languages.length > 1 && kind !== "parts" && (
          <NativeSelect
            size="xs"
            aria-label={t.partLanguage}
            value={part.language ?? ""}
            data={[{ value: "", label: t.callLanguage }, ...document.languages]}
            onChange={(event) => put("language", event.currentTarget.value)}
          />
        )}
        {props.onRaise && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t.partUp}
            onClick={props.onRaise}
          >
            <IconArrowUp size={14} />
          </ActionIcon>
        )}
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={t.removePart}
          onClick={props.onRemove}
        >
          <IconTrash size={14} />
        </ActionIcon>
      </div>
      {kind === "text" &&
        (part.language ? [part.language] : document.languages).map((language) => {
          const words = part.text?.[language] ?? "";
          const write = (next: string) => put("text", withText(part.text ?? {}, language, next));
          return (
            <Textarea
              key={language}
              size="xs"
              autosize
              minRows={1}
              aria-label={t.words(language)}
              leftSection={<span className={classes.code}>{language}</span>}
              rightSection={<InsertMenu onInsert={(name) => write(`${words}{{${name}}}`)} />}
              value={words}
              onChange={(event) => write(event.currentTarget.value)}
            />
          );
        })}
      {kind === "prompt" && (
        <>
          <Autocomplete
            size="xs"
            label={t.promptKey}
            data={(things.byNoun.prompt ?? []).map((one) => one.value)}
            value={part.prompt ?? ""}
            onChange={(next) => put("prompt", next)}
          />
          <MapField
            node={node}
            field={VALUES}
            path={`${path}.values`}
            label={t.promptValues}
            value={part.values}
            onChange={(next) => put("values", next)}
          />
        </>
      )}
      {VALUE_PARTS.some((one) => one === kind) && (
        <TemplateField
          label={t.partKinds[kind] ?? kind}
          value={String(part[kind as keyof Part] ?? "")}
          onChange={(next) => put(kind as keyof Part, next)}
        />
      )}
      {kind === "parts" && (
        <PartsField
          node={node}
          field={inField("parts", "parts")}
          path={`${path}.parts`}
          label={t.partKinds.parts ?? ""}
          value={part.parts}
          depth={depth + 1}
          onChange={(next) => onChange({ ...part, parts: (next as Part[] | undefined) ?? [] })}
        />
      )}
      <FlowConditionEditor
        node={node}
        field={WHEN}
        path={`${path}.when`}
        label={t.onlyIf}
        value={part.when}
        onChange={(next) => put("when", next)}
      />
      {error && <p className={classes.problem}>{error}</p>}
    </fieldset>
  );
}
