import {
  Checkbox,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ActionValues } from "./action-form";
import { useText } from "./messages";

const ORDER: ("label" | "input" | "description" | "error")[] = [
  "label",
  "input",
  "description",
  "error",
];

/** A statement that reads from a database. */
export function DatabaseFields({ form }: { form: UseFormReturnType<ActionValues> }) {
  const t = useText();
  const { engine } = form.values;
  return (
    <>
      <SegmentedControl
        aria-label={t.engine}
        data={[
          { value: "postgresql", label: "PostgreSQL" },
          { value: "mysql", label: "MySQL, MariaDB" },
        ]}
        style={{ alignSelf: "flex-start" }}
        {...form.getInputProps("engine")}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t.host} required {...form.getInputProps("host")} />
        <NumberInput
          label={t.port}
          description={t.portHelp(engine === "mysql" ? "3306" : "5432")}
          inputWrapperOrder={ORDER}
          min={0}
          max={65_535}
          allowDecimal={false}
          thousandSeparator=""
          {...form.getInputProps("port")}
        />
        <TextInput label={t.database} required {...form.getInputProps("database")} />
        <TextInput
          label={t.user}
          required
          description={t.userHelp}
          inputWrapperOrder={ORDER}
          autoComplete="off"
          {...form.getInputProps("user")}
        />
      </SimpleGrid>
      <Checkbox
        label={t.encrypted}
        description={t.encryptedHelp}
        {...form.getInputProps("encrypted", { type: "checkbox" })}
      />
      <Textarea
        label={t.statement}
        required
        autosize
        minRows={4}
        description={t.statementHelp}
        inputWrapperOrder={ORDER}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        {...form.getInputProps("statement")}
      />
      <Text size="xs" c="dimmed">
        {t.placeholders}
      </Text>
      <NumberInput
        maw={320}
        label={t.mostRows}
        min={1}
        max={200}
        allowDecimal={false}
        {...form.getInputProps("most_rows")}
      />
    </>
  );
}
