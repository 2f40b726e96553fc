import { ActionIcon, Button, Group, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash, IconX } from "@tabler/icons-react";
import type { RuleKind } from "@/api/types";
import { Panel } from "@/shared/Panel";
import { ActionFields } from "./ActionFields";
import { ConditionFields } from "./ConditionFields";
import { useText } from "./messages";
import classes from "./RuleEditor.module.css";
import { actionTypes, conditionTypes, newPiece, type Piece, type RuleSetValues } from "./rule-form";

export type RuleForm = UseFormReturnType<RuleSetValues>;

interface Props {
  form: RuleForm;
  index: number;
  kind: RuleKind;
  last: boolean;
}

/** One rule: name, conditions, actions, and its place among the others. */
export function RuleEditor({ form, index, kind, last }: Props) {
  const t = useText();
  const path = `rules.${index}`;
  const rule = form.values.rules[index];
  if (rule === undefined) return null;
  const number = index + 1;
  const move = (to: number) => form.reorderListItem("rules", { from: index, to });
  return (
    <Panel
      title={t.rule(number)}
      actions={
        <Group gap={4}>
          <Switch
            label={t.active}
            {...form.getInputProps(`${path}.active`, { type: "checkbox" })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={index === 0}
            aria-label={t.up(number)}
            onClick={() => move(index - 1)}
          >
            <IconArrowUp size={17} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={last}
            aria-label={t.down(number)}
            onClick={() => move(index + 1)}
          >
            <IconArrowDown size={17} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t.removeRule(number)}
            onClick={() => form.removeListItem("rules", index)}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </Group>
      }
    >
      <Stack gap="md">
        <TextInput maw={480} label={t.ruleName} required {...form.getInputProps(`${path}.name`)} />
        <Pieces
          form={form}
          path={`${path}.conditions`}
          pieces={rule.conditions}
          title={t.conditions}
          empty={t.always}
          add={t.addCondition}
          remove={t.removeCondition}
          types={conditionTypes(kind)}
          words={t.conditionTypes}
          fields={(at, piece) => <ConditionFields form={form} path={at} piece={piece} />}
          invertible
        />
        <Pieces
          form={form}
          path={`${path}.actions`}
          pieces={rule.actions}
          title={t.actions}
          add={t.addAction}
          remove={t.removeAction}
          types={actionTypes(kind)}
          words={t.actionTypes}
          fields={(at, piece) => <ActionFields form={form} path={at} piece={piece} />}
        />
      </Stack>
    </Panel>
  );
}

interface PiecesProps {
  form: RuleForm;
  path: string;
  pieces: Piece[];
  title: string;
  empty?: string;
  add: string;
  remove: (n: number) => string;
  types: readonly string[];
  words: Record<string, string>;
  fields: (path: string, piece: Piece) => React.ReactNode;
  invertible?: boolean;
  /** Of the list of types, in pixels. */
  typeWidth?: number;
}

/** Conditions, actions or parts: each with its type, its fields and a way to take it out. */
export function Pieces(props: PiecesProps) {
  const t = useText();
  const { form, path, pieces } = props;
  const types = props.types.map((type) => ({ value: type, label: props.words[type] ?? type }));
  const first = props.types[0] ?? "";
  return (
    <fieldset className={classes.pieces}>
      <legend>{props.title}</legend>
      {pieces.length === 0 && props.empty && (
        <Text size="sm" c="dimmed">
          {props.empty}
        </Text>
      )}
      {pieces.map((piece, index) => (
        <div key={piece.key} className={classes.piece}>
          <Group align="flex-start" gap="sm" className={classes.fields}>
            <Select
              w={props.typeWidth ?? 340}
              maw="100%"
              label={t.fields.type}
              allowDeselect={false}
              data={types}
              value={piece.type}
              error={form.errors[`${path}.${index}.type`]}
              onChange={(type) =>
                type !== null &&
                form.setFieldValue(`${path}.${index}`, { ...newPiece(type), key: piece.key })
              }
            />
            {props.fields(`${path}.${index}`, piece)}
            {props.invertible && (
              <Switch
                mt={{ base: 0, sm: 32 }}
                label={t.not}
                {...form.getInputProps(`${path}.${index}.inverted`, { type: "checkbox" })}
              />
            )}
          </Group>
          <ActionIcon
            mt={26}
            size={34}
            variant="subtle"
            color="gray"
            aria-label={props.remove(index + 1)}
            onClick={() => form.removeListItem(path, index)}
          >
            <IconX size={17} />
          </ActionIcon>
        </div>
      ))}
      {form.errors[path] && (
        <Text size="sm" c="red">
          {form.errors[path]}
        </Text>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={15} />}
        onClick={() => form.insertListItem(path, newPiece(first))}
      >
        {props.add}
      </Button>
    </fieldset>
  );
}
