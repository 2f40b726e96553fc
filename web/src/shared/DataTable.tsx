import { ActionIcon, Group, Skeleton, Table, Text, UnstyledButton } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowsSort,
  IconArrowUp,
  IconChevronLeft,
  IconChevronRight,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { formatCount } from "@/formats/number";
import { useLanguage } from "@/i18n/language";
import classes from "./DataTable.module.css";
import { LoadError } from "./LoadError";
import { useText } from "./messages";
import type { KeysetList } from "./useKeysetList";

export interface TableColumn<T> {
  key: string;
  header: string;
  render: (row: T) => ReactNode;
  align?: "left" | "right";
  /** The value for `?sort=`; without it the column cannot be sorted. */
  sort?: string;
  /** Not shown on screens of phones. */
  wide?: boolean;
}

interface Props<T> {
  /** Says what the table holds, for screen readers. */
  label: string;
  list: KeysetList<T>;
  columns: TableColumn<T>[];
  rowKey: (row: T) => string;
  onRowClick?: (row: T) => void;
  /** "name" or "-name". */
  sort?: string;
  onSort?: (sort: string) => void;
  /** In place of the rows when there are none. */
  empty?: ReactNode;
}

function SortHead(props: {
  header: string;
  sort: string;
  current: string;
  onSort: (s: string) => void;
}) {
  const t = useText();
  const up = props.current === props.sort;
  const down = props.current === `-${props.sort}`;
  const Icon = up ? IconArrowUp : down ? IconArrowDown : IconArrowsSort;
  return (
    <UnstyledButton
      className={classes.sort}
      data-on={up || down || undefined}
      title={t.table.sortBy(props.header)}
      onClick={() => props.onSort(up ? `-${props.sort}` : props.sort)}
    >
      {props.header}
      <Icon size={14} stroke={1.8} aria-hidden />
    </UnstyledButton>
  );
}

/** Whether phones show a row's cells one below the other: more columns than are read side by side. */
const stacks = <T,>({ columns, onSort }: Props<T>) =>
  onSort === undefined && columns.filter((one) => !one.wide && one.header !== "").length > 2;

/** Rows of a `useKeysetList` with sorting and paging, and its loading, empty and error states. */
export function DataTable<T>(props: Props<T>) {
  const t = useText();
  const language = useLanguage();
  const { list, columns } = props;
  const count = (n: number) => formatCount(n, language);
  if (list.error !== null && list.items.length === 0) {
    return <LoadError error={list.error} onRetry={list.refetch} />;
  }
  if (!list.isPending && list.items.length === 0 && !list.hasPrevious) {
    return (
      <div className={classes.frame}>
        {props.empty ?? <Text className={classes.nothing}>{t.table.empty}</Text>}
      </div>
    );
  }
  const range = [count(list.offset + 1), count(list.offset + list.items.length)] as const;
  return (
    <div className={classes.frame} aria-busy={list.isFetching}>
      <Table.ScrollContainer minWidth={0} type="native">
        <Table
          className={`${classes.table} ${stacks(props) ? classes.stacked : ""}`}
          highlightOnHover={props.onRowClick !== undefined}
        >
          <caption className={classes.caption}>{props.label}</caption>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th
                  key={column.key}
                  scope="col"
                  className={column.wide ? classes.wide : undefined}
                  ta={column.align ?? "left"}
                  aria-sort={
                    column.sort === undefined
                      ? undefined
                      : props.sort === column.sort
                        ? "ascending"
                        : props.sort === `-${column.sort}`
                          ? "descending"
                          : "none"
                  }
                >
                  {column.sort !== undefined && props.onSort ? (
                    <SortHead
                      header={column.header}
                      sort={column.sort}
                      current={props.sort ?? ""}
                      onSort={props.onSort}
                    />
                  ) : (
                    column.header
                  )}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.isPending
              ? [0, 1, 2, 3, 4, 5].map((row) => (
                  <Table.Tr key={row}>
                    {columns.map((column) => (
                      <Table.Td key={column.key} className={column.wide ? classes.wide : undefined}>
                        <Skeleton height={12} my={5} width={`${60 + ((row * 17) % 35)}%`} />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))
              : list.items.map((row) => (
                  <Table.Tr
                    key={props.rowKey(row)}
                    className={props.onRowClick ? classes.clickable : undefined}
                    onClick={props.onRowClick ? () => props.onRowClick?.(row) : undefined}
                  >
                    {columns.map((column) => (
                      <Table.Td
                        key={column.key}
                        data-label={column.header}
                        ta={column.align ?? "left"}
                        className={[
                          column.wide ? classes.wide : "",
                          column.align === "right" ? "tabular" : "",
                        ].join(" ")}
                      >
                        <div className={classes.cell}>{column.render(row)}</div>
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {(list.hasNext || list.hasPrevious || list.total !== null) && !list.isPending && (
        <Group className={classes.foot} justify="space-between">
          <Text size="sm" c="dimmed" aria-live="polite">
            {list.total === null
              ? t.table.range(...range)
              : t.table.rangeOf(...range, count(list.total))}
          </Text>
          <Group gap={4}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.table.previous}
              disabled={!list.hasPrevious}
              onClick={list.previous}
            >
              <IconChevronLeft size={18} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.table.next}
              disabled={!list.hasNext}
              onClick={list.next}
            >
              <IconChevronRight size={18} />
            </ActionIcon>
          </Group>
        </Group>
      )}
    </div>
  );
}
