/** Durations from the present, as people give them and as documents have them: "-P3D", "P1DT8H30M". */

export interface Duration {
  past: boolean;
  days: number;
  hours: number;
  minutes: number;
}

const WRITTEN = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/;

export function readDuration(written: string): Duration {
  const parts = WRITTEN.exec(written);
  const number = (index: number) => Number(parts?.[index] ?? 0);
  return {
    past: parts?.[1] === "-",
    days: number(2) * 7 + number(3),
    hours: number(4),
    minutes: number(5),
  };
}

export function writeDuration({ past, days, hours, minutes }: Duration): string {
  const time = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}`;
  const date = days || !time ? `${days}D` : "";
  return `${past ? "-" : ""}P${date}${time ? `T${time}` : ""}`;
}
