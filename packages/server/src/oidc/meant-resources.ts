import Provider, { type AdapterPayload } from 'oidc-provider';

/** By indicator, the id of the resource that it stood for when a record was made. */
export type ResourceIds = Record<string, string>;

/** What is read of records that name resources: grants with the scopes of each, codes and tokens without. */
type NamesResources = AdapterPayload & {
  resources?: Record<string, string>;
  resource?: string | string[];
  resourceIds?: ResourceIds;
};

const meantIn = new WeakMap<object, Map<string, string>>();

/**
 * Notes which resource this request means by an indicator: the first that it meets.
 * @returns whether it is this one; another may have been made in its place since
 */
export function meansResource(indicator: string, id: string): boolean {
  const request = Provider.ctx;
  if (!request) return true;
  const meant = meantIn.get(request) ?? new Map<string, string>();
  meantIn.set(request, meant);
  const first = meant.get(indicator) ?? id;
  meant.set(indicator, first);
  return first === id;
}

/** A record with the resources that its indicators stand for. */
export function withResourceIds(payload: AdapterPayload): AdapterPayload {
  const { resources = {}, resource = [] } = payload as NamesResources;
  const meant = Provider.ctx && meantIn.get(Provider.ctx);
  const known = [...Object.keys(resources), ...[resource].flat()].flatMap((indicator) => {
    const id = meant?.get(indicator);
    return id === undefined ? [] : [[indicator, id] as const];
  });
  return known.length === 0 ? payload : { ...payload, resourceIds: Object.fromEntries(known) };
}

/**
 * A record without the resources that are gone and were made again since, which are others.
 * @param isStill whether an indicator still stands for the resource with this id, or for none
 */
export async function withoutOthers(
  { resourceIds, ...payload }: NamesResources,
  isStill: (indicator: string, id: string) => Promise<boolean>,
): Promise<AdapterPayload> {
  if (!resourceIds) return payload;
  const others = new Set<string>();
  for (const [indicator, id] of Object.entries(resourceIds)) {
    if (!(await isStill(indicator, id)) || !meansResource(indicator, id)) others.add(indicator);
  }
  if (others.size === 0) return payload;
  const { resources, resource, ...rest } = payload as NamesResources;
  const left = [resource ?? []].flat().filter((indicator) => !others.has(indicator));
  return {
    ...rest,
    ...(resources && {
      resources: Object.fromEntries(Object.entries(resources).filter(([indicator]) => !others.has(indicator))),
    }),
    ...(left.length > 0 && { resource: Array.isArray(resource) ? left : left[0] }),
  };
}
