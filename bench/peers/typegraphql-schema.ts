import "reflect-metadata";
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  type MiddlewareFn,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { RULED, type RuledField, shown } from "./rules.ts";
import type { PeerContext } from "./loaders.ts";
import type { CustomerRow, ItemRow, TransferRow } from "./rows.ts";

/*
 * The part of the product's schema that the workloads ask, as type-graphql makes it. Node strips types and
 * knows no decorators, so they are called as the functions that they are.
 */

export class Customer {}
for (const name of RULED) Field(() => String, { nullable: true })(Customer.prototype, name);
Field(() => ID)(Customer.prototype, "id");
ObjectType()(Customer);

class CustomerConnection {}
Field(() => [Customer])(CustomerConnection.prototype, "nodes");
ObjectType()(CustomerConnection);

class TransferItem {}
Field(() => String)(TransferItem.prototype, "state");
ObjectType()(TransferItem);

class TransferItemConnection {}
Field(() => [TransferItem])(TransferItemConnection.prototype, "nodes");
ObjectType()(TransferItemConnection);

class Transfer {}
Field(() => String)(Transfer.prototype, "code");
Field(() => String)(Transfer.prototype, "state");
ObjectType()(Transfer);

class TransferConnection {}
Field(() => [Transfer])(TransferConnection.prototype, "nodes");
ObjectType()(TransferConnection);

export class RootResolver {
  customer(id: string, { customers }: PeerContext): Promise<CustomerRow | null> {
    return customers.load(id);
  }

  async customers(first: number, { rows, caller }: PeerContext): Promise<object> {
    return { nodes: await rows.customers(caller, first) };
  }

  async transfers(first: number, { rows, caller }: PeerContext): Promise<object> {
    return { nodes: await rows.transfers(caller, first) };
  }
}
type Method = [string, () => unknown, [name: string, type: () => unknown], boolean];
const METHODS: readonly Method[] = [
  ["customer", () => Customer, ["id", () => ID], true],
  ["customers", () => CustomerConnection, ["first", () => Int], false],
  ["transfers", () => TransferConnection, ["first", () => Int], false],
];
for (const [method, type, [argument, argumentType], nullable] of METHODS) {
  parametersOf(RootResolver.prototype, method, [Object, Object]);
  Arg(argument, argumentType as never)(RootResolver.prototype, method, 0);
  Ctx()(RootResolver.prototype, method, 1);
  Query(type as never, { nullable })(RootResolver.prototype, method, {} as never);
}
Resolver()(RootResolver);

export class TransferResolver {
  async items(transfer: TransferRow, first: number, { items }: PeerContext): Promise<object> {
    return { nodes: await items(first).load(transfer.id) };
  }
}
parametersOf(TransferResolver.prototype, "items", [Object, Object, Object]);
Root()(TransferResolver.prototype, "items", 0);
Arg("first", () => Int)(TransferResolver.prototype, "items", 1);
Ctx()(TransferResolver.prototype, "items", 2);
FieldResolver(() => TransferItemConnection)(TransferResolver.prototype, "items", {} as never);
Resolver(() => Transfer)(TransferResolver);

export class ItemResolver {
  customer(item: ItemRow, { customers }: PeerContext): Promise<CustomerRow | null> {
    return customers.load(item.customerId);
  }
}
parametersOf(ItemResolver.prototype, "customer", [Object, Object]);
Root()(ItemResolver.prototype, "customer", 0);
Ctx()(ItemResolver.prototype, "customer", 1);
FieldResolver(() => Customer, { nullable: true })(ItemResolver.prototype, "customer", {} as never);
Resolver(() => TransferItem)(ItemResolver);

/** Masks in resolvers of their own, for those whose rules can only let through or not. */
export class MaskingResolver {}
for (const field of ["phone", "email", "region", "idNumber", "customerNo", "fullName"] as const) {
  Object.defineProperty(MaskingResolver.prototype, field, {
    value: (row: CustomerRow, { ability }: PeerContext) => shown(ability, row, field),
    writable: true,
    configurable: true,
  });
  parametersOf(MaskingResolver.prototype, field, [Object, Object]);
  Root()(MaskingResolver.prototype, field, 0);
  Ctx()(MaskingResolver.prototype, field, 1);
  FieldResolver(() => String, { nullable: true })(MaskingResolver.prototype, field, {} as never);
}
Resolver(() => Customer)(MaskingResolver);

const ruled = new Set<string>(RULED);

/** The global middleware: asks CASL about every field of a customer. */
export const askCasl: MiddlewareFn<PeerContext> = async ({ info, root, context }, next) => {
  if (info.parentType.name !== "Customer" || !ruled.has(info.fieldName)) return next();
  await next();
  return shown(context.ability, root as CustomerRow, info.fieldName as RuledField);
};

/** What a compiler would have written down of a method's parameters. */
function parametersOf(prototype: object, method: string, types: readonly unknown[]): void {
  Reflect.defineMetadata("design:paramtypes", types, prototype, method);
}
