import { Alert, Select, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import { useCampaignForm } from "@/features/campaigns/form-context";
import { useLanguage } from "@/i18n/language";
import { LoadError } from "@/shared/LoadError";
import { Panel } from "@/shared/Panel";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import classes from "./Compliance.module.css";
import { MessageWarning } from "./MessageWarning";
import { useText } from "./messages";
import { nameOf, wordsOf } from "./preset-words";
import { useOrganisationPreset, usePresets } from "./useCompliance";

const ORGANISATIONS = "organisation";
const NO_SECTOR = "none";

/** The part of a campaign's form about law: which one, and what it demands. */
export function LawSection() {
  const words = useText();
  const t = words.section;
  const language = useLanguage();
  const formats = useFormats();
  const form = useCampaignForm();
  const presets = usePresets();
  const organisations = useOrganisationPreset();
  const { values } = form;
  const name = (id: string) =>
    presets.data?.find((one) => one.preset_id === id)?.names[language] ?? id;
  const followed = values.compliance_preset ?? organisations.data ?? "none";
  const preset = presets.data?.find((one) => one.preset_id === followed);
  const demanded = (what: string) => preset?.values.some((one) => one.name === what) ?? false;
  return (
    <div id="law">
      <Panel title={t.title} text={t.text}>
        <Stack>
          {presets.isError && (
            <LoadError error={presets.error} onRetry={() => void presets.refetch()} />
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={t.preset}
              allowDeselect={false}
              value={values.compliance_preset ?? ORGANISATIONS}
              data={[
                {
                  value: ORGANISATIONS,
                  label: t.organisations(name(organisations.data ?? "none")),
                },
                ...(presets.data ?? []).map((one) => ({
                  value: one.preset_id,
                  label: one.names[language],
                })),
              ]}
              error={form.errors.compliance_preset}
              onChange={(chosen) =>
                form.setFieldValue("compliance_preset", chosen === ORGANISATIONS ? null : chosen)
              }
            />
            <Select
              label={t.sector}
              allowDeselect={false}
              value={values.sector || NO_SECTOR}
              data={Object.entries(t.sectors).map(([value, label]) => ({ value, label }))}
              error={form.errors.sector}
              onChange={(sector) =>
                form.setFieldValue("sector", sector === NO_SECTOR || !sector ? "" : sector)
              }
            />
            <TextInput
              label={t.purpose}
              description={t.purposeHelp}
              inputWrapperOrder={["label", "input", "description", "error"]}
              maxLength={60}
              {...form.getInputProps("consent_purpose")}
            />
            <Stack gap="xs">
              <Switch
                label={t.consent}
                description={demanded("consent_required") ? t.demanded : t.consentHelp}
                {...form.getInputProps("consent_required", { type: "checkbox" })}
              />
              <Switch
                label={t.contract}
                description={t.contractHelp}
                {...form.getInputProps("contract_calls", { type: "checkbox" })}
              />
            </Stack>
          </SimpleGrid>
          <MessageWarning preset={preset} />
          {preset && preset.values.length > 0 && (
            <Alert color="gray" icon={<IconScale />} title={t.demands(preset.names[language])}>
              <ul className={classes.demands}>
                {preset.values
                  .filter((one) => one.kept_by === "program")
                  .map((one) => (
                    <li key={one.name}>
                      {t.demand(nameOf(one, words))} <b>{wordsOf(one, words, formats)}</b>
                    </li>
                  ))}
              </ul>
              <TextLink to="/settings/compliance">{t.sources}</TextLink>
            </Alert>
          )}
        </Stack>
      </Panel>
    </div>
  );
}
