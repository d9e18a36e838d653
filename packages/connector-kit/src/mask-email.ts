const dots = '•••';
/**
 * An address inside a text, in full width as well, which people type who write Chinese or Japanese. No longer than an
 * address may be, so that a long text takes no longer than its length.
 */
const addresses =
  /([\w!#$%&'*+/=?^`{|}~０-９Ａ-Ｚａ-ｚ．＿＋－-])[\w.!#$%&'*+/=?^`{|}~０-９Ａ-Ｚａ-ｚ．＿＋－-]{0,63}([@＠]|%40)((?:[\p{L}\p{N}-]{1,63}[.．]){1,32}[\p{L}\p{N}-]{1,63})/giu;

/**
 * A text with every email address in it masked: the first character and the domain are left.
 * @example maskEmailsIn('No mailbox ali.baba@example.com') // 'No mailbox a•••@example.com'
 */
export const maskEmailsIn = (text: string): string => text.replace(addresses, `$1${dots}$2$3`);
