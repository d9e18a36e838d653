import type { Connectors } from '../../../connectors/connectors.ts';
import { isDevelopmentInbox } from '../../../connectors/factories.ts';
import { ApiError } from '../../../errors.ts';

/** @throws ApiError `entity.not_found` unless the development inbox is live for a channel */
export async function requireInboxInUse(connectors: Connectors): Promise<void> {
  const live = await connectors.allLive();
  if (!live.some(({ row }) => isDevelopmentInbox(row.factory_id))) throw new ApiError('entity.not_found');
}
