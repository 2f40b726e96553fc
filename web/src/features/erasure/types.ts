import type { Time } from "@/api/types";

export interface ErasurePreview {
  person_id: string;
  numbers: string[];
  /** Rows out of which something goes, by table; empty while something refuses the erasure. */
  counts: Record<string, number>;
  files: number;
  objected: boolean;
  /** null: there is no list to which the numbers could go. */
  dnc_list: string | null;
  hold: string | null;
  in_call: boolean;
  free_at: Time | null;
  laws: { preset_id: string; years: number; source: string }[];
}

export interface Erasure {
  erasure_id: string;
  person_id: string;
  user_name: string | null;
  reason: string;
  keep_do_not_call: boolean;
  counts: Record<string, number>;
  files: number;
  erased_at: Time;
  digest: string;
}
