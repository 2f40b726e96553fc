import { NumberInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useLanguage } from "@/i18n/language";
import { asPercent, typedRate } from "./percent";

interface Props {
  label: string;
  description?: string;
  /** A rate 0–1; "" when emptied, as Mantine's number fields have it. */
  value?: number;
  error?: React.ReactNode;
  min: number;
  max: number;
  onChange: (rate: number) => void;
}

/** A rate as a percentage with one digit behind the point. */
export function PercentInput({ value, min, max, onChange, ...rest }: Props) {
  const language = useLanguage();
  const rate: number | "" = value ?? "";
  const percent = rate === "" ? "" : asPercent(rate);
  // What is typed stays while it means the same rate: "2." on the way to "2.5".
  const [typed, setTyped] = useState<string | number>(percent);
  useEffect(() => {
    setTyped((kept) => (typedRate(kept) === rate ? kept : percent));
  }, [rate, percent]);
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
      value={typed}
      onChange={(next) => {
        setTyped(next);
        onChange(typedRate(next) as number);
      }}
    />
  );
}
