import { Loader, Progress, Table } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Column } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { useFormats } from "@/shared/useFormats";
import classes from "./Filters.module.css";
import { useText } from "./messages";
import type { Matches } from "./types";

const SHOWN = 5;

interface Props {
  matches: UseQueryResult<Matches>;
  columns: readonly Column[];
  complete: boolean;
}

/** How many contacts the draft lets through, and the first of them. */
export function MatchesPanel({ matches, columns, complete }: Props) {
  const t = useText().matches;
  const formats = useFormats();
  const found = complete ? matches.data : undefined;
  const shown = [...columns].sort((a, b) => a.position - b.position).slice(0, SHOWN);
  return (
    <section aria-label={t.title} aria-live="polite">
      {!complete && <p className={classes.hint}>{t.incomplete}</p>}
      {complete && !found && matches.isFetching && <Loader size="sm" aria-label={t.counting} />}
      {found && (
        <div className={matches.isFetching ? classes.stale : ""}>
          <p className={classes.count}>
            {(found.exact ? t.exact : t.estimate)(
              formats.count(found.count),
              formats.count(found.contacts),
            )}
          </p>
          <Progress
            my={6}
            size="sm"
            aria-label={t.title}
            value={found.contacts === 0 ? 0 : (100 * found.count) / found.contacts}
          />
          {!found.exact && (
            <p className={classes.hint}>
              {t.between(formats.count(found.low), formats.count(found.high))}
            </p>
          )}
          {found.exact && found.count === 0 && <p className={classes.hint}>{t.nobody}</p>}
          {!found.sample_complete && <p className={classes.hint}>{t.part}</p>}
          {found.sample.length > 0 && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area is reached by key
            <section className={classes.sample} tabIndex={0} aria-label={t.sample}>
              <Table fz="sm" verticalSpacing={4} aria-label={t.sample}>
                <Table.Thead>
                  <Table.Tr>
                    {shown.map((column) => (
                      <Table.Th key={column.name}>{column.label}</Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {found.sample.map((contact) => (
                    <Table.Tr key={contact.contact_id}>
                      {shown.map((column) => (
                        <Table.Td key={column.name}>
                          {column.kind === "phone"
                            ? formatNumber(contact.data[column.name] ?? "")
                            : contact.data[column.name]}
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </section>
          )}
        </div>
      )}
    </section>
  );
}
