import { Button, Stack, Text } from "@mantine/core";
import { IconBan, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { DncList } from "@/api/types";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { PageHeader } from "@/shared/PageHeader";
import { StatusBadge } from "@/shared/StatusBadge";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { ListBadges } from "./ListBadges";
import { ListForm } from "./ListForm";
import { useText } from "./messages";
import { providerTone } from "./ProviderPanel";
import { WhyListed } from "./WhyListed";

export function DncListsPage() {
  const t = useText();
  const formats = useFormats();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const list = useKeysetList<DncList>(["dnc-lists"], "/dnc-lists");
  const open = (row: DncList) =>
    void navigate({ to: "/dnc-lists/$dncListId", params: { dncListId: row.dnc_list_id } });
  const button = (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
      {t.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {button}
      </PageHeader>
      <Stack gap="lg">
        <WhyListed />
        <DataTable
          label={t.title}
          list={list}
          rowKey={(row) => row.dnc_list_id}
          onRowClick={open}
          empty={
            <EmptyState icon={IconBan} title={t.nothing.title} text={t.nothing.text}>
              {button}
            </EmptyState>
          }
          columns={[
            {
              key: "name",
              header: t.name,
              render: (row) => (
                <>
                  <TextLink
                    to="/dnc-lists/$dncListId"
                    params={{ dncListId: row.dnc_list_id }}
                    fw={560}
                  >
                    {row.name}
                  </TextLink>
                  <ListBadges list={row} />
                </>
              ),
            },
            {
              key: "campaigns",
              header: t.campaigns,
              wide: true,
              render: (row) => (
                <Text size="sm">
                  {row.organisation_wide ? t.everyCampaign : row.campaigns.join(", ") || "–"}
                </Text>
              ),
            },
            {
              key: "state",
              header: t.provider.state,
              wide: true,
              render: (row) =>
                row.provider ? (
                  <StatusBadge tone={providerTone(row.provider)}>
                    {t.provider.states[providerTone(row.provider)]}
                  </StatusBadge>
                ) : (
                  "–"
                ),
            },
            {
              key: "entries",
              header: t.entries,
              align: "right",
              render: (row) => formats.count(row.entries),
            },
          ]}
        />
      </Stack>
      {adding && <ListForm onClose={() => setAdding(false)} onDone={open} />}
    </>
  );
}
