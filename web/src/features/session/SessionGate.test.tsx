import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { queryClient } from "@/app/query-client";
import { setLanguage } from "@/i18n/language";
import { SESSION } from "@/test/render";
import { SessionGate } from "./SessionGate";
import { signOut, useSession } from "./session";

let signedIn = false;

beforeEach(() => {
  signedIn = false;
  queryClient.clear();
  setLanguage("en");
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    if (init.method === "DELETE") {
      signedIn = false;
      return new Response(null, { status: 204 });
    }
    const body = init.method === "POST" ? JSON.parse(String(init.body)) : {};
    if (body.password === "wrong") {
      const error = { code: "WRONG_LOGIN", message: "Login or password is wrong." };
      return new Response(JSON.stringify({ error }), { status: 401 });
    }
    if (init.method === "POST") signedIn = true;
    return signedIn
      ? new Response(JSON.stringify(SESSION), { status: 200 })
      : new Response(JSON.stringify({ error: { code: "NOT_SIGNED_IN" } }), { status: 401 });
  });
});

function Inside() {
  return <p>Hello {useSession().user.display_name}</p>;
}

const show = () =>
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queryClient}>
        <SessionGate>
          <Inside />
        </SessionGate>
      </QueryClientProvider>
    </MantineProvider>,
  );

async function fill(password: string) {
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("Login"), "afi");
  await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

test("signing in opens the pages, signing out closes them", async () => {
  show();
  await fill("right");
  expect(await screen.findByText("Hello Afi Dossou")).toBeInTheDocument();
  await signOut();
  expect(await screen.findByLabelText("Login")).toBeInTheDocument();
});

test("a wrong password is said in the server's words, and can be tried again", async () => {
  show();
  await fill("wrong");
  expect(await screen.findByRole("alert")).toHaveTextContent("Login or password is wrong.");
  expect(screen.getByRole("button", { name: "Sign in" })).toBeEnabled();
});
