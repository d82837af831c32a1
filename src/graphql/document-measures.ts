import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** Size of the largest operation of a document, with every fragment put where it is spread. */
export interface DocumentMeasures {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
}

const NOTHING: DocumentMeasures = { depth: 0, aliases: 0, rootFields: 0, directives: 0 };

/**
 * Measures a document in time linear in its length: each fragment is measured once, however often
 * it is spread, so that fragments which double one another's size cost nothing to refuse.
 */
export function measureDocument(document: DocumentNode): DocumentMeasures {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  const measured = new Map<string, DocumentMeasures>();

  function ofFragment(name: string): DocumentMeasures {
    const known = measured.get(name);
    if (known !== undefined) return known;
    // Until it is known, so that a fragment inside itself ends here; a rule of GraphQL refuses it.
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    const measures = fragment === undefined ? NOTHING : ofSet(fragment.selectionSet);
    measured.set(name, measures);
    return measures;
  }

  function ofSelection(selection: SelectionNode): DocumentMeasures {
    const directives = selection.directives?.length ?? 0;
    switch (selection.kind) {
      case Kind.FRAGMENT_SPREAD:
        return plus(ofFragment(selection.name.value), { directives });
      case Kind.INLINE_FRAGMENT:
        return plus(ofSet(selection.selectionSet), { directives });
      case Kind.FIELD: {
        const inside = ofSet(selection.selectionSet);
        const aliases = inside.aliases + (selection.alias === undefined ? 0 : 1);
        // The schema describes itself in deep chains of `ofType`; graphql-js has its own limit there.
        const isAboutSchema = selection.name.value.startsWith("__");
        const depth = isAboutSchema ? 1 : inside.depth + 1;
        return { depth, aliases, rootFields: 1, directives: inside.directives + directives };
      }
    }
  }

  function ofSet(set: SelectionSetNode | undefined): DocumentMeasures {
    return (set?.selections ?? []).map(ofSelection).reduce(sum, NOTHING);
  }

  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map(({ selectionSet, directives = [] }) =>
      plus(ofSet(selectionSet), { directives: directives.length }),
    )
    .reduce(larger, NOTHING);
}

function plus(measures: DocumentMeasures, more: { directives: number }): DocumentMeasures {
  return { ...measures, directives: measures.directives + more.directives };
}

function sum(a: DocumentMeasures, b: DocumentMeasures): DocumentMeasures {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
    directives: a.directives + b.directives,
  };
}

function larger(a: DocumentMeasures, b: DocumentMeasures): DocumentMeasures {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: Math.max(a.aliases, b.aliases),
    rootFields: Math.max(a.rootFields, b.rootFields),
    directives: Math.max(a.directives, b.directives),
  };
}
