import { Button, Text } from "@mantine/core";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { useRef, useState } from "react";
import classes from "./DropZone.module.css";
import { useText } from "./messages";

interface Props {
  onFile: (file: File) => void;
  /** Words for a file that cannot be one. */
  error: string | null;
  onRefuse: (message: string) => void;
}

/** What the server cannot read; named here so that nobody waits for an upload in vain. */
const NOT_READ = /\.(xls|xlsm|xlsb|numbers|pdf|docx?|zip)$/i;

/** A place to drop a file on, and a button that chooses one. */
export function DropZone({ onFile, error, onRefuse }: Props) {
  const t = useText().upload;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function take(files: FileList | null) {
    const file = files?.[0];
    if (!file) return;
    if (files.length > 1) onRefuse(t.tooMany);
    else if (NOT_READ.test(file.name)) onRefuse(t.notCsv);
    else if (file.size === 0) onRefuse(t.empty);
    else onFile(file);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the button is the keyboard's.
    <div
      className={classes.zone}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <span className={classes.icon}>
        <IconFileSpreadsheet size={36} stroke={1.4} aria-hidden />
      </span>
      <p className={classes.title}>{t.drop}</p>
      <Text size="sm" c="dimmed">
        {t.or}
      </Text>
      <Button mt="md" onClick={() => input.current?.click()}>
        {t.choose}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,.tsv,.xlsx,.ods,text/csv,text/plain"
        hidden
        aria-label={t.choose}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
      <p className={classes.hint}>{t.hint}</p>
    </div>
  );
}
