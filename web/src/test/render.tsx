/** Renders a component with what every page has around it. */

import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactElement } from "react";
import type { Session } from "@/api/types";
import { theme } from "@/app/theme";
import { SessionContext } from "@/features/session/session";

export const SESSION: Session = {
  user: {
    user_id: "00000000-0000-4000-8000-000000000001",
    login: "afi",
    display_name: "Afi Dossou",
    role: "agent",
    permissions: [],
    language: "en",
    active: true,
    queue_ids: [],
    version: 1,
    created_at: "2026-11-01T08:00:00.000Z",
  },
  organisation: {
    organisation_id: "00000000-0000-4000-8000-0000000000ff",
    name: "Test centre",
    region: "BJ",
    time_zone: "Africa/Porto-Novo",
    language: "fr",
  },
  permissions: ["agent.desktop"],
  csrf_token: "csrf",
};

export function renderPage(element: ReactElement, session: Session = SESSION) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={client}>
        <SessionContext.Provider value={session}>{element}</SessionContext.Provider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
