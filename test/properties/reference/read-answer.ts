import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  parse,
  type SelectionNode,
  valueFromASTUntyped,
} from "graphql";

/** A field as an answer has it: one response key, whatever fragments ask for it. */
export interface AskedField {
  readonly key: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** What is asked below, on an object of a type. */
  readonly below: (type: string) => readonly AskedField[];
}

/** The fields that a document asks of the root. */
export function askedBy(document: string): readonly AskedField[] {
  const { definitions } = parse(document);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const root = operation?.operation === "mutation" ? "Mutation" : "Query";
  return collected(operation?.selectionSet.selections ?? [], root);

  function collected(selections: readonly SelectionNode[], type: string): AskedField[] {
    const nodes = new Map<string, FieldNode[]>();
    collect(selections, type, nodes);
    return [...nodes].map(([key, same]) => ({
      key,
      name: same[0]?.name.value ?? "",
      args: argumentsOf(same[0]),
      below: (inner) =>
        collected(
          same.flatMap(({ selectionSet }) => selectionSet?.selections ?? []),
          inner,
        ),
    }));
  }

  function collect(
    selections: readonly SelectionNode[],
    type: string,
    into: Map<string, FieldNode[]>,
  ): void {
    for (const one of selections) {
      if (one.directives?.some(({ name }) => name.value === "skip") === true) continue;
      if (one.kind === Kind.FIELD) {
        const key = one.alias?.value ?? one.name.value;
        into.set(key, [...(into.get(key) ?? []), one]);
        continue;
      }
      const fragment = one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one;
      const on = fragment?.typeCondition?.name.value;
      if (on === undefined || on === type || on === "Node")
        collect(fragment?.selectionSet.selections ?? [], type, into);
    }
  }
}

function argumentsOf(node: FieldNode | undefined): Record<string, unknown> {
  const given = node?.arguments ?? [];
  return Object.fromEntries(
    given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}
