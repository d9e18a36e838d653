import { createHmac } from 'node:crypto';
import { inOrderOfNames, type ReportRequest } from '@sesame/connector-kit';
import { forged, isSameText } from '@sesame/connector-kit/report-signature';

/** Each holds one signature or several, with commas between: of the account, and of the subaccount. */
const headersOf = (version: string) => [`x-plivo-signature-${version}`, `x-plivo-signature-ma-${version}`];

/**
 * Checks the signature of the third version, or of the second where that is all there is.
 * @see https://www.plivo.com/docs/messaging/concepts/signature-validation
 * @throws ReportRefusal
 */
export function checkSignature(request: ReportRequest, authToken: string): void {
  const { headers, urls } = request;
  const isThird = headersOf('v3').some((name) => headers[name] !== undefined);
  const version = isThird ? 'v3' : 'v2';
  const nonce = headers[`x-plivo-signature-${version}-nonce`] ?? '';
  const given = headersOf(version).flatMap((name) => headers[name]?.split(',').map((one) => one.trim()) ?? []);
  const parameters = isThird ? parametersOf(request) : '';
  const rights = urls
    .map((url) => (isThird ? `${thirdBase(url, parameters)}.${nonce}` : url.replace(/\?.*/, '') + nonce))
    .map((text) => createHmac('sha256', authToken).update(text).digest('base64'));
  if (!nonce || !given.some((one) => rights.some((right) => isSameText(right, one))))
    throw forged('The signature is not that of the Auth Token.');
}

/** The address with its query in order, then the parameters of the body by their names. */
function thirdBase(url: string, parameters: string): string {
  const [address = '', search = ''] = url.split('?', 2);
  const query = inOrderOfNames(new URLSearchParams(search))
    .flatMap(([name, values]) => values.map((value) => `${name}=${value}`))
    .join('&');
  if (parameters === '') return address + (query && `?${query}`);
  return `${address}?${query}${query && '.'}${parameters}`;
}

const parametersOf = ({ method, body }: ReportRequest): string =>
  method === 'GET'
    ? ''
    : inOrderOfNames(new URLSearchParams(body.toString('utf8')))
        .flatMap(([name, values]) => values.map((value) => name + value))
        .join('');
