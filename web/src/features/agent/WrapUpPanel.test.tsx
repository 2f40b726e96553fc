import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { AgentState } from "@/api/types";
import { setLanguage } from "@/i18n/language";
import { agent, attempt, card } from "@/test/agents";
import { renderPage } from "@/test/render";
import type { Desk } from "./desk";
import { DeskContext } from "./useDesk";
import { ShortcutContext, useShortcutHandlers } from "./useShortcuts";
import { WrapUpPanel } from "./WrapUpPanel";

const command = vi.fn(async (_name: string, _body: unknown) => agent());
const desk = { command } as unknown as Desk;
const CLOSED = attempt({ state: "closed", closed_at: "2026-11-23T10:03:00.000Z" });

function Page({ state }: { state: AgentState }) {
  const handlers = useShortcutHandlers();
  return (
    <DeskContext.Provider value={desk}>
      <ShortcutContext.Provider value={handlers}>
        <WrapUpPanel
          agent={state}
          attempt={state.attempt ?? CLOSED}
          card={card()}
          zone="Africa/Porto-Novo"
        />
      </ShortcutContext.Provider>
    </DeskContext.Provider>
  );
}
const afterCall = (change: Partial<AgentState> = {}) =>
  agent({ status: "after_call", attempt: CLOSED, ...change });

beforeEach(() => {
  setLanguage("en");
  sessionStorage.clear();
  command.mockClear();
});

test("a digit chooses the code; what it asks for has to be filled in before it is saved", async () => {
  const user = userEvent.setup();
  renderPage(<Page state={afterCall()} />);
  await user.keyboard("1");
  expect(screen.getByRole("radio", { name: /sale/i })).toBeChecked();
  await user.keyboard("{Enter}");
  expect(command).not.toHaveBeenCalled();
  const offer = screen.getByLabelText(/offer/i);
  expect(screen.getByText("This result needs it.")).toBeInTheDocument();
  await waitFor(() => expect(offer).toHaveFocus());
  await user.type(offer, "Zen{Enter}");
  expect(command).toHaveBeenCalledWith(
    "wrap-up",
    expect.objectContaining({
      attempt_id: "t1",
      wrap_up_code_id: "Sale",
      fields: { offer: "Zen" },
      next: "ready",
    }),
  );
});

test("digits in the notes are notes", async () => {
  const user = userEvent.setup();
  renderPage(<Page state={afterCall()} />);
  await user.type(screen.getByLabelText(/notes/i), "call at 4");
  expect(screen.getByRole("radio", { name: /never/i })).not.toBeChecked();
  await user.keyboard("{Alt>}4{/Alt}");
  expect(screen.getByRole("radio", { name: /never/i })).toBeChecked();
  expect(screen.getByLabelText(/notes/i)).toHaveValue("call at 4");
});

test("a do-not-call code ticks the box for good", async () => {
  const user = userEvent.setup();
  renderPage(<Page state={afterCall()} />);
  await user.click(screen.getByRole("radio", { name: /never/i }));
  const box = screen.getByRole("checkbox", { name: /do not call/i });
  expect(box).toBeChecked();
  expect(box).toBeDisabled();
});

test("a callback code asks when", async () => {
  const user = userEvent.setup();
  renderPage(<Page state={afterCall()} />);
  await user.keyboard("3{Enter}");
  expect(command).not.toHaveBeenCalled();
  expect(screen.getByText("Say when to call back.")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "In 1 h" }));
  await user.click(screen.getByRole("button", { name: "Save and pause" }));
  expect(command).toHaveBeenCalledWith(
    "wrap-up",
    expect.objectContaining({
      next: "pause",
      callback: expect.objectContaining({ mine: true }),
    }),
  );
});

test("nothing can be saved while the call goes on, but all can be filled in", async () => {
  const user = userEvent.setup();
  renderPage(<Page state={agent({ status: "on_call", attempt: attempt() })} />);
  await user.keyboard("4{Enter}");
  expect(screen.queryByRole("button", { name: /save/i })).not.toBeInTheDocument();
  expect(screen.getByRole("radio", { name: /never/i })).toBeChecked();
  expect(command).not.toHaveBeenCalled();
});

test("a reload loses no word, and saving clears them", async () => {
  const user = userEvent.setup();
  const first = renderPage(<Page state={afterCall()} />);
  await user.click(screen.getByRole("radio", { name: /refused/i }));
  await user.type(screen.getByLabelText(/notes/i), "too dear");
  first.unmount();
  const second = renderPage(<Page state={afterCall()} />);
  expect(screen.getByLabelText(/notes/i)).toHaveValue("too dear");
  await user.click(screen.getByRole("button", { name: "Save and next" }));
  await waitFor(() => expect(command).toHaveBeenCalledOnce());
  second.unmount();
  renderPage(<Page state={afterCall()} />);
  expect(screen.getByLabelText(/notes/i)).toHaveValue("");
});

test("a finished outcome is saved before the limit takes the call away", async () => {
  const user = userEvent.setup();
  const soon = new Date(Date.now() + 1000).toISOString();
  renderPage(<Page state={afterCall({ after_call_until: soon })} />);
  expect(command).not.toHaveBeenCalled();
  await user.keyboard("4");
  // The page looks at the clock once a second.
  await waitFor(() => expect(command).toHaveBeenCalledOnce(), { timeout: 3000 });
});

test("codes that are no longer in use are not offered", () => {
  renderPage(<Page state={afterCall()} />);
  expect(screen.queryByRole("radio", { name: /retired/i })).not.toBeInTheDocument();
});
