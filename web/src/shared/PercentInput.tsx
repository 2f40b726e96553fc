import { NumberInput } from "@mantine/core";
import { useLanguage } from "@/i18n/language";
import { asPercent, asRate } from "./percent";

interface Props {
  label: string;
  description?: string;
  /** A rate 0–1. */
  value?: number;
  error?: React.ReactNode;
  min: number;
  max: number;
  onChange: (rate: number) => void;
}

/** A rate as a percentage with one digit behind the point. */
export function PercentInput({ value, min, max, onChange, ...rest }: Props) {
  const language = useLanguage();
  return (
    <NumberInput
      {...rest}
      inputWrapperOrder={["label", "input", "description", "error"]}
      suffix={language === "fr" ? " %" : "%"}
      decimalScale={1}
      decimalSeparator={language === "fr" ? "," : "."}
      step={0.5}
      min={asPercent(min)}
      max={asPercent(max)}
      value={value === undefined || (value as unknown) === "" ? "" : asPercent(value)}
      // An emptied field is "", as in Mantine's own; the form says that it is needed.
      onChange={(percent) =>
        onChange((typeof percent === "number" ? asRate(percent) : "") as number)
      }
    />
  );
}
