import { ActionIcon, Button, Menu, Textarea, TextInput, Tooltip } from "@mantine/core";
import { IconCopyPlus, IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import { ButtonEditor } from "./ButtonEditor";
import { ConditionEditor } from "./ConditionEditor";
import { fieldsOf } from "./document";
import classes from "./Editor.module.css";
import {
  changedAt,
  duplicateOf,
  insertedIn,
  mergedAt,
  movedTo,
  newBlock,
  removedAt,
} from "./editing";
import { useEditor, useProblem } from "./editor-context";
import { FieldEditor } from "./FieldEditor";
import { useText } from "./messages";
import { Reorder } from "./Reorder";
import type { Block } from "./types";

const TYPES = ["text", "field", "button", "section"] as const;

/** The blocks of a page or of a section. */
export function BlocksEditor({ path, blocks }: { path: string; blocks: readonly Block[] }) {
  const t = useText().editor;
  const { document, set } = useEditor();
  const problem = useProblem(path);
  return (
    <>
      {blocks.length === 0 && !path.includes("blocks.") && (
        <p className={classes.hint}>{t.emptyPage}</p>
      )}
      <ul className={classes.blocks}>
        {blocks.map((block, index) => (
          <BlockEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: texts have no names; a block's place is its path.
            key={`${"id" in block ? "" : block.type}${index}`}
            path={`${path}.${index}`}
            block={block}
          />
        ))}
      </ul>
      {problem && <p className={classes.problem}>{problem}</p>}
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button size="compact-sm" variant="light" leftSection={<IconPlus size={15} />}>
            {t.addBlock}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {TYPES.map((type) => (
            <Menu.Item
              key={type}
              onClick={() =>
                set(insertedIn(document, path, newBlock(document, type, t.types[type])))
              }
            >
              {t.types[type]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function BlockEditor({ path, block }: { path: string; block: Block }) {
  const t = useText().editor;
  const { document, set, problems, readOnly } = useEditor();
  const inner = block.type === "section" ? `${path}.blocks` : null;
  const wrong = problems.some(
    (one) =>
      (one.path === path || one.path.startsWith(`${path}.`)) &&
      (inner === null || !one.path.startsWith(`${inner}.`)),
  );
  const own = problems.filter((one) => one.path === path || one.path === `${path}.when`);
  const name = t.types[block.type];
  const move = (from: string, to: number) => set(movedTo(document, from, to));
  const list = path.slice(0, path.lastIndexOf("."));
  return (
    <Reorder
      path={path}
      name={name}
      disabled={readOnly}
      onMove={move}
      className={`${classes.block} ${wrong ? classes.wrong : ""}`}
    >
      {(handle: ReactNode) => (
        <>
          <div className={classes.blockHead}>
            {handle}
            <strong>{name}</strong>
            <span className={classes.spacer} />
            <Tooltip label={t.duplicate}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t.duplicate}
                onClick={() => set(insertedIn(document, list, duplicateOf(document, block)))}
              >
                <IconCopyPlus size={16} />
              </ActionIcon>
            </Tooltip>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.removeBlock}
              onClick={() => set(removedAt(document, path))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
          {own.map((one) => (
            <p key={one.code} className={classes.problem}>
              {one.message}
            </p>
          ))}
          {block.type === "text" && <TextEditor path={path} text={block.text} />}
          {block.type === "field" && <FieldEditor path={path} block={block} />}
          {block.type === "button" && <ButtonEditor path={path} block={block} />}
          {block.type === "section" && (
            <TextInput
              label={t.sectionTitle}
              value={block.title ?? ""}
              onChange={(event) =>
                set(mergedAt(document, path, { title: event.currentTarget.value }), `${path}.title`)
              }
            />
          )}
          <ConditionEditor
            path={`${path}.when`}
            when={block.when}
            onChange={(when) =>
              set(mergedAt(document, path, { when: when ?? undefined }), `${path}.when`)
            }
          />
          {block.type === "section" && (
            <div className={classes.inner}>
              <BlocksEditor path={`${path}.blocks`} blocks={block.blocks} />
            </div>
          )}
        </>
      )}
    </Reorder>
  );
}

function TextEditor({ path, text }: { path: string; text: string }) {
  const t = useText().editor;
  const { document, set, columns } = useEditor();
  const area = useRef<HTMLTextAreaElement>(null);
  const problem = useProblem(`${path}.text`);
  const write = (next: string) =>
    set(
      changedAt<string>(document, `${path}.text`, () => next),
      `${path}.text`,
    );
  const names = [
    ...columns.map((column) => ({ name: column.name, label: column.label || column.name })),
    { name: "agent:name", label: "agent:name" },
    ...[...fieldsOf(document).keys()].map((id) => ({
      name: `answer:${id}`,
      label: `answer:${id}`,
    })),
  ];
  const insert = (name: string) => {
    const node = area.current;
    const from = node?.selectionStart ?? text.length;
    const put = `{{${name}}}`;
    write(text.slice(0, from) + put + text.slice(node?.selectionEnd ?? from));
    requestAnimationFrame(() => {
      node?.focus();
      node?.setSelectionRange(from + put.length, from + put.length);
    });
  };
  return (
    <>
      <div className={classes.inserts}>
        <span>{t.insert}</span>
        {names.slice(0, 30).map(({ name, label }) => (
          <Button key={name} size="compact-xs" variant="default" onClick={() => insert(name)}>
            {label}
          </Button>
        ))}
      </div>
      <Textarea
        ref={area}
        aria-label={t.textLabel}
        autosize
        minRows={3}
        maxRows={20}
        value={text}
        error={problem}
        onChange={(event) => write(event.currentTarget.value)}
      />
    </>
  );
}
