import { typeIn } from "../classification/catalog.ts";
import { readCatalog } from "../classification/field.ts";
import { connectionTypeOf } from "../graphql/connection.ts";
import { filterInputOf, orderInputOf } from "../graphql/predicate-inputs.ts";
import { CrossBorderMechanism } from "./cross-border-mechanism.entity.ts";
import { MechanismKind } from "./cross-border-mechanism.enums.ts";

const type = typeIn(readCatalog([CrossBorderMechanism.name]), CrossBorderMechanism.name);

/** A page of mechanisms. */
export const CrossBorderMechanismConnection = connectionTypeOf(
  CrossBorderMechanism,
  "CrossBorderMechanism",
);

/** Filter of mechanisms. */
export const CrossBorderMechanismFilter = filterInputOf(type, {
  kind: ["MechanismKind", MechanismKind],
});

/** Order of mechanisms. */
export const CrossBorderMechanismOrder = orderInputOf(type);
