import type { ResponsePath } from "../execution/response-path.ts";

/** Rows of one list, below which all go the same way. */
interface Together {
  readonly list: string;
  readonly indexes: number[];
  /** What follows the index; empty where the row is the item itself. */
  readonly below: string;
}

/**
 * Texts of response paths, one for those that differ in nothing but the index of their innermost list:
 * `customers.nodes.0-3,7`. Indexes are in order, and neighbours stand as `first-last`.
 */
export function pathsTogether(paths: readonly (ResponsePath | undefined)[]): string[] {
  const lists = new Map<ResponsePath | undefined, Map<string, Together>>();
  const texts = new Map<ResponsePath, string>();
  const alone: string[] = [];
  for (const path of paths) {
    const { item, below } = innermostItem(path);
    if (item === undefined) {
      alone.push(textOf(path, texts));
      continue;
    }
    let byEnd = lists.get(item.prev);
    if (byEnd === undefined) lists.set(item.prev, (byEnd = new Map()));
    let together = byEnd.get(below);
    if (together === undefined) {
      together = { list: textOf(item.prev, texts), indexes: [], below };
      byEnd.set(below, together);
    }
    together.indexes.push(item.key as number);
  }
  const sets = [...lists.values()].flatMap((byEnd) => [...byEnd.values()]);
  return [
    ...alone,
    ...sets.map(({ list, indexes, below }) => `${list}.${indexSet(indexes)}${below}`),
  ];
}

function innermostItem(path: ResponsePath | undefined): {
  item: ResponsePath | undefined;
  below: string;
} {
  let below = "";
  let item = path;
  for (; item !== undefined && typeof item.key !== "number"; item = item.prev)
    below = `.${item.key}${below}`;
  return { item, below };
}

/** Each list is written out once, whatever number of rows it has. */
function textOf(path: ResponsePath | undefined, texts: Map<ResponsePath, string>): string {
  if (path === undefined) return "";
  let text = texts.get(path);
  if (text === undefined) {
    text = path.prev === undefined ? String(path.key) : `${textOf(path.prev, texts)}.${path.key}`;
    texts.set(path, text);
  }
  return text;
}

function indexSet(indexes: number[]): string {
  indexes.sort((a, b) => a - b);
  const runs: string[] = [];
  for (let at = 0; at < indexes.length; at += 1) {
    const first = indexes[at] as number;
    while (indexes[at + 1] === (indexes[at] as number) + 1) at += 1;
    const last = indexes[at] as number;
    runs.push(first === last ? String(first) : `${first}-${last}`);
  }
  return runs.join();
}
