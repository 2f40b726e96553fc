import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useText } from "./messages";

interface Props {
  label: string;
  placeholder?: string;
  value: string;
  /** Called a moment after the last key. */
  onSearch: (text: string) => void;
  width?: number | string;
}

export function SearchField({ label, placeholder, value, onSearch, width = 320 }: Props) {
  const t = useText();
  const [text, setText] = useState(value);
  const later = useDebouncedCallback(onSearch, 300);
  const set = (next: string) => {
    setText(next);
    later(next.trim());
  };
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder ?? label}
      leftSection={<IconSearch size={17} stroke={1.7} aria-hidden />}
      rightSection={
        text !== "" && <CloseButton size="sm" aria-label={t.clear} onClick={() => set("")} />
      }
      w={width}
      maw="100%"
      value={text}
      onChange={(event) => set(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onSearch(text.trim());
      }}
    />
  );
}
