import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { NetworkAnswer } from "@/api/types";
import { useText } from "./messages";

const TONES = ["", "sit", "busy", "congestion", "ringback", "voice", "silence"] as const;
const RESULTS = [
  "invalid",
  "no_answer",
  "busy",
  "sit",
  "congestion",
  "rejected",
  "failed",
] as const;
const ANNOUNCEMENTS = [
  "",
  "unallocated",
  "switched_off",
  "no_credit",
  "barred",
  "changed",
  "congested",
  "other",
] as const;

interface Props {
  lines: NetworkAnswer[];
  errors: Record<string, unknown>;
  onChange: (lines: NetworkAnswer[]) => void;
}

const code = (value: string | number) => (typeof value === "number" ? value : null);

/** What the ends of a trunk's calls mean, where its operator uses codes in its own way. */
export function NetworkAnswers({ lines, errors, onChange }: Props) {
  const t = useText().trunks.answers;
  const change = (index: number, part: Partial<NetworkAnswer>) =>
    onChange(lines.map((line, place) => (place === index ? { ...line, ...part } : line)));
  const options = <K extends string>(values: readonly K[], names: Record<string, string>) =>
    values.map((value) => ({ value, label: names[value] ?? value }));
  const wrong = Object.entries(errors).filter(([path]) => path.startsWith("network_answers"));
  return (
    <Stack gap="xs">
      <Text fw={500} size="sm">
        {t.title}
      </Text>
      <Text size="sm" c="dimmed">
        {t.text}
      </Text>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no ids, and their order counts
        <Group key={index} align="end" gap="xs">
          <NumberInput
            label={t.sip}
            w={90}
            min={300}
            max={699}
            hideControls
            value={line.sip_code ?? ""}
            onChange={(value) => change(index, { sip_code: code(value) })}
          />
          <NumberInput
            label={t.cause}
            w={90}
            min={1}
            max={127}
            hideControls
            value={line.cause ?? ""}
            onChange={(value) => change(index, { cause: code(value) })}
          />
          <Select
            label={t.tone}
            w={150}
            allowDeselect={false}
            data={options(TONES, t.tones)}
            value={line.tone}
            onChange={(value) => change(index, { tone: value ?? "" })}
          />
          <Select
            label={t.result}
            w={170}
            allowDeselect={false}
            data={options(RESULTS, t.results)}
            value={line.result}
            onChange={(value) => change(index, { result: value ?? "invalid" })}
          />
          <Select
            label={t.announcement}
            w={170}
            allowDeselect={false}
            data={options(ANNOUNCEMENTS, t.announcements)}
            value={line.announcement}
            onChange={(value) => change(index, { announcement: value ?? "" })}
          />
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={t.remove(index + 1)}
            onClick={() => onChange(lines.filter((_, place) => place !== index))}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </Group>
      ))}
      {wrong.map(([path, message]) => (
        <Text key={path} size="sm" c="red" role="alert">
          {String(message)}
        </Text>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() =>
            onChange([
              ...lines,
              { sip_code: null, cause: null, tone: "", result: "invalid", announcement: "" },
            ])
          }
        >
          {t.add}
        </Button>
      </Group>
    </Stack>
  );
}
