import {
  Checkbox,
  Input,
  MultiSelect,
  Radio,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQueues, useRoles } from "@/api/references";
import type { Permission, Role } from "@/api/types";
import { useSession } from "@/features/session/session";
import { Panel } from "@/shared/Panel";
import { useWords } from "@/words/messages";
import { useText } from "./messages";
import { ofRole, suggestedLogin, type UserValues } from "./user-form";

interface Props {
  form: UseFormReturnType<UserValues>;
  /** A login is given once. */
  isNew: boolean;
  disabled?: boolean;
}

const ROLES: Role[] = ["agent", "supervisor", "administrator"];
const BELOW: ("label" | "input" | "description" | "error")[] = [
  "label",
  "input",
  "description",
  "error",
];

export function UserFields({ form, isNew, disabled = false }: Props) {
  const t = useText();
  const words = useWords();
  const own = useSession().permissions;
  const queues = useQueues();
  const roles = useRoles();
  const given = ofRole(roles.data ?? [], form.values.role);
  const name = form.getInputProps("display_name");
  return (
    <>
      <Panel title={t.general}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t.name}
            required
            disabled={disabled}
            data-autofocus={isNew || undefined}
            {...name}
            onChange={(event) => {
              const before = suggestedLogin(form.values.display_name);
              if (isNew && form.values.login === before) {
                form.setFieldValue("login", suggestedLogin(event.currentTarget.value));
              }
              name.onChange(event);
            }}
          />
          <TextInput
            label={t.login}
            description={isNew ? t.loginHelp : undefined}
            inputWrapperOrder={BELOW}
            required={isNew}
            disabled={!isNew}
            autoCapitalize="none"
            {...form.getInputProps("login")}
          />
          <MultiSelect
            label={t.queues}
            description={t.queuesHelp}
            inputWrapperOrder={BELOW}
            disabled={disabled}
            data={(queues.data ?? []).map((queue) => ({
              value: queue.queue_id,
              label: queue.name,
            }))}
            {...form.getInputProps("queue_ids")}
          />
          <div>
            <Input.Label id="user-language" labelElement="div" display="block" mb={4}>
              {t.language}
            </Input.Label>
            <SegmentedControl
              aria-labelledby="user-language"
              disabled={disabled}
              data={Object.entries(words.languages).map(([value, label]) => ({ value, label }))}
              {...form.getInputProps("language")}
            />
          </div>
        </SimpleGrid>
      </Panel>
      <Panel title={t.rights} text={t.rightsText}>
        <Stack>
          <Radio.Group label={t.role} {...form.getInputProps("role")}>
            <Stack gap={10} mt={6}>
              {ROLES.map((role) => (
                <Radio
                  key={role}
                  value={role}
                  label={words.roles[role]}
                  description={t.roleHelp[role]}
                  disabled={disabled}
                />
              ))}
            </Stack>
          </Radio.Group>
          {form.values.role !== "administrator" && (
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              {(Object.keys(words.permissions) as Permission[]).map((permission) => {
                const fromRole = given.has(permission);
                return (
                  <Checkbox
                    key={permission}
                    label={words.permissions[permission]}
                    {...(fromRole ? { description: t.byRole } : {})}
                    checked={fromRole || form.values.permissions.includes(permission)}
                    disabled={disabled || fromRole || !own.includes(permission)}
                    onChange={(event) =>
                      form.setFieldValue(
                        "permissions",
                        event.currentTarget.checked
                          ? [...form.values.permissions, permission]
                          : form.values.permissions.filter((one) => one !== permission),
                      )
                    }
                  />
                );
              })}
            </SimpleGrid>
          )}
          {form.errors.permissions && (
            <Text size="sm" c="var(--kwabo-bad)">
              {form.errors.permissions}
            </Text>
          )}
        </Stack>
      </Panel>
    </>
  );
}
