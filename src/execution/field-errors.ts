import type { GraphQLError } from "graphql";
import type { ResponsePath } from "./response-path.ts";

/** Errors of fields, without those below a place that became null for another one. */
export class FieldErrors {
  readonly list: GraphQLError[] = [];
  readonly #places = new Set<ResponsePath | undefined>();

  /** @param path the place that becomes null; undefined for the whole answer */
  add(error: GraphQLError, path: ResponsePath | undefined): void {
    for (let at = path; at !== undefined; at = at.prev) if (this.#places.has(at)) return;
    if (this.#places.has(undefined)) return;
    this.#places.add(path);
    this.list.push(error);
  }
}
