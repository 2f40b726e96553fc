import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Progress,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { Compliance } from "@/api/types";
import { FormProblem } from "@/shared/FormProblem";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import classes from "./Compliance.module.css";
import { useText } from "./messages";
import { useChange } from "./useChange";

interface Tariff {
  key: number;
  prefix: string;
  price: number | string;
}

interface Props {
  settings: Compliance;
  mayWrite: boolean;
}

/** For how much may be called: prices of minutes, budgets, and what was spent. */
export function MoneyPanel({ settings, mayWrite }: Props) {
  const t = useText().money;
  const formats = useFormats();
  const [tariffs, setTariffs] = useState<Tariff[]>(
    Object.entries(settings.tariffs).map(([prefix, price], key) => ({ key, prefix, price })),
  );
  const [perDay, setPerDay] = useState<number | string>(settings.spend_per_day ?? "");
  const [perMonth, setPerMonth] = useState<number | string>(settings.spend_per_month ?? "");
  const [reserved, setReserved] = useState<number | string>(settings.reserved_minutes);
  const { send, busy, problem, errorOf, reload } = useChange(settings);
  const beside = ["tariffs", "spend_per_day", "spend_per_month", "reserved_minutes"].some(errorOf);
  const change = (key: number, part: Partial<Tariff>) =>
    setTariffs(tariffs.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const add = () => {
    const key = Math.max(-1, ...tariffs.map((one) => one.key)) + 1;
    setTariffs([...tariffs, { key, prefix: tariffs.length === 0 ? "+" : "", price: "" }]);
  };
  return (
    <Panel title={t.title} text={t.text}>
      <Stack>
        <FormProblem problem={beside ? null : problem} onReload={reload} />
        {settings.spending.map((one) => (
          <div key={one.per} className={classes.use}>
            <Text size="sm">
              {t.spent[one.per]}{" "}
              <b>
                {one.most === null
                  ? t.only(formats.count(one.spent))
                  : t.of(formats.count(one.spent), formats.count(one.most))}
              </b>
            </Text>
            {one.most !== null && (
              <Progress
                value={one.most === 0 ? 100 : Math.min(100, (100 * one.spent) / one.most)}
                color={one.spent >= one.most ? "red" : undefined}
                aria-label={t.spent[one.per]}
                size="sm"
              />
            )}
          </div>
        ))}
        <div>
          <Text size="sm" fw={500}>
            {t.tariffs}
          </Text>
          {tariffs.length === 0 && (
            <Text size="sm" c="dimmed">
              {t.none}
            </Text>
          )}
          {errorOf("tariffs") && (
            <Text size="sm" c="red" role="alert">
              {errorOf("tariffs")}
            </Text>
          )}
          <Stack gap="xs" mt={4}>
            {tariffs.map((one) => (
              <div key={one.key} className={classes.row}>
                <TextInput
                  label={t.prefix}
                  title={t.prefixHelp}
                  w={130}
                  readOnly={!mayWrite}
                  value={one.prefix}
                  onChange={(event) =>
                    change(one.key, { prefix: event.currentTarget.value.trim() })
                  }
                />
                <NumberInput
                  label={t.price}
                  w={130}
                  min={0}
                  decimalScale={4}
                  readOnly={!mayWrite}
                  value={one.price}
                  onChange={(price) => change(one.key, { price })}
                />
                {mayWrite && (
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    size="lg"
                    aria-label={t.remove(one.prefix)}
                    onClick={() => setTariffs(tariffs.filter((other) => other.key !== one.key))}
                  >
                    <IconTrash size={17} />
                  </ActionIcon>
                )}
              </div>
            ))}
          </Stack>
          <Text size="xs" c="dimmed" mt={4}>
            {t.prefixHelp}
          </Text>
        </div>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput
            label={t.perDay}
            description={t.noBudget}
            min={0}
            readOnly={!mayWrite}
            value={perDay}
            onChange={setPerDay}
            error={errorOf("spend_per_day")}
          />
          <NumberInput
            label={t.perMonth}
            description={t.noBudget}
            min={0}
            readOnly={!mayWrite}
            value={perMonth}
            onChange={setPerMonth}
            error={errorOf("spend_per_month")}
          />
          <NumberInput
            label={t.reserved}
            description={"\u00a0"}
            min={1}
            max={240}
            allowDecimal={false}
            readOnly={!mayWrite}
            value={reserved}
            onChange={setReserved}
            error={errorOf("reserved_minutes")}
          />
        </SimpleGrid>
        {mayWrite && (
          <Group>
            <Button
              loading={busy}
              onClick={() =>
                void send({
                  tariffs: Object.fromEntries(
                    tariffs
                      .filter((one) => one.prefix !== "")
                      .map((one) => [one.prefix, Number(one.price) || 0]),
                  ),
                  spend_per_day: perDay === "" ? null : Number(perDay),
                  spend_per_month: perMonth === "" ? null : Number(perMonth),
                  reserved_minutes: Number(reserved) || 0,
                })
              }
            >
              {t.save}
            </Button>
            <Button variant="default" leftSection={<IconPlus size={17} />} onClick={add}>
              {t.add}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
