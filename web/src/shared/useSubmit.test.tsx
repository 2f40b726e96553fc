import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { ApiError } from "@/api/client";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { FormProblem } from "./FormProblem";
import { fieldErrors, useSubmit } from "./useSubmit";

const invalid = (field: string) =>
  new ApiError(422, "INVALID", "Correct the fields.", null, {
    fields: [{ field, code: "RANGE", message: `Wrong: ${field}` }],
  });

function Form(props: { deliver: () => Promise<unknown>; onReload?: () => void }) {
  const form = useForm({ initialValues: { name: "", recall_seconds: { busy: "60" } } });
  const { submit, problem } = useSubmit(form, props.deliver);
  return (
    <form onSubmit={submit}>
      <FormProblem problem={problem} {...(props.onReload ? { onReload: props.onReload } : {})} />
      <TextInput label="Name" {...form.getInputProps("name")} />
      <TextInput label="Busy" {...form.getInputProps("recall_seconds.busy")} />
      <button type="submit">Send</button>
    </form>
  );
}

async function sent(error: unknown, onReload?: () => void) {
  setLanguage("en");
  const deliver = vi.fn().mockRejectedValue(error);
  renderPage(<Form deliver={deliver} {...(onReload ? { onReload } : {})} />);
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(deliver).toHaveBeenCalledOnce();
}

test("what the server refuses stands beside its field, nested ones too", async () => {
  await sent(invalid("recall_seconds.busy"));
  expect(await screen.findByText("Wrong: recall_seconds.busy")).toBeVisible();
  expect(screen.getByLabelText("Busy")).toHaveAttribute("aria-invalid", "true");
  expect(screen.getByLabelText("Name")).not.toHaveAttribute("aria-invalid", "true");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a refusal of no field of the form stands above it", async () => {
  await sent(new ApiError(409, "NAME_TAKEN", "There is one of that name.", "other"));
  expect(await screen.findByRole("alert")).toHaveTextContent("There is one of that name.");
});

test("a stale version says so and offers the newer one", async () => {
  const reload = vi.fn();
  await sent(new ApiError(409, "STALE_VERSION", "Stale."), reload);
  expect(await screen.findByRole("alert")).toHaveTextContent("Someone else has changed this");
  await userEvent.click(screen.getByRole("button", { name: "Reload the current version" }));
  expect(reload).toHaveBeenCalledOnce();
});

test("errors of fields that a form does not have are not lost in it", () => {
  expect(fieldErrors(invalid("elsewhere"), ["name"])).toBeNull();
  expect(fieldErrors(invalid("name"), ["name"])).toEqual({ name: "Wrong: name" });
  expect(fieldErrors(new Error("x"), ["name"])).toBeNull();
});
