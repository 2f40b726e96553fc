import { Button, Stack, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { BackLink } from "./BackLink";
import { ConfirmDialog } from "./ConfirmDialog";
import classes from "./DocumentPage.module.css";
import { FormProblem } from "./FormProblem";
import { useText } from "./messages";
import { PageHeader } from "./PageHeader";
import { toast } from "./toast";
import { useSubmit } from "./useSubmit";
import { useUnsavedGuard } from "./useUnsavedGuard";

interface Removal {
  title: string;
  text: string;
  action: string;
  done: string;
  /** Deletes the document; a refusal that names its uses is shown. */
  remove: () => Promise<unknown>;
}

interface Props<Values extends { name: string }> {
  title: string;
  text?: ReactNode;
  beside?: ReactNode;
  /** The list of documents of this kind. */
  list: string;
  listTitle: string;
  nameLabel: string;
  form: UseFormReturnType<Values>;
  mayWrite: boolean;
  save: (values: Values) => Promise<unknown>;
  /** Fetches again what the server has. */
  reload: () => Promise<unknown>;
  /** Not for a document that is not made yet. */
  removal?: Removal | undefined;
  maxWidth?: number;
  /** Beside the button that saves. */
  tools?: ReactNode;
  /** Below the form. */
  after?: ReactNode;
  children: ReactNode;
}

/** The page of a document with a name: saved as a whole, deleted unless something uses it. */
export function DocumentPage<Values extends { name: string }>(props: Props<Values>) {
  const { form, mayWrite, removal } = props;
  const t = useText();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const dirty = mayWrite && form.isDirty();
  useUnsavedGuard(() => mayWrite && form.isDirty());
  const { submit, busy, problem } = useSubmit(
    form as unknown as UseFormReturnType<Values & Record<string, unknown>>,
    async (values) => {
      await props.save(values);
      await props.reload();
    },
  );
  return (
    <>
      <PageHeader
        title={props.title}
        text={props.text}
        above={<BackLink to={props.list}>{props.listTitle}</BackLink>}
        beside={props.beside}
      >
        {mayWrite && removal && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={17} />}
            onClick={() => setDeleting(true)}
          >
            {removal.action}
          </Button>
        )}
      </PageHeader>
      <form onSubmit={submit} noValidate>
        <Stack mb="lg" maw={props.maxWidth}>
          <FormProblem problem={problem} onReload={() => void props.reload()} />
          <TextInput
            maw={480}
            label={props.nameLabel}
            required
            readOnly={!mayWrite}
            {...form.getInputProps("name")}
          />
          {props.children}
          {mayWrite && (
            <div className={classes.foot}>
              {props.tools}
              <Button type="submit" loading={busy}>
                {t.save}
              </Button>
              {dirty && (
                <Text size="sm" c="dimmed">
                  {t.unsaved}
                </Text>
              )}
            </div>
          )}
        </Stack>
      </form>
      {props.after}
      {removal && (
        <ConfirmDialog
          open={deleting}
          danger
          title={removal.title}
          action={removal.action}
          onClose={() => setDeleting(false)}
          onConfirm={async () => {
            await removal.remove();
            form.resetDirty();
            await navigate({ to: props.list });
            await props.reload();
            toast.success(removal.done);
          }}
        >
          {removal.text}
        </ConfirmDialog>
      )}
    </>
  );
}
