/** A phone number with only its beginning and its end, for example `+86 ••••• 00`. */
export function maskedPhone(phone: string): string {
  return `${phone.slice(0, 3)} ••••• ${phone.slice(-2)}`;
}
