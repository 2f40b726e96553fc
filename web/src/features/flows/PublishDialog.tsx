import { Alert, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { ApiError, type FieldError } from "@/api/client";
import { FormModal } from "@/shared/FormModal";
import classes from "./Editor.module.css";
import { useText } from "./messages";

/** A note, then the server's yes, or every reason why not. */
export function PublishDialog(props: {
  onClose: () => void;
  onPublish: (note: string) => Promise<void>;
}) {
  const t = useText().editor;
  const form = useForm({ initialValues: { note: "" } });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const reasons =
    problem instanceof ApiError ? ((problem.details.fields ?? []) as FieldError[]) : [];
  return (
    <FormModal
      open
      title={t.publishTitle}
      action={t.publishGo}
      busy={busy}
      problem={reasons.length > 0 ? null : problem}
      onSubmit={form.onSubmit(async ({ note }) => {
        setBusy(true);
        setProblem(null);
        try {
          await props.onPublish(note);
        } catch (error) {
          setProblem(error);
        } finally {
          setBusy(false);
        }
      })}
      onClose={props.onClose}
    >
      <p className={classes.hint}>{t.publishText}</p>
      {reasons.length > 0 && (
        <Alert color="red" role="alert" title={t.refused}>
          <ul className={classes.reasons}>
            {reasons.map((one) => (
              <li key={`${one.field} ${one.code} ${one.message}`}>
                <code>{one.field}</code> {one.message}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <Textarea
        label={t.publishNote}
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        {...form.getInputProps("note")}
      />
    </FormModal>
  );
}
