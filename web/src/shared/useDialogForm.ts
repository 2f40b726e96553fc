import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { toast } from "./toast";
import { useSubmit } from "./useSubmit";

interface Options<Values> {
  initialValues: Values;
  save: (values: Values) => Promise<unknown>;
  /** What is read anew once it is saved. */
  refresh: readonly (readonly string[])[];
  saved: string;
  onClose: () => void;
}

/** A thing's form in a <FormModal>: saved, told and closed. `dialog` goes to the modal. */
export function useDialogForm<Values extends Record<string, unknown>>(options: Options<Values>) {
  const client = useQueryClient();
  const form = useForm({ initialValues: options.initialValues });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await options.save(values);
    for (const queryKey of options.refresh) await client.invalidateQueries({ queryKey });
    toast.success(options.saved);
    options.onClose();
  });
  const dialog = { open: true, busy, problem, onSubmit: submit, onClose: options.onClose };
  return { form, dialog };
}
