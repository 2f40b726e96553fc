import { Button, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import classes from "./SettingsPage.module.css";

interface Props {
  title: string;
  text: string;
  add?: string | undefined;
  onAdd?: () => void;
}

/** Head of a part of the settings, with the button that adds one. */
export function PartHeader({ title, text, add, onAdd }: Props) {
  return (
    <header className={classes.head}>
      <div>
        <Title order={2}>{title}</Title>
        <p>{text}</p>
      </div>
      {add && (
        <Button leftSection={<IconPlus size={17} />} {...(onAdd ? { onClick: onAdd } : {})}>
          {add}
        </Button>
      )}
    </header>
  );
}
