import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, apiUrl } from "@/api/client";
import type { Page } from "@/api/types";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import type { Erasure } from "./types";

/** That people were erased, and the receipts. */
export function ErasuresPanel() {
  const t = useText();
  const formats = useFormats();
  const found = useQuery({
    queryKey: ["erasures"],
    queryFn: async ({ signal }) => (await api.get<Page<Erasure>>("/erasures", { signal })).items,
  });
  const rows = (one: Erasure) => Object.values(one.counts).reduce((sum, count) => sum + count, 0);
  return (
    <Panel title={t.erased.title} text={t.erased.text}>
      {found.isError ? (
        <LoadError error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Loading />
      ) : (
        <Stack gap="xs">
          {found.data.length === 0 && (
            <Text size="sm" c="dimmed">
              {t.erased.nothing}
            </Text>
          )}
          {found.data.map((one) => (
            <Group key={one.erasure_id} justify="space-between">
              <div>
                <Text size="sm" fw={500}>
                  {one.reason}
                </Text>
                <Text size="xs" c="dimmed">
                  {[
                    formats.dateTime(one.erased_at),
                    one.user_name,
                    t.erased.rows(formats.count(rows(one))),
                    one.keep_do_not_call ? t.erased.kept : null,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </Text>
              </div>
              <Anchor size="sm" href={apiUrl(`/erasures/${one.erasure_id}/receipt`)} download>
                {t.receipt}
              </Anchor>
            </Group>
          ))}
        </Stack>
      )}
    </Panel>
  );
}
