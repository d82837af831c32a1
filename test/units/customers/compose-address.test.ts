import { composeAddress } from "../../../src/customers/compose-address.ts";

test("Chinese addresses run from large to small without gaps", () => {
  const parts = {
    province: "福建省",
    city: "厦门市",
    district: "思明区",
    street: "解放路1号\n后院",
  };
  expect(composeAddress(parts)).toBe("福建省厦门市思明区解放路1号 后院");
});

test("a municipality is named once", () => {
  const parts = { province: "北京市", city: "北京市", district: "东城区", street: null };
  expect(composeAddress(parts)).toBe("北京市东城区");
});

test("other addresses run from small to large with commas", () => {
  const parts = { province: "Bayern", city: "München", district: null, street: "Hauptstr. 1" };
  expect(composeAddress(parts)).toBe("Hauptstr. 1, München, Bayern");
});

test("no part, no address", () => {
  expect(composeAddress({ province: null, city: null, district: null, street: null })).toBeNull();
});
