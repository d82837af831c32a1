import { type FieldDefinition, type TypeDefinition, typeIn } from "../classification/catalog.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { snakeCase } from "../lib/snake-case.ts";

/** What a resource type of AuthZEN stands for: a guarded type, or one of its fields. */
export interface NamedResource {
  readonly type: TypeDefinition;
  /** Null for the whole row. */
  readonly field: FieldDefinition | null;
}

/**
 * Guarded types about which the asker may ask, by the word that stands for them, such as `customer`
 * and `transfer_item`.
 *
 * @throws PURPOSE_REQUIRED, and FORBIDDEN for whoever may not ask about others at all
 */
export function resourceTypes(context: RequestContext): ReadonlyMap<string, TypeDefinition> {
  const { catalog, decisions, purpose } = context;
  if (purpose === null) throw publicError("PURPOSE_REQUIRED");
  const names = [...catalog.keys()].filter((name) => decisions.mayEver("evaluateAccess", name));
  if (names.length === 0) throw publicError("FORBIDDEN");
  return new Map(names.map((name) => [wordFor(name), typeIn(catalog, name)]));
}

/** The type or field of a word such as `customer.idNumber`; null where there is none to ask about. */
export function resourceNamed(
  word: string,
  types: ReadonlyMap<string, TypeDefinition>,
): NamedResource | null {
  const dot = word.indexOf(".");
  const type = types.get(dot === -1 ? word : word.slice(0, dot));
  if (type === undefined) return null;
  if (dot === -1) return { type, field: null };
  const field = type.fields.get(word.slice(dot + 1));
  return field === undefined ? null : { type, field };
}

/** `TransferItem` -> `transfer_item`. */
function wordFor(name: string): string {
  return snakeCase(name).slice(1);
}
