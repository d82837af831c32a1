import type {
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from "graphql";
import type { RowGuard } from "./row-guard.ts";

/** One operation of a document for one answer to its `@skip` and `@include`. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly definition: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Values of the variables that directives ask about. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly guardOf: (type: GraphQLObjectType) => RowGuard | null;
}
