import type { Connectors } from '../../../connectors/connectors.ts';
import { developmentInboxId } from '../../../connectors/factories.ts';
import { ApiError } from '../../../errors.ts';

/** @throws ApiError `entity.not_found` unless the development inbox is a live connector */
export async function requireInboxInUse(connectors: Connectors): Promise<void> {
  const live = await connectors.allLive();
  if (!live.some(({ row }) => row.factory_id === developmentInboxId)) throw new ApiError('entity.not_found');
}
