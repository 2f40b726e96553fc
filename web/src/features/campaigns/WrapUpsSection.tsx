import { Checkbox, SimpleGrid, Text } from "@mantine/core";
import { useWrapUpCodes } from "@/api/references";
import { LoadError } from "@/shared/LoadError";
import { Panel } from "@/shared/Panel";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

export function WrapUpsSection() {
  const t = useText().form.wrapUps;
  const formats = useFormats();
  const form = useCampaignForm();
  const codes = useWrapUpCodes();
  const chosen = form.values.wrap_up_code_ids;
  const shown = (codes.data ?? [])
    .filter((code) => code.active || chosen.includes(code.wrap_up_code_id))
    .sort((a, b) => a.position - b.position);
  return (
    <div id="wrap-ups">
      <Panel
        title={t.title}
        text={t.text}
        actions={
          <Text size="sm">
            <TextLink to="/settings/wrap-up-codes">{t.manage}</TextLink>
          </Text>
        }
      >
        {codes.isError ? (
          <LoadError error={codes.error} onRetry={() => void codes.refetch()} />
        ) : (
          <Checkbox.Group {...form.getInputProps("wrap_up_code_ids")}>
            <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} spacing="sm">
              {shown.map((code) => (
                <Checkbox
                  key={code.wrap_up_code_id}
                  value={code.wrap_up_code_id}
                  label={formats.name(code)}
                />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        )}
      </Panel>
    </div>
  );
}
