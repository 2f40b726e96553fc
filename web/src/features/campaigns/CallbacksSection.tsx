import { NumberInput, Radio, Select, SimpleGrid, Stack } from "@mantine/core";
import { useUsers } from "@/api/references";
import { usePermission } from "@/features/session/session";
import { Panel } from "@/shared/Panel";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";

const BELOW = ["label", "input", "description", "error"] as (
  | "label"
  | "input"
  | "description"
  | "error"
)[];

/** Whose callbacks are as time goes by, and how they come to an agent. */
export function CallbacksSection() {
  const t = useText().form.callbacks;
  const form = useCampaignForm();
  const users = useUsers(usePermission("users.read"));
  const number = { inputWrapperOrder: BELOW, allowDecimal: false };
  const paced = form.values.mode !== "preview";
  return (
    <div id="callbacks">
      <Panel title={t.title} text={t.text}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberInput
            label={t.reminder}
            description={t.reminderHelp}
            min={0}
            max={120}
            {...number}
            {...form.getInputProps("callback_reminder_minutes")}
          />
          <NumberInput
            label={t.latest}
            description={t.latestHelp}
            min={1}
            max={720}
            {...number}
            {...form.getInputProps("callback_latest_hours")}
          />
          <Radio.Group label={t.takeover} {...form.getInputProps("callback_takeover")}>
            <Stack gap={8} mt={6}>
              <Radio value="anyone" label={t.takeovers.anyone} />
              <Radio value="deputy" label={t.takeovers.deputy} />
              <Radio value="by_hand" label={t.takeovers.by_hand} />
            </Stack>
          </Radio.Group>
          <Stack>
            {form.values.callback_takeover !== "by_hand" && (
              <NumberInput
                label={t.takeoverMinutes}
                description={t.takeoverMinutesHelp}
                min={0}
                max={1440}
                {...number}
                {...form.getInputProps("callback_takeover_minutes")}
              />
            )}
            {form.values.callback_takeover === "deputy" && (
              <Select
                label={t.deputy}
                required
                searchable
                clearable
                data={(users.data ?? [])
                  .filter((user) => user.active)
                  .map((user) => ({ value: user.user_id, label: user.display_name }))}
                {...form.getInputProps("callback_deputy_user_id")}
              />
            )}
          </Stack>
          <NumberInput
            label={t.owned}
            description={t.ownedHelp}
            min={1}
            max={168}
            {...number}
            {...form.getInputProps("callback_owned_hours")}
          />
          <Radio.Group label={t.after} {...form.getInputProps("callback_after_owned")}>
            <Stack gap={8} mt={6}>
              <Radio value="anyone" label={t.afters.anyone} />
              <Radio value="missed" label={t.afters.missed} />
            </Stack>
          </Radio.Group>
          {paced && (
            <>
              <Radio.Group label={t.own} {...form.getInputProps("callback_own_delivery")}>
                <Stack gap={8} mt={6}>
                  <Radio value="dial" label={t.deliveries.dialOwn} />
                  <Radio value="preview" label={t.deliveries.preview} />
                </Stack>
              </Radio.Group>
              <Radio.Group label={t.anyones} {...form.getInputProps("callback_anyone_delivery")}>
                <Stack gap={8} mt={6}>
                  <Radio value="dial" label={t.deliveries.dial} />
                  <Radio value="preview" label={t.deliveries.preview} />
                </Stack>
              </Radio.Group>
            </>
          )}
        </SimpleGrid>
      </Panel>
    </div>
  );
}
