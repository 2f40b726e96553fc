import { type MantineThemeOverride, mergeThemeOverrides } from "@mantine/core";
import { type MouseEvent, useMemo } from "react";
import { useText } from "@/shared/messages";
import { theme } from "./theme";

/** A click into a choice that can be searched selects its text: what is typed takes its place. */
function selectText(event: MouseEvent<HTMLInputElement>) {
  const input = event.currentTarget;
  if (!input.readOnly && input.selectionStart === input.selectionEnd) input.select();
}

/** The theme with the words that its components say themselves. */
export function useTheme(): MantineThemeOverride {
  const { nothingFound } = useText();
  return useMemo(() => {
    const search = { nothingFoundMessage: nothingFound };
    return mergeThemeOverrides(theme, {
      components: {
        Select: { defaultProps: { ...search, allowDeselect: false, onClick: selectText } },
        MultiSelect: { defaultProps: search },
      },
    });
  }, [nothingFound]);
}
