import { Alert, Button, MultiSelect, NumberInput, Table, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { TriedAgent, TriedCaller } from "@/api/types";
import { errorText } from "@/shared/errors";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import classes from "./Queues.module.css";
import { useSkillChoices } from "./useRouting";

/** Who would get a caller with some needs now, by the saved settings. */
export function TryOut({ queueId }: { queueId: string }) {
  const t = useText().tryOut;
  const shared = useSharedText();
  const { choices } = useSkillChoices();
  const [needs, setNeeds] = useState<string[]>([]);
  const [level, setLevel] = useState<number | string>(1);
  const [segment, setSegment] = useState("");
  const [waited, setWaited] = useState<number | string>(0);
  const tried = useMutation({
    mutationFn: () => {
      const query = new URLSearchParams(needs.map((key) => ["need", `${key}=${Number(level)}`]));
      query.set("waited_seconds", String(Number(waited)));
      if (segment.trim() !== "") query.set("segment", segment.trim());
      return api.get<TriedCaller>(`/queues/${queueId}/explain?${query.toString()}`);
    },
  });
  return (
    <Panel title={t.title} text={t.text}>
      <div className={classes.row}>
        <MultiSelect
          className={classes.grow}
          label={t.needs}
          searchable
          clearable
          hidePickedOptions
          data={choices}
          value={needs}
          onChange={setNeeds}
        />
        <NumberInput w={130} label={t.level} min={1} max={5} value={level} onChange={setLevel} />
        <TextInput
          w={130}
          label={t.segment}
          value={segment}
          onChange={(event) => setSegment(event.currentTarget.value)}
        />
        <NumberInput
          w={150}
          label={t.waited}
          min={0}
          suffix=" s"
          value={waited}
          onChange={setWaited}
        />
        <Button variant="default" loading={tried.isPending} onClick={() => tried.mutate()}>
          {t.action}
        </Button>
      </div>
      {tried.isError && (
        <Alert color="red" role="alert" mt="md">
          {errorText(tried.error, shared)}
        </Alert>
      )}
      {tried.isSuccess && <Result tried={tried.data} />}
    </Panel>
  );
}

function Result({ tried }: { tried: TriedCaller }) {
  const t = useText().tryOut;
  const formats = useFormats();
  const from = (agent: TriedAgent) => {
    if (agent.code === null) return t.now;
    if (agent.opens_in_seconds === null) return t.never;
    return t.later(formats.span(agent.opens_in_seconds));
  };
  const winner = tried.agents.find((agent) => agent.user_id === tried.user_id);
  return (
    <div style={{ marginTop: 16 }}>
      <Text fw={620} role="status">
        {winner ? t.gets(winner.display_name) : t.nobody}
      </Text>
      {tried.sentences.map((sentence) => (
        <Text key={sentence}>{sentence}</Text>
      ))}
      {tried.agents.length > 0 && (
        <Table.ScrollContainer minWidth={300} type="native" mt="sm">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.why}</Table.Th>
                <Table.Th>{t.from}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tried.agents.map((agent) => (
                <Table.Tr key={agent.user_id}>
                  <Table.Td>{agent.sentence}</Table.Td>
                  <Table.Td>{from(agent)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </div>
  );
}
