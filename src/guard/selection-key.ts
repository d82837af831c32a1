import type { Selection } from "./list-request.ts";

const keys = new WeakMap<Selection, string>();

/** A text that two selections share only when they are of the same fields. */
export function selectionKey(selection: Selection): string {
  let key = keys.get(selection);
  if (key === undefined) {
    key = [selection.shown, selection.judged].map((names) => [...names].sort().join()).join(" ");
    keys.set(selection, key);
  }
  return key;
}
