import { Anchor } from "@mantine/core";
import { IconMoodPuzzled, IconPlugConnectedX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "@/shared/EmptyState";
import { Loading } from "@/shared/Loading";
import { useText } from "./messages";

export function RoutePending() {
  return <Loading />;
}

export function NotFound() {
  const t = useText();
  return (
    <EmptyState icon={IconMoodPuzzled} title={t.notFound.title} text={t.notFound.text}>
      <Anchor renderRoot={(props) => <Link to="/" {...props} />}>{t.notFound.home}</Anchor>
    </EmptyState>
  );
}

/** A page's code could not be fetched (network, or a newer version is on the server), or it broke. */
export function LoadFailed() {
  const t = useText();
  return (
    <EmptyState icon={IconPlugConnectedX} title={t.loadFailed.title} text={t.loadFailed.text}>
      <Anchor component="button" type="button" onClick={() => location.reload()}>
        {t.loadFailed.reload}
      </Anchor>
    </EmptyState>
  );
}
