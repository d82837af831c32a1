import {
  type FieldNode,
  type FragmentDefinitionNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
} from "graphql";

/** What a document holds beside the operation that is run. */
export interface DocumentParts {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Coerced values of the variables that `@skip` and `@include` ask about, at least. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The fields that selections have on an object type, by their keys in the answer and in order of
 * appearance (GraphQL October 2021, section 6.3.2).
 */
export function collectFields(
  parts: DocumentParts,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const visit = (selection: SelectionNode): void => {
    if (!isIncluded(selection, parts)) return;
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const known = fields.get(key);
      if (known === undefined) fields.set(key, [selection]);
      else known.push(selection);
      return;
    }
    const fragment = fragmentOf(selection, parts, spread);
    if (fragment === null || !appliesTo(fragment.typeCondition, type, parts)) return;
    fragment.selectionSet.selections.forEach(visit);
  };
  for (const { selections } of sets) selections.forEach(visit);
  return fields;
}

type Fragment = Pick<FragmentDefinitionNode, "selectionSet"> & {
  readonly typeCondition?: FragmentDefinitionNode["typeCondition"] | undefined;
};

/** The fragment that is spread or written there; null for one that was spread before. */
function fragmentOf(
  selection: Exclude<SelectionNode, FieldNode>,
  { fragments }: DocumentParts,
  spread: Set<string>,
): Fragment | null {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
  const name = selection.name.value;
  if (spread.has(name)) return null;
  spread.add(name);
  return fragments[name] ?? null;
}

function isIncluded(selection: SelectionNode, { variables }: DocumentParts): boolean {
  if (selection.directives === undefined || selection.directives.length === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.["if"] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.["if"] !== false;
}

function appliesTo(
  condition: FragmentDefinitionNode["typeCondition"] | undefined,
  type: GraphQLObjectType,
  { schema }: DocumentParts,
): boolean {
  if (condition === undefined) return true;
  const wanted = typeFromAST(schema, condition);
  return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
}
