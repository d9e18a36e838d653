/** A reason to refuse a connector, in words for the administrator. */
export class RefusedConnector extends Error {
  override readonly name = 'RefusedConnector';
}
