import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/shared/EmptyState";
import { errorText, useErrorText } from "@/shared/errors";
import { Loading } from "@/shared/Loading";
import { LoginPage } from "./LoginPage";
import { useText } from "./messages";
import { SessionContext, useSessionQuery } from "./session";

/** The signed-in pages, or the login page in their place (the address stays). */
export function SessionGate({ children }: { children: ReactNode }) {
  const t = useText();
  const errors = useErrorText();
  const { data, error, isPending, refetch, isFetching } = useSessionQuery();
  if (isPending) return <Loading />;
  if (data === undefined) {
    return (
      <EmptyState icon={IconPlugConnectedX} title={t.unreachable} text={errorText(error, errors)}>
        <Button loading={isFetching} onClick={() => void refetch()}>
          {t.tryAgain}
        </Button>
      </EmptyState>
    );
  }
  if (data === null) return <LoginPage />;
  return <SessionContext.Provider value={data}>{children}</SessionContext.Provider>;
}
