import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type DocumentNode, Kind, parse } from "graphql";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";

/** Where golden requests lie, each with its answer beside it. */
export const REQUESTS_FOLDER = join(import.meta.dirname, "..", "requests");

/** Variables of one asking; a text `$previous.data…` stands for a place in the answer before. */
export type Variables = Readonly<Record<string, unknown>>;

/** One sending of a golden request. */
export interface Asking {
  /** Demo caller; null for nobody. */
  readonly caller: string | null;
  readonly purpose?: string;
  readonly variables?: Variables;
}

/** A document with everybody who asks it. */
export interface GoldenRequest {
  readonly name: string;
  readonly query: string;
  readonly document: DocumentNode | null;
  readonly askings: readonly Asking[];
  /** Whether the statements that it leads to are kept beside the answer. */
  readonly keepsSql: boolean;
  readonly isMutation: boolean;
}

/**
 * Every golden request; those that change something come last, so that the others always find the
 * same data.
 */
export function goldenRequests(): GoldenRequest[] {
  const requests = readdirSync(REQUESTS_FOLDER)
    .filter((file) => file.endsWith(".graphql"))
    .map((file) => file.slice(0, -".graphql".length))
    .sort()
    .map(readRequest);
  return [
    ...requests.filter((one) => !one.isMutation),
    ...requests.filter((one) => one.isMutation),
  ];
}

function readRequest(name: string): GoldenRequest {
  const query = readFileSync(join(REQUESTS_FOLDER, `${name}.graphql`), "utf8");
  const settings = [...query.matchAll(/^# (caller|purpose|variables|sql): (.+)$/gm)];
  const document = parsed(query);
  return {
    name,
    query,
    document,
    askings: askingsFrom(settings.map(([, key = "", value = ""]) => [key, value])),
    keepsSql: settings.some(([, key]) => key === "sql"),
    isMutation: /^mutation\b/m.test(query),
  };
}

/** Each `caller` line begins an asking; what stands above the first one holds for all of them. */
function askingsFrom(lines: readonly (readonly [key: string, value: string])[]): Asking[] {
  const shared: Record<string, unknown> = {};
  const askings: { caller: string; [key: string]: unknown }[] = [];
  for (const [key, value] of lines) {
    if (key === "caller") askings.push({ ...shared, caller: value });
    else if (key !== "sql") {
      (askings.at(-1) ?? shared)[key] = key === "variables" ? JSON.parse(value) : value;
    }
  }
  return askings.flatMap(({ caller, ...rest }) =>
    caller === "everyone"
      ? everyDemoCaller(rest)
      : [{ caller: caller === "nobody" ? null : caller, ...rest }],
  );
}

function everyDemoCaller(rest: object): Asking[] {
  return DEMO_CALLERS.flatMap(({ name, purposes }) =>
    purposes.map((purpose) => ({ ...rest, caller: name, purpose })),
  );
}

/** Null for a document that is broken on purpose. */
function parsed(query: string): DocumentNode | null {
  try {
    const document = parse(query);
    return document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION)
      ? document
      : null;
  } catch {
    return null;
  }
}
