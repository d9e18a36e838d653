import { type AuthenticationMethod, methodOfFactor } from '../accounts/authentication-methods.ts';
import { typeOf } from './user-recipients.ts';
import type { Verification } from './verification-row.ts';

/** What a verification is called in tokens, as far as it says who somebody is or comes second. */
export function methodOf(proof: Verification): AuthenticationMethod {
  if (proof.type === 'code') return methodOfFactor[typeOf(proof.recipient)];
  return proof.type === 'totp' || proof.type === 'backup-code' ? 'otp' : 'pwd';
}
