import type { FormItem } from '@sesame/connector-kit';

/** Names that are secret whatever the form says. */
const secret = /secret|token|passw|passphrase|api_?key|private_?key|credential|authorization/i;
/** Names that are not, in a form that does not tell. */
const harmless =
  /(^|_|-)templates$|(id|sid|name|user|email|mail|sender|from|region|country|brand|number|phone|endpoint|url|uri|host|domain|port|version|locale|language|message|msg)$/i;

/**
 * Marks the secrets of a form. A form that marks none at all does not tell which they are, as with the published ones
 * of Logto: there, every text counts as a secret unless its name says otherwise.
 */
export function markSecrets(formItems: FormItem[]): FormItem[] {
  const isTold = formItems.some(({ isConfidential }) => isConfidential);
  return formItems.map((item) => {
    const isText = item.type === 'Text' || item.type === 'MultilineText' || item.type === 'Json';
    const isSecret = secret.test(item.key) || (!isTold && isText && !isHarmless(item.key));
    return item.isConfidential || (isSecret && item.type !== 'Switch') ? { ...item, isConfidential: true } : item;
  });
}

/** Whether the name of a value outside of any form says that it is no secret. */
export function isHarmless(key: string): boolean {
  return harmless.test(key) && !secret.test(key);
}

/** Whether a value may decide where a message goes, and its secrets along with it. */
export function isAddress(key: string): boolean {
  return /endpoint|url|uri|host|domain|server|region|proxy/i.test(key);
}
