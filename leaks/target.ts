import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const names = z.array(z.string()).default([]);
const template = z.record(z.string(), z.unknown());
const templates = z.record(z.string(), template).default({});
const caller = z.strictObject({
  /** Name under which the development issuer knows the caller. */
  name: z.string().default(""),
  headers: z.record(z.string(), z.string()).default({}),
});

const shape = z.strictObject({
  about: z.string(),
  /** Path that gives `{ token }` for `{ caller }`; null where tokens come from the command line. */
  issuer: z.string().nullable().default(null),
  callers: z.strictObject({ reader: caller, masked: caller }),
  /** Names of things that are new in every answer, such as request ids. */
  ignore: names,
  /** Codes of errors that mean: there is no such field, argument or operator. */
  unknown: z.array(z.string()).default(["GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"]),
  object: z.strictObject({
    type: z.string(),
    id: z.string(),
    hidden: z.string().nullable().default(null),
    absent: z.string(),
    lookup: z.string(),
    ways: z.record(z.string(), z.string()).default({}),
    /** A selection that leads from the object to objects of its type, with SELECTION again. */
    deepening: z.string().nullable().default(null),
    siblings: names,
  }),
  fields: z
    .array(
      z.strictObject({
        name: z.string(),
        other: z.string(),
        /** A regular expression that every rendering below clear matches. */
        masked: z.string().default("[*•#]|X{2}"),
        derived: names,
      }),
    )
    .min(1),
  list: z
    .strictObject({
      document: z.string(),
      /** The same without rows, for counts alone. */
      count: z.string().nullable().default(null),
      filterType: z.string().nullable().default(null),
      filters: templates,
      prefixes: templates,
      nested: templates,
      sets: templates,
      order: z.unknown().default(null),
      orders: names,
      /** An order and a filter that the masked caller may use. */
      allowedOrder: z.unknown().default(null),
      allowedFilter: z.unknown().default(null),
      page: z.int().positive().default(20),
      /** Fields of which so many different values may not be looked up by anybody. */
      budget: z
        .strictObject({ fields: names, filter: template, tries: z.int().positive().default(30) })
        .nullable()
        .default(null),
    })
    .nullable()
    .default(null),
  write: z
    .strictObject({ document: z.string(), variables: template, fields: z.array(z.string()).min(1) })
    .nullable()
    .default(null),
  history: names,
  catalogue: names,
  aggregates: z
    .strictObject({
      documents: names,
      counted: z.string().nullable().default(null),
      /** Fields by which the masked caller may group. */
      allowed: names,
      leastGroup: z.int().default(20),
    })
    .default({ documents: [], counted: null, allowed: [], leastGroup: 20 }),
  /** Paths beside GraphQL that may answer without a token. */
  paths: names,
});

/** What the suite has to know of an API; the shipped example is `custodia.yaml`. */
export type Target = z.output<typeof shape>;

/** Reads and checks the description of an API. */
export function readTarget(file: string): Target {
  const checked = shape.safeParse(parse(readFileSync(file, "utf8")));
  if (checked.success) return checked.data;
  throw new Error(`${file}: ${z.prettifyError(checked.error)}`);
}

/** A copy of a template in which words such as FIELD and VALUE stand for something. */
export function fill(form: unknown, words: Readonly<Record<string, unknown>>): unknown {
  if (typeof form === "string") return Object.hasOwn(words, form) ? words[form] : form;
  if (Array.isArray(form)) return form.map((part) => fill(part, words));
  if (typeof form !== "object" || form === null) return form;
  return Object.fromEntries(
    Object.entries(form).map(([key, part]) => [String(fill(key, words)), fill(part, words)]),
  );
}

/** A document in which SELECTION stands for fields. */
export function selecting(document: string, ...fields: readonly string[]): string {
  return document.replaceAll("SELECTION", ["id", ...fields].join(" "));
}
