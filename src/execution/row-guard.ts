import type { GraphQLFieldResolver } from "graphql";
import type { ResponsePath } from "./response-path.ts";

/** One field of a selection on rows, at one place of a document. */
export interface RowField {
  /** Name in the answer. */
  readonly key: string;
  /** Name in the schema. */
  readonly name: string;
  /** Response path of the field with `*` for every index of a list. */
  readonly pattern: string;
  /** Gives a value its form in the answer; null for what has parts. */
  readonly complete: ((value: unknown) => unknown) | null;
}

/** Answers rows of one selection in one request. */
export interface RowWriter {
  /**
   * Decides about every field of a row and writes those that are plain values into `out`, where every key
   * stands already.
   *
   * @param fail takes what went wrong with a field, and gives what stands in its place
   * @returns by the position of each field, whether it may be followed to what it leads to
   */
  write(asked: {
    readonly row: object;
    readonly out: Record<string, unknown>;
    readonly path: ResponsePath | undefined;
    readonly fail: (field: number, error: unknown) => unknown;
  }): readonly boolean[];
}

/** What stands between the rows of a type and the answer. */
export interface RowGuard {
  /**
   * What it does with a field: writes its value, or lets it pass to its resolver or not. All others have
   * resolvers of their own.
   */
  readonly roleOf: (field: string) => "writes" | "passes" | null;
  /** Where a field leads that it lets pass: the schema's own resolver is closed. */
  readonly leadsTo: (field: string) => GraphQLFieldResolver<unknown, unknown> | undefined;
  /** Prepares a selection, once for a document; what it returns makes a writer for each request. */
  readonly prepare: (fields: readonly RowField[]) => (context: never) => RowWriter;
}
