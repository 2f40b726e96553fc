/** The form of a line as values, and the body that is sent. */

export interface ConsentValues extends Record<string, unknown> {
  kind: string;
  /** "" for all of a contact's numbers. */
  number: string;
  purpose: string;
  /** A withdrawal for all purposes. */
  every: boolean;
  /** Wall time of the organisation; "" for now. */
  at: string;
  how: string;
  proof: string;
  reference: string;
  file_sha256: string;
  /** A day; "" for no limit. */
  valid_until: string;
}

export const NEW_CONSENT: ConsentValues = {
  kind: "given",
  number: "",
  purpose: "prospecting",
  every: true,
  at: "",
  how: "",
  proof: "",
  reference: "",
  file_sha256: "",
  valid_until: "",
};

export function bodyOf(
  values: ConsentValues,
  toUtc: (wall: string) => string | null,
): Record<string, unknown> {
  const given = values.kind === "given";
  const until = given && values.valid_until !== "" ? toUtc(`${values.valid_until}T23:59`) : null;
  return {
    kind: values.kind,
    ...(values.number === "" ? {} : { number: values.number }),
    purpose: !given && values.every ? "*" : values.purpose.trim(),
    at: values.at === "" ? null : toUtc(values.at),
    how: values.how.trim(),
    proof: values.proof.trim(),
    reference: given ? values.reference.trim() : "",
    file_sha256: given ? values.file_sha256.trim() : "",
    valid_until: until,
  };
}
