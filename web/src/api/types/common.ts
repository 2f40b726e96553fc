export type Time = string;

export interface Page<T> {
  items: T[];
  next_page_token: string | null;
  total: number | null;
}
