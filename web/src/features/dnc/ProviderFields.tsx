import {
  Fieldset,
  NumberInput,
  Radio,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ListValues } from "./list-form";
import { useText } from "./messages";

const BELOW: ("label" | "input" | "description" | "error")[] = [
  "label",
  "input",
  "description",
  "error",
];

/** How an external provider is asked, and how its answer is read. */
export function ProviderFields({ form }: { form: UseFormReturnType<ListValues> }) {
  const t = useText().provider;
  const post = form.values.provider.method === "POST";
  const text = (name: string, label: string, help: string) => (
    <TextInput
      label={label}
      description={help}
      inputWrapperOrder={BELOW}
      {...form.getInputProps(`provider.${name}`)}
    />
  );
  return (
    <>
      <Fieldset legend={t.request}>
        <Stack>
          <SegmentedControl
            aria-label={t.method}
            data={["GET", "POST"]}
            {...form.getInputProps("provider.method")}
          />
          {text("url", t.url, t.urlHelp)}
          {post && (
            <Textarea
              label={t.body}
              description={t.bodyHelp}
              inputWrapperOrder={BELOW}
              autosize
              minRows={2}
              {...form.getInputProps("provider.body")}
            />
          )}
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            {text("header_name", t.header, t.headerHelp)}
            {text("header_value", t.headerValue, t.headerValueHelp)}
            {text("secret_name", t.secret, t.secretHelp)}
          </SimpleGrid>
        </Stack>
      </Fieldset>
      <Fieldset legend={t.answer}>
        <Stack>
          {text("answer_path", t.path, t.pathHelp)}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {text("listed_values", t.listed, t.valuesHelp)}
            {text("not_listed_values", t.notListed, t.valuesHelp)}
          </SimpleGrid>
        </Stack>
      </Fieldset>
      <Fieldset legend={t.limits}>
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <NumberInput
              label={t.timeout}
              min={1}
              max={30}
              allowDecimal={false}
              {...form.getInputProps("provider.timeout_seconds")}
            />
            <NumberInput
              label={t.rate}
              min={1}
              max={200}
              allowDecimal={false}
              {...form.getInputProps("provider.requests_per_second")}
            />
            <NumberInput
              label={t.age}
              min={0.001}
              max={366}
              {...form.getInputProps("provider.max_age_days")}
              error={form.errors["provider.max_age_seconds"]}
            />
          </SimpleGrid>
          <Radio.Group label={t.silent} {...form.getInputProps("provider.when_silent")}>
            <Stack gap={10} mt={6}>
              <Radio value="hold" label={t.hold} description={t.holdHelp} />
              <Radio value="allow" label={t.allow} description={t.allowHelp} />
            </Stack>
          </Radio.Group>
        </Stack>
      </Fieldset>
    </>
  );
}
