import type { Client } from "./client.ts";
import { isAnswered } from "./answer.ts";

interface TypeName {
  readonly name: string | null;
  readonly kind: string;
  readonly ofType?: TypeName | null;
}

interface NamedField {
  readonly name: string;
  readonly type: TypeName;
  readonly args?: readonly { readonly name: string }[];
}

interface Type {
  readonly name: string;
  readonly fields: readonly NamedField[] | null;
  readonly inputFields: readonly NamedField[] | null;
}

const TYPE = "type { name kind ofType { name kind ofType { name kind ofType { name } } } }";
const QUESTION = `{ __schema { queryType { name } mutationType { name } subscriptionType { name }
  types { name fields { name ${TYPE} args { name } } inputFields { name ${TYPE} } } } }`;

const FARTHEST = 4;

/** What introspection tells of an API. */
export class SchemaView {
  readonly #types: ReadonlyMap<string, Type>;
  readonly hasSubscriptions: boolean;
  /** The answer itself, for those who look for values in it. */
  readonly text: string;

  constructor(types: readonly Type[], hasSubscriptions: boolean, text: string) {
    this.#types = new Map(types.map((type) => [type.name, type]));
    this.hasSubscriptions = hasSubscriptions;
    this.text = text;
  }

  /** `Type.field` of every field whose name a pattern meets. */
  fieldsNamed(pattern: RegExp): string[] {
    return [...this.#types.values()].flatMap(({ name, fields }) =>
      name.startsWith("__")
        ? []
        : (fields ?? [])
            .filter((field) => pattern.test(field.name))
            .map((field) => `${name}.${field.name}`),
    );
  }

  /** `Type.field(argument)` of every argument whose name a pattern meets. */
  argumentsNamed(pattern: RegExp): string[] {
    return [...this.#types.values()].flatMap(({ name, fields }) =>
      (name.startsWith("__") ? [] : (fields ?? [])).flatMap((field) =>
        (field.args ?? [])
          .filter((argument) => pattern.test(argument.name))
          .map((argument) => `${name}.${field.name}(${argument.name})`),
      ),
    );
  }

  field(type: string, name: string): NamedField | null {
    return this.#types.get(type)?.fields?.find((field) => field.name === name) ?? null;
  }

  /** Paths by which a filter reaches a field of another type's filter, such as `items.customer.phone`. */
  pathsToField(filterType: string, field: string): string[][] {
    const found: string[][] = [];
    let edge: { type: string; path: string[] }[] = [{ type: filterType, path: [] }];
    const seen = new Set([filterType]);
    for (let distance = 0; distance < FARTHEST; distance += 1) {
      const next: typeof edge = [];
      for (const { type, path } of edge)
        for (const input of this.#types.get(type)?.inputFields ?? []) {
          if (input.name === field && path.length > 0) found.push([...path, field]);
          const inner = nameOf(input.type);
          if (seen.has(inner)) continue;
          seen.add(inner);
          next.push({ type: inner, path: [...path, input.name] });
        }
      edge = next;
    }
    return found;
  }
}

function nameOf(type: TypeName): string {
  return type.name ?? (type.ofType == null ? "" : nameOf(type.ofType));
}

/** Asks for the schema; null where it is not told. */
export async function viewSchema(client: Client): Promise<SchemaView | null> {
  const answer = await client.ask("reader", { query: QUESTION });
  if (!isAnswered(answer)) return null;
  const { __schema: schema } = answer.body.data as {
    __schema: { types: Type[]; subscriptionType: object | null };
  };
  return new SchemaView(schema.types, schema.subscriptionType !== null, answer.text);
}
