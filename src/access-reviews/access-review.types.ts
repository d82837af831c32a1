import { typeIn } from "../classification/catalog.ts";
import { readCatalog } from "../classification/field.ts";
import { connectionTypeOf } from "../graphql/connection.ts";
import { filterInputOf, orderInputOf } from "../graphql/predicate-inputs.ts";
import { AccessReviewItem } from "./access-review-item.entity.ts";
import { AccessReview } from "./access-review.entity.ts";
import { AccessReviewState } from "./access-review.enums.ts";

const type = typeIn(readCatalog([AccessReview.name]), AccessReview.name);

/** A page of reviews. */
export const AccessReviewConnection = connectionTypeOf(AccessReview, "AccessReview");

/** A page of the items of a review. */
export const AccessReviewItemConnection = connectionTypeOf(AccessReviewItem, "AccessReviewItem");

/** Filter of reviews. */
export const AccessReviewFilter = filterInputOf(type, {
  state: ["AccessReviewState", AccessReviewState],
});

/** Order of reviews. */
export const AccessReviewOrder = orderInputOf(type);
