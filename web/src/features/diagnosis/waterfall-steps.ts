import type { Bucket } from "./types";

export interface Step {
  bucket: Bucket;
  /** Where its bar begins, of the whole. */
  start: number;
  width: number;
}

/** Bars that follow each other from the first contact to the last. */
export function steps(buckets: Bucket[], whole: number): Step[] {
  let before = 0;
  return buckets.map((bucket) => {
    const start = whole > 0 ? before / whole : 0;
    before += bucket.contacts;
    return { bucket, start, width: whole > 0 ? bucket.contacts / whole : 0 };
  });
}
