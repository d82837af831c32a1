import { typeIn } from "../classification/catalog.ts";
import { readCatalog } from "../classification/field.ts";
import { connectionTypeOf } from "../graphql/connection.ts";
import { filterInputOf, orderInputOf } from "../graphql/predicate-inputs.ts";
import { CustomerEvent } from "./customer-event.entity.ts";
import { Customer } from "./customer.entity.ts";
import { CustomerKind, CustomerState, Jurisdiction } from "./customer.enums.ts";

const catalog = readCatalog([Customer.name, CustomerEvent.name]);
const type = typeIn(catalog, Customer.name);
const eventType = typeIn(catalog, CustomerEvent.name);

/** A page of customers. */
export const CustomerConnection = connectionTypeOf(Customer, "Customer");

/** A page of a customer's events. */
export const CustomerEventConnection = connectionTypeOf(CustomerEvent, "CustomerEvent");

/** Filter of customers. */
export const CustomerFilter = filterInputOf(type, {
  kind: ["CustomerKind", CustomerKind],
  state: ["CustomerState", CustomerState],
  jurisdiction: ["Jurisdiction", Jurisdiction],
});

/** Order of customers. */
export const CustomerOrder = orderInputOf(type);

/** Filter of events. */
export const CustomerEventFilter = filterInputOf(eventType, {});

/** Order of events. */
export const CustomerEventOrder = orderInputOf(eventType);
