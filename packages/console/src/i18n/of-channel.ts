/** Chooses the text of a channel, `<key>_Email` for one, where the catalogue has it; of several keys only some may. */
export const ofChannel = (channel: string): Record<string, unknown> => ({ context: channel });
