import { ActionIcon, Button, Group, NativeSelect, Switch, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { BlocksEditor } from "./BlocksEditor";
import { ConditionEditor } from "./ConditionEditor";
import classes from "./Editor.module.css";
import { mergedAt } from "./editing";
import { useEditor, useProblem } from "./editor-context";
import { useText } from "./messages";
import type { ScriptPage, WayOn } from "./types";

const CONDITIONS = "?";

/** A page: its title, its blocks, and where it leads. */
export function PageEditor({ index, page }: { index: number; page: ScriptPage }) {
  const t = useText().editor;
  const { document, set, problems } = useEditor();
  const path = `pages.${index}`;
  const own = problems.filter((one) => one.path === path);
  const nextProblem = useProblem(`${path}.next`);
  const pages = document.pages.map((one) => ({ value: one.id, label: one.title || one.id }));
  const ways = Array.isArray(page.next) ? page.next : null;
  const setNext = (next: string | WayOn[] | undefined) => set(mergedAt(document, path, { next }));
  return (
    <div className={classes.page}>
      <TextInput
        label={t.pageTitle}
        value={page.title}
        error={useProblem(`${path}.title`)}
        onChange={(event) =>
          set(mergedAt(document, path, { title: event.currentTarget.value }), `${path}.title`)
        }
      />
      {own.map((one) => (
        <p key={one.code} className={classes.problem}>
          {one.message}
        </p>
      ))}
      <BlocksEditor path={`${path}.blocks`} blocks={page.blocks} />
      <Group align="flex-end" mt="sm">
        <NativeSelect
          label={t.nextPage}
          value={ways ? CONDITIONS : (page.next as string | undefined) || ""}
          error={nextProblem}
          data={[
            { value: "", label: t.nextNone },
            ...pages.filter((one) => one.value !== page.id),
            { value: CONDITIONS, label: t.nextConditions },
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            const first = pages.find((one) => one.value !== page.id)?.value ?? page.id;
            if (value === CONDITIONS) setNext([{ page: first }]);
            else setNext(value === "" ? undefined : value);
          }}
        />
        <Switch
          mb={8}
          label={t.end}
          checked={page.finish ?? false}
          onChange={(event) =>
            set(mergedAt(document, path, { finish: event.currentTarget.checked || undefined }))
          }
        />
      </Group>
      {ways?.map((way, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ways have no names.
        <div key={at} className={classes.way}>
          <Group align="flex-end">
            <NativeSelect
              label={way.when ? t.way : t.wayElse}
              value={way.page}
              data={pages}
              onChange={(event) => {
                const to = event.currentTarget.value;
                setNext(ways.map((one, i) => (i === at ? { ...one, page: to } : one)));
              }}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              mb={6}
              aria-label={t.removeStatement}
              onClick={() => setNext(ways.filter((_, i) => i !== at))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
          <ConditionEditor
            path={`${path}.next.${at}.when`}
            when={way.when}
            label={t.whenWay}
            onChange={(when) =>
              setNext(
                ways.map((one, i) =>
                  i === at ? (when === null ? { page: one.page } : { ...one, when }) : one,
                ),
              )
            }
          />
        </div>
      ))}
      {ways && (
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconPlus size={14} />}
          onClick={() => setNext([...ways, { page: pages[0]?.value ?? page.id }])}
        >
          {t.addWay}
        </Button>
      )}
    </div>
  );
}
