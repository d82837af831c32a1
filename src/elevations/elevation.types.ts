import { typeIn } from "../classification/catalog.ts";
import { readCatalog } from "../classification/field.ts";
import { Customer } from "../customers/customer.entity.ts";
import { connectionTypeOf } from "../graphql/connection.ts";
import { filterInputOf, orderInputOf } from "../graphql/predicate-inputs.ts";
import { Elevation } from "./elevation.entity.ts";
import { ElevationReview, ElevationState } from "./elevation.enums.ts";

const type = typeIn(readCatalog([Customer.name, Elevation.name]), Elevation.name);

/** A page of elevations. */
export const ElevationConnection = connectionTypeOf(Elevation, "Elevation");

/** Filter of elevations. */
export const ElevationFilter = filterInputOf(type, {
  state: ["ElevationState", ElevationState],
  reviewState: ["ElevationReview", ElevationReview],
});

/** Order of elevations. */
export const ElevationOrder = orderInputOf(type);
