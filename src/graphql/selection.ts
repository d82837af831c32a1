import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";

/**
 * Names of the fields that an operation selects at a path below the resolved field, such as
 * `["edges", "node"]`. Type conditions and `@include` are not looked at: what may be asked for is
 * loaded, and the guard decides what is shown.
 */
export function selectedBelow(info: GraphQLResolveInfo, ...path: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const node of nodesAt(info, path)) {
    for (const child of childrenOf(node.selectionSet, info)) names.add(child.name.value);
  }
  return names;
}

function nodesAt(info: GraphQLResolveInfo, path: readonly string[]): readonly FieldNode[] {
  let nodes: readonly FieldNode[] = info.fieldNodes;
  for (const name of path) {
    nodes = nodes.flatMap((node) =>
      childrenOf(node.selectionSet, info).filter((child) => child.name.value === name),
    );
  }
  return nodes;
}

/** Fields of a selection with those of its fragments; validation has refused circular ones. */
function childrenOf(set: SelectionSetNode | undefined, info: GraphQLResolveInfo): FieldNode[] {
  return (set?.selections ?? []).flatMap((selection): FieldNode[] => {
    if (selection.kind === Kind.FIELD) return [selection];
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : info.fragments[selection.name.value]?.selectionSet;
    return childrenOf(inner, info);
  });
}
