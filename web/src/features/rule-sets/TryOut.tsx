import { Alert, Button, Group, NumberInput, Select, Table, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useAllCampaigns, useWrapUpCodes } from "@/api/references";
import type { Page, RuleSet, TriedContact } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { errorText } from "@/shared/errors";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import { useText } from "./messages";

/** What the saved rules would do with contacts of a campaign. */
export function TryOut({ ruleSet }: { ruleSet: RuleSet }) {
  const all = useText();
  const t = all.tryOut;
  const shared = useSharedText();
  const words = useWords();
  const formats = useFormats();
  const campaigns = useAllCampaigns();
  const codes = useWrapUpCodes();
  const [campaignId, setCampaignId] = useState<string | null>(null);
  const [contacts, setContacts] = useState<number | string>(50);
  const [result, setResult] = useState<string | null>("no_answer");
  const [code, setCode] = useState<string | null>(null);
  const tried = useMutation({
    mutationFn: () =>
      api.post<Page<TriedContact>>(`/rule-sets/${ruleSet.rule_set_id}/dry-run`, {
        campaign_id: campaignId,
        contacts: Number(contacts),
        ...(ruleSet.kind === "wrap_up" ? { result, wrap_up_code_id: code } : {}),
      }),
  });
  const items = tried.data?.items ?? [];
  const fired = items.filter((one) => one.fired.length > 0);
  return (
    <Panel title={t.title} text={t.text}>
      <Group align="flex-end" mb="md">
        <Select
          w={260}
          label={t.campaign}
          clearable
          searchable
          data={(campaigns.data ?? []).map((one) => ({
            value: one.campaign_id,
            label: one.name,
          }))}
          value={campaignId}
          onChange={setCampaignId}
        />
        {ruleSet.kind === "wrap_up" && (
          <>
            <Select
              w={190}
              label={t.result}
              allowDeselect={false}
              data={Object.entries(words.results)
                .filter(([value]) => value !== "cancelled" && value !== "skipped")
                .map(([value, label]) => ({ value, label: String(label) }))}
              value={result}
              onChange={setResult}
            />
            <Select
              w={220}
              label={t.code}
              clearable
              data={(codes.data ?? []).map((one) => ({
                value: one.wrap_up_code_id,
                label: formats.name(one),
              }))}
              value={code}
              onChange={setCode}
            />
          </>
        )}
        <NumberInput
          w={110}
          min={1}
          max={500}
          label={t.contacts}
          value={contacts}
          onChange={setContacts}
        />
        <Button
          variant="default"
          disabled={campaignId === null}
          loading={tried.isPending}
          onClick={() => tried.mutate()}
        >
          {t.action}
        </Button>
      </Group>
      {tried.isError && (
        <Alert color="red" role="alert">
          {errorText(tried.error, shared)}
        </Alert>
      )}
      {tried.isSuccess && (
        <>
          <Text fw={560} mb="xs" role="status">
            {items.length === 0
              ? t.nothing
              : t.fired(formats.count(fired.length), formats.count(items.length))}
          </Text>
          {fired.length > 0 && (
            <Table.ScrollContainer minWidth={480} type="native">
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t.contact}</Table.Th>
                    <Table.Th>{t.number}</Table.Th>
                    <Table.Th>{t.rules}</Table.Th>
                    <Table.Th>{t.would}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {fired.map((one) => (
                    <Table.Tr key={one.contact_id}>
                      <Table.Td>
                        <TextLink to="/contacts/$contactId" params={{ contactId: one.contact_id }}>
                          {one.contact_name.startsWith("+")
                            ? formatNumber(one.contact_name)
                            : one.contact_name || t.contact}
                        </TextLink>
                      </Table.Td>
                      <Table.Td>
                        {one.number === null ? t.notCalled : formatNumber(one.number)}
                      </Table.Td>
                      <Table.Td>{one.fired.join(", ")}</Table.Td>
                      <Table.Td>
                        {[...new Set(one.actions)]
                          .map((action) => all.actionTypes[action] ?? action)
                          .join(", ")}
                        {Object.entries(one.data).map(([column, value]) => (
                          <Text key={column} size="sm" c="dimmed">
                            {column} = {value}
                          </Text>
                        ))}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
        </>
      )}
    </Panel>
  );
}
