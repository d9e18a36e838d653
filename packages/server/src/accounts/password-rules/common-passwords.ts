import { createRequire } from 'node:module';
import type { dictionary } from '@zxcvbn-ts/language-common';

/** What guessing lists start with and the list of zxcvbn lacks, in lower case. */
const missing = `
  12341234 123123123 aa12345678 admin1234 admin12345 admin123456 adminadmin admin@123 changeme123 guest123 login123
  p@55w0rd p@ssword p@ssword1 pa$$word pass12345 password12345 qweqweqwe rockyou1 root1234 summer2024 summer2025
  target123 test12345 user1234 welcome1234 winter2024 winter2025 woaini123 woaini520 woaini1314 x4ivygia x4ivyga51f
  xiaoming 5201314a a5201314 521521521 52013145 20202020 321321321 456456456 121212121 12121212 13131313 69696969
  87654321a`;

/** The most common passwords of known leaks, in lower case; none of it is looked up anywhere else. */
let commonPasswords: ReadonlySet<string> | undefined;

/** Whether guessing would start with this password, in whatever case it is written. */
export function isCommonPassword(password: string): boolean {
  commonPasswords ??= readCommonPasswords();
  return commonPasswords.has(password.toLowerCase());
}

/** Takes 5 MB, which servers without passwords go without. */
function readCommonPasswords(): ReadonlySet<string> {
  const load: (name: string) => { dictionary: typeof dictionary } = createRequire(import.meta.url);
  return new Set([
    ...load('@zxcvbn-ts/language-common').dictionary['passwords-common'],
    ...missing.trim().split(/\s+/),
  ]);
}
