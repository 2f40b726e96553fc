/**
 * Sends a form and puts what the server refuses beside the field it names. What belongs to no field
 * is `problem`, for <FormProblem>; a stale version is one of those, with its own words.
 */

import type { FormErrors, UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import { ApiError } from "@/api/client";

interface Submit<Values> {
  submit: (event?: React.FormEvent<HTMLFormElement>) => void;
  /** Sends values without looking at the form's own rules. */
  send: (values: Values) => Promise<void>;
  busy: boolean;
  problem: unknown;
}

/** The server's words by field, for the fields that the form has; `null` when none fits. */
export function fieldErrors(error: unknown, fields: readonly string[]): FormErrors | null {
  if (!(error instanceof ApiError)) return null;
  const found = Object.entries(error.fields).filter(([name]) =>
    fields.some((field) => name === field || name.startsWith(`${field}.`)),
  );
  return found.length === 0 ? null : Object.fromEntries(found);
}

/** Brings the first field with an error into view, where the keyboard goes on. */
function focusFirst(form: { getInputNode: (path: string) => HTMLElement | null }, path: string) {
  requestAnimationFrame(() => {
    const node =
      form.getInputNode(path) ?? document.querySelector<HTMLElement>("[aria-invalid='true']");
    node?.scrollIntoView({ block: "center", behavior: "smooth" });
    node?.focus({ preventScroll: true });
  });
}

export function useSubmit<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  deliver: (values: Values) => Promise<unknown>,
): Submit<Values> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  async function send(values: Values) {
    setBusy(true);
    setProblem(null);
    try {
      await deliver(values);
    } catch (error) {
      const errors = fieldErrors(error, Object.keys(values));
      if (errors === null) setProblem(error);
      else {
        form.setErrors(errors);
        focusFirst(form, Object.keys(errors)[0] ?? "");
      }
    } finally {
      setBusy(false);
    }
  }

  return {
    submit: form.onSubmit(
      (values) => void send(values),
      (errors) => focusFirst(form, Object.keys(errors)[0] ?? ""),
    ),
    send,
    busy,
    problem,
  };
}
