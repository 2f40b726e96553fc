import { IconLock } from "@tabler/icons-react";
import { EmptyState } from "./EmptyState";
import { LinkButton } from "./LinkButton";
import { useText } from "./messages";
import { PageHeader } from "./PageHeader";

/** In place of a page, or of a part of one, that the person's role does not open. */
export function NoRights({ part = false }: { part?: boolean }) {
  const t = useText();
  return (
    <div data-reserved>
      {!part && <PageHeader title={t.noRights} />}
      <EmptyState icon={IconLock} title={t.noRightsTitle} text={t.noRightsText}>
        <LinkButton to="/" variant="default">
          {t.noRightsHome}
        </LinkButton>
      </EmptyState>
    </div>
  );
}
