import { Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconArrowLeft, IconCopy, IconFlag, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { drawnWays } from "./canvas";
import {
  changedNode,
  connected,
  copied,
  nodeOf,
  plainName,
  removed,
  renamed,
  setting,
  waysOf,
  withSetting,
} from "./document";
import classes from "./Editor.module.css";
import { useEditor, useFinding } from "./editor-context";
import { FlowSettings } from "./FlowSettings";
import { SettingField } from "./fields/SettingField";
import { useText } from "./messages";
import { titleOf, wayName } from "./shown";
import type { FlowNode } from "./types";

/** Settings of the chosen node; of the flow as a whole when none is chosen. */
export function Inspector() {
  const { document, chosen } = useEditor();
  const node = nodeOf(document, chosen);
  return node === undefined ? <FlowSettings /> : <NodeSettings key={node.id} node={node} />;
}

function NodeSettings({ node }: { node: FlowNode }) {
  const t = useText();
  const { document, set, kinds, choose, findings, readOnly } = useEditor();
  const kind = kinds.get(node.type);
  const own = findings.filter((one) => one.node === node.id);
  const change = (next: (old: FlowNode) => FlowNode, about: string) =>
    set(changedNode(document, node.id, next), `${node.id}.${about}`);
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap">
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconArrowLeft size={14} />}
          onClick={() => choose("")}
        >
          {t.editor.backToFlow}
        </Button>
        <Text size="sm" fw={600}>
          {t.types[node.type] ?? t.editor.unknownType(node.type)}
        </Text>
      </Group>
      {own.length > 0 && (
        <ul className={classes.nodeFindings}>
          {own.map((one) => (
            <li key={`${one.field} ${one.code} ${one.message}`}>{one.message}</li>
          ))}
        </ul>
      )}
      <fieldset className={classes.plain} disabled={readOnly}>
        <Stack gap="sm">
          <div className={classes.two}>
            <TextInput
              size="xs"
              label={t.node.title}
              placeholder={t.types[node.type] ?? node.type}
              maxLength={120}
              value={node.title ?? ""}
              onChange={(event) => {
                const title = event.currentTarget.value || undefined;
                change((old) => withSetting(old, "title", title), "title");
              }}
            />
            <IdInput node={node} />
          </div>
          {kind?.fields.map((field) => (
            <SettingField
              key={field.name}
              node={node.id}
              field={field}
              path={field.name}
              value={node[field.name]}
              onChange={(value) =>
                change((old) => setting(old, kind, field.name, value), field.name)
              }
            />
          ))}
          <WaySelects node={node} />
          {!readOnly && (
            <Group gap="xs">
              {document.start !== node.id && (
                <Button
                  size="compact-xs"
                  variant="default"
                  leftSection={<IconFlag size={14} />}
                  onClick={() => set({ ...document, start: node.id })}
                >
                  {t.editor.startHere}
                </Button>
              )}
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconCopy size={14} />}
                onClick={() => {
                  const made = copied(document, node.id);
                  set(made.document);
                  choose(made.id);
                }}
              >
                {t.editor.duplicate}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconTrash size={14} />}
                onClick={() => {
                  choose("");
                  set(removed(document, [node.id]));
                }}
              >
                {t.editor.removeNode}
              </Button>
            </Group>
          )}
        </Stack>
      </fieldset>
    </Stack>
  );
}

/** The node's name is changed when the field is left, so that no two have one meanwhile. */
function IdInput({ node }: { node: FlowNode }) {
  const t = useText();
  const { document, set, choose } = useEditor();
  const [typed, setTyped] = useState(node.id);
  const error = useFinding(node.id, "id");
  const take = () => {
    const wanted = typed.trim().replace(/[^A-Za-z0-9_-]/g, "") || plainName(typed);
    if (wanted === node.id) return;
    if (wanted === "" || nodeOf(document, wanted)) {
      setTyped(node.id);
      return;
    }
    set(renamed(document, node.id, wanted));
    choose(wanted);
  };
  return (
    <TextInput
      size="xs"
      label={t.node.id}
      title={t.node.idHint}
      error={error}
      maxLength={60}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === "Enter" && take()}
    />
  );
}

/** Where each way leads: what the canvas does by drawing, for the keyboard. */
function WaySelects({ node }: { node: FlowNode }) {
  const t = useText();
  const { document, set, kinds, findings } = useEditor();
  const kind = kinds.get(node.type);
  const ways = drawnWays(node, waysOf(node, kind));
  if (ways.length === 0) return null;
  const targets = document.nodes
    .map((one) => ({ value: one.id, label: `${titleOf(one, t)} (${one.id})` }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <fieldset className={classes.entry}>
      <legend>{t.node.ways}</legend>
      {ways.map(({ way, needed, stray }) => {
        const instead = kind?.instead[way];
        const to = node.ways?.[way] ?? "";
        return (
          <NativeSelect
            key={way}
            size="xs"
            label={wayName(node, way, t, document)}
            required={needed}
            description={stray ? t.editor.strayWay : undefined}
            error={
              findings.find((one) => one.node === node.id && one.field === `ways.${way}`)?.message
            }
            value={to}
            data={[
              {
                value: "",
                label:
                  instead && !needed ? t.node.instead(t.ways[instead] ?? instead) : t.node.nowhere,
              },
              ...targets,
              ...(to === "" || targets.some((one) => one.value === to) ? [] : [to]),
            ]}
            onChange={(event) => set(connected(document, node.id, way, event.currentTarget.value))}
          />
        );
      })}
    </fieldset>
  );
}
