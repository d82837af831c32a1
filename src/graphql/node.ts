import { Field, ID, InterfaceType } from "type-graphql";

/** Everything that has an id of its own and can be fetched again by it (Relay object identification). */
@InterfaceType("Node", {
  description: "An object with an id by which it can be fetched again.",
  resolveType: (row: { __typename: string }) => row.__typename,
})
export abstract class NodeInterface {
  @Field(() => ID, { description: "Opaque id, unique among all types." })
  id: string;
}
