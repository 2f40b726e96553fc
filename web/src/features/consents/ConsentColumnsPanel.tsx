import { Select, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import type { ConsentColumns, ConsentRole } from "@/api/types";
import { Panel } from "@/shared/Panel";
import { guessedConsent, ROLES, withRole } from "./consent-columns";
import { useText } from "./messages";

interface Props {
  consent: ConsentColumns | null;
  /** Of the file; null: the names are written by hand. */
  header: readonly string[] | null;
  onChange: (consent: ConsentColumns | null) => void;
}

const CHANNELS = ["voice", "sms", "whatsapp", "email", "*"] as const;

/** Which columns of the file say who consented, when and how. */
export function ConsentColumnsPanel({ consent, header, onChange }: Props) {
  const t = useText().fileColumns;
  const guess = guessedConsent(header ?? []);
  const guessed = Object.values(guess.columns);
  return (
    <Panel title={t.title} text={t.text}>
      <Stack>
        <Switch
          label={t.use}
          description={
            consent === null && guessed.length > 0 ? t.seems(guessed.join(", ")) : undefined
          }
          checked={consent !== null}
          onChange={(event) => onChange(event.currentTarget.checked ? guess : null)}
        />
        {consent !== null && (
          <>
            <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
              {ROLES.map((role) => (
                <RoleField
                  key={role}
                  role={role}
                  value={consent.columns[role] ?? ""}
                  header={header}
                  onChange={(source) => onChange(withRole(consent, role, source))}
                />
              ))}
            </SimpleGrid>
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <TextInput
                label={t.everyHow}
                description={t.everyHowHelp}
                inputWrapperOrder={["label", "input", "description", "error"]}
                value={consent.how}
                onChange={(event) => onChange({ ...consent, how: event.currentTarget.value })}
              />
              <TextInput
                label={t.everyPurpose}
                value={consent.purpose}
                onChange={(event) => onChange({ ...consent, purpose: event.currentTarget.value })}
              />
              <Select
                label={t.everyChannel}
                allowDeselect={false}
                data={CHANNELS.map((value) => ({ value, label: t.channels[value] }))}
                value={consent.channel}
                onChange={(channel) => channel && onChange({ ...consent, channel })}
              />
            </SimpleGrid>
          </>
        )}
      </Stack>
    </Panel>
  );
}

function RoleField(props: {
  role: ConsentRole;
  value: string;
  header: readonly string[] | null;
  onChange: (source: string | null) => void;
}) {
  const t = useText().fileColumns;
  const { role, value, header, onChange } = props;
  const words = t.roles[role];
  if (header === null) {
    return (
      <TextInput
        label={words.label}
        description={words.help}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      />
    );
  }
  return (
    <Select
      label={words.label}
      description={words.help}
      inputWrapperOrder={["label", "input", "description", "error"]}
      placeholder={t.none}
      clearable
      searchable
      data={[...new Set(header)]}
      value={header.includes(value) ? value : null}
      onChange={onChange}
    />
  );
}
