import { cardNumber, residentNumber, uscc } from "../check-digits.ts";
import type { Country, Vocabulary } from "./country.ts";

const SURNAMES = pairs(
  "王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 林lin 高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 冯feng 邓deng 曹cao 彭peng 曾zeng 肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu 欧阳ouyang 上官shangguan 司马sima 诸葛zhuge",
);
const GIVEN_MALE = pairs(
  "伟wei 强qiang 磊lei 军jun 洋yang 勇yong 杰jie 涛tao 明ming 超chao 刚gang 平ping 辉hui 鹏peng 浩hao 宇yu 志远zhiyuan 建国jianguo 文博wenbo 子轩zixuan 俊杰junjie 浩然haoran 天佑tianyou 国强guoqiang 一鸣yiming 思远siyuan",
);
const GIVEN_FEMALE = pairs(
  "芳fang 娜na 敏min 静jing 丽li 艳yan 娟juan 霞xia 玲ling 燕yan 萍ping 红hong 梅mei 雪xue 慧hui 琳lin 秀英xiuying 桂兰guilan 欣怡xinyi 雨涵yuhan 梓萱zixuan 诗琪shiqi 晓燕xiaoyan 雅婷yating 丽华lihua 思思sisi",
);
/** Province, city, district, and the code of that district (GB/T 2260) with which identity numbers start. */
const PLACES = [
  ["北京市", "北京市", "朝阳区", "110105"],
  ["北京市", "北京市", "海淀区", "110108"],
  ["上海市", "上海市", "浦东新区", "310115"],
  ["上海市", "上海市", "徐汇区", "310104"],
  ["天津市", "天津市", "和平区", "120101"],
  ["重庆市", "重庆市", "渝中区", "500103"],
  ["广东省", "广州市", "天河区", "440106"],
  ["广东省", "深圳市", "南山区", "440305"],
  ["广东省", "佛山市", "禅城区", "440604"],
  ["福建省", "厦门市", "思明区", "350203"],
  ["福建省", "福州市", "鼓楼区", "350102"],
  ["浙江省", "杭州市", "西湖区", "330106"],
  ["浙江省", "宁波市", "海曙区", "330203"],
  ["江苏省", "南京市", "玄武区", "320102"],
  ["江苏省", "苏州市", "姑苏区", "320508"],
  ["四川省", "成都市", "武侯区", "510107"],
  ["湖北省", "武汉市", "武昌区", "420106"],
  ["湖南省", "长沙市", "岳麓区", "430104"],
  ["山东省", "青岛市", "市南区", "370202"],
  ["陕西省", "西安市", "雁塔区", "610113"],
  ["辽宁省", "沈阳市", "和平区", "210102"],
  ["河南省", "郑州市", "金水区", "410105"],
] as const;
const STREETS = [
  "湖滨路",
  "中山路",
  "人民路",
  "解放路",
  "建设路",
  "和平路",
  "长江路",
  "文化路",
  "学府路",
  "滨河路",
];
const MOBILE_PREFIXES = [
  "135",
  "136",
  "137",
  "138",
  "139",
  "150",
  "151",
  "158",
  "159",
  "177",
  "186",
  "187",
  "189",
];
const BANKS = [
  ["中国工商银行", "622202"],
  ["中国建设银行", "621700"],
  ["中国农业银行", "622848"],
  ["中国银行", "621661"],
  ["招商银行", "621483"],
  ["交通银行", "622262"],
] as const;
const COMPANY_KINDS = pairs(
  "商贸maoyi 科技keji 实业shiye 餐饮canyin 物流wuliu 文化wenhua 建材jiancai 电子dianzi",
);
const COMPANY_NAMES = pairs(
  "华瑞huarui 恒信hengxin 金桥jinqiao 远航yuanhang 新希xinxi 宏图hongtu 德隆delong 瑞丰ruifeng 长青changqing 海天haitian",
);
const USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY".split("");

const words: Vocabulary = {
  preferences: ["家居", "母婴", "数码", "户外", "图书", "美妆", "生鲜", "运动", "旅游", "音乐"],
  tags: ["老客户", "高价值", "会员日活跃", "偏好电话联系", "常退货", "企业采购", "新注册"],
  health: ["高血压", "糖尿病", "哮喘", "孕期", "冠心病", "甲状腺功能减退", "焦虑症", "无异常"],
  disability: ["听力残疾三级", "肢体残疾二级", "视力残疾四级"],
  medication: ["硝苯地平", "二甲双胍", "布地奈德吸入剂", "左甲状腺素钠"],
  maritalStatus: ["已婚", "未婚", "离异", "丧偶"],
  family: ["配偶及一子", "配偶及一女", "父母同住", "独居", "配偶及两个孩子"],
  background: ["父母务农", "教师家庭", "个体经营", "双职工家庭", "军人家庭"],
  income: ["5万以下", "5-10万", "10-20万", "20-50万", "50万以上"],
  credit: ["信用良好", "2025年有一次逾期，已结清", "授信额度2万元"],
  relations: ["父亲", "母亲", "祖父", "祖母"],
  departments: ["采购部", "财务部", "行政部", "总经理办公室"],
};

/** Customers in the mainland of China. */
export const china: Country = {
  code: "CN",
  words,
  person(random, gender) {
    const [surname, letters] = random.one(SURNAMES);
    const [given, givenLetters] = random.one(gender === "MALE" ? GIVEN_MALE : GIVEN_FEMALE);
    return { fullName: surname + given, local: `${letters}.${givenLetters}` };
  },
  company(random) {
    const [, city] = random.one(PLACES);
    const [name, letters] = random.one(COMPANY_NAMES);
    const [trade, tradeLetters] = random.one(COMPANY_KINDS);
    const place = city.slice(0, -1);
    return { fullName: `${place}${name}${trade}有限公司`, local: `${letters}-${tradeLetters}` };
  },
  address(random) {
    const [province, city, district] = random.one(PLACES);
    const street = `${random.one(STREETS)}${random.whole(1, 480)}号${random.whole(1, 30)}栋${random.whole(101, 2804)}室`;
    return { province, city, district, street };
  },
  phone: (random) => `+86${random.one(MOBILE_PREFIXES)}${random.digits(8)}`,
  document(random, { birthDate, gender }) {
    const [, , , region] = random.one(PLACES);
    const sex = random.whole(0, 4) * 2 + (gender === "MALE" ? 1 : 0);
    const first17 = `${region}${birthDate.replaceAll("-", "")}${random.digits(2)}${sex}`;
    return { idType: "CN_RESIDENT_ID", idNumber: residentNumber(first17) };
  },
  account(random) {
    const [bankName, start] = random.one(BANKS);
    return { bankName, accountKind: "CARD", bankAccount: cardNumber(start + random.digits(12)) };
  },
  companyRegister(random) {
    const [, , , region] = random.one(PLACES);
    const signs = Array.from({ length: 8 }, () => random.one(USCC_SIGNS)).join("");
    // The code is the tax number as well; kept once, where it is public.
    return { uscc: uscc(`91${region}${signs}${random.digits(1)}`), taxNo: null };
  },
  taxNumber: () => null,
};

/** `王wang 李li` as pairs of signs and letters. */
function pairs(text: string): readonly (readonly [string, string])[] {
  return text.split(" ").map((pair) => {
    const signs = pair.replace(/[a-z]+$/, "");
    return [signs, pair.slice(signs.length)] as const;
  });
}
