import { Field, ID, InputType, ObjectType } from "type-graphql";
import { typeIn } from "../classification/catalog.ts";
import { readCatalog } from "../classification/field.ts";
import { connectionTypeOf } from "../graphql/connection.ts";
import { filterInputOf, orderInputOf } from "../graphql/predicate-inputs.ts";
import { SecurityAlert } from "./security-alert.entity.ts";
import { AlertKind } from "./security-alert.enums.ts";

const type = typeIn(readCatalog([SecurityAlert.name]), SecurityAlert.name);

/** A page of alerts. */
export const SecurityAlertConnection = connectionTypeOf(SecurityAlert, "SecurityAlert");

/** Filter of alerts. */
export const SecurityAlertFilter = filterInputOf(type, { kind: ["AlertKind", AlertKind] });

/** Order of alerts. */
export const SecurityAlertOrder = orderInputOf(type);

@InputType({ description: "What was found about an alert." })
export class AcknowledgeAlertInput {
  @Field(() => ID, { description: "Id of the alert." })
  id: string;

  @Field(() => String, { description: "What was found, in a sentence; never a customer's value." })
  note: string;
}

@ObjectType({ description: "What came of it." })
export class AcknowledgeAlertPayload {
  @Field(() => SecurityAlert, { nullable: true, description: "The alert as it is now." })
  alert: SecurityAlert | null;
}
