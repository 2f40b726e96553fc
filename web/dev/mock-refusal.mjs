/** A refusal of the mock server, in the shape of the API's. */
export class Refusal extends Error {
  constructor(status, code, message, details = {}) {
    super(message);
    this.status = status;
    this.body = { error: { code, message, details } };
  }
}
