import type { GraphQLResolveInfo } from "graphql";

/** Where a value stands in the answer, linked from the inside out; as graphql-js has it. */
export type ResponsePath = GraphQLResolveInfo["path"];

/** Keys and indexes of a path from the outside in. */
export function pathKeys(path: ResponsePath | undefined): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = path; at !== undefined; at = at.prev) keys.push(at.key);
  return keys.reverse();
}
