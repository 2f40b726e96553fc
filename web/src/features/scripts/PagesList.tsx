import { ActionIcon, Button } from "@mantine/core";
import { IconAlertTriangle, IconFlag, IconPlus, IconTrash } from "@tabler/icons-react";
import classes from "./Editor.module.css";
import { insertedIn, movedTo, newPage, removedAt } from "./editing";
import { useEditor } from "./editor-context";
import { useText } from "./messages";
import { Reorder } from "./Reorder";

/** The pages in their order; the first one is where every call begins. */
export function PagesList(props: { chosen: string; onChoose: (id: string) => void }) {
  const t = useText().editor;
  const { document, set, problems, readOnly } = useEditor();
  return (
    <nav aria-label={t.pages}>
      <ul className={classes.pages}>
        {document.pages.map((page, index) => {
          const path = `pages.${index}`;
          const wrong = problems.some(
            (one) => one.path === path || one.path.startsWith(`${path}.`),
          );
          return (
            <Reorder
              key={page.id}
              path={path}
              name={page.title}
              disabled={readOnly}
              onMove={(from, to) => set(movedTo(document, from, to))}
            >
              {(handle) => (
                <div
                  className={classes.pageRow}
                  data-chosen={page.id === props.chosen || undefined}
                >
                  {handle}
                  <button
                    type="button"
                    aria-current={page.id === props.chosen}
                    onClick={() => props.onChoose(page.id)}
                  >
                    {page.title || page.id}
                  </button>
                  {page.finish && <IconFlag size={14} aria-label={t.end} />}
                  {wrong && (
                    <IconAlertTriangle
                      size={15}
                      className={classes.warn}
                      aria-label={t.problems(1)}
                    />
                  )}
                  {document.pages.length > 1 && !readOnly && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="sm"
                      aria-label={`${t.removePage} : ${page.title}`}
                      onClick={() => {
                        const other = document.pages[index === 0 ? 1 : index - 1];
                        if (other && page.id === props.chosen) props.onChoose(other.id);
                        set(removedAt(document, path));
                      }}
                    >
                      <IconTrash size={14} />
                    </ActionIcon>
                  )}
                </div>
              )}
            </Reorder>
          );
        })}
      </ul>
      {!readOnly && (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={15} />}
          onClick={() => {
            const page = newPage(document, t.newPage);
            set(insertedIn(document, "pages", page));
            props.onChoose(page.id);
          }}
        >
          {t.addPage}
        </Button>
      )}
    </nav>
  );
}
