// Runs the graphql-http audits against a server: node audit.mjs URL TOKEN. Prints one JSON line per audit.
import { serverAudits } from 'graphql-http';

const [url, token] = process.argv.slice(2);

function fetchSignedIn(input, init = {}) {
  const headers = { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${token}` };
  return fetch(input, { ...init, headers });
}

for (const audit of serverAudits({ url, fetchFn: token ? fetchSignedIn : fetch })) {
  const result = await audit.fn();
  const line = { id: result.id, name: result.name, status: result.status, reason: result.reason ?? null };
  if (result.status !== 'ok') {
    line.answer = `${result.response.status} ${result.response.headers.get('content-type')} ${await result.response.text()}`;
  }
  console.log(JSON.stringify(line));
}
