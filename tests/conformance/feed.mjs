// A follower of the feed that may be killed at any moment: node feed.mjs SOCKET_URL TOKEN LEDGER [PAUSE_AFTER]
// Appends "cursor event" to LEDGER for each event and goes on after its last line, whatever ended the socket.
// PAUSE_AFTER: stop reading from the network after so many messages, until a line comes on stdin.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const FEED = `subscription ($after: Cursor) { feed(after: $after) {
  __typename cursor ... on TicketChanged { event { id text } } ... on CaughtUp { replayed } } }`;
const RETRY_MS = 50;
const NO_WAY_BACK = new Set([4400, 4401, 4403, 4406, 4409, 4429]);

const [url, token, ledger, pauseAfter = '0'] = process.argv.slice(2);
let untilPause = Number(pauseAfter);

function tell(news) {
  process.stdout.write(`${JSON.stringify(news)}\n`);
}

function lastCursor() {
  const text = existsSync(ledger) ? readFileSync(ledger, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) writeFileSync(ledger, whole);
  return whole.trimEnd().split('\n').at(-1).split(' ')[0] || null;
}

function take(message, socket) {
  if (message.__typename === 'TicketChanged') {
    appendFileSync(ledger, `${message.cursor} ${message.event.id}\n`);
  } else {
    tell(message);
    if (message.__typename !== 'CaughtUp') process.exit(2);
  }
  untilPause -= 1;
  if (untilPause === 0) pause(socket);
}

function pause(socket) {
  socket._socket.pause();
  tell({ paused: true });
  process.stdin.once('data', () => socket._socket.resume());
}

function follow(after) {
  return new Promise((resolve) => {
    let socket;
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: () => {},
      on: {
        opened: (opened) => (socket = opened),
        closed: (event) => resolve({ closed: event.code, reason: event.reason }),
        error: () => resolve({ closed: null, reason: 'unreachable' }),
      },
    });
    client.subscribe({ query: FEED, variables: { after } }, {
      next: ({ data, errors }) => (errors ? resolve({ errors }) : take(data.feed, socket)),
      error: (error) => Array.isArray(error) && resolve({ errors: error }),
      complete: () => resolve({ complete: true }),
    });
  });
}

for (;;) {
  const end = await follow(lastCursor());
  tell(end);
  if (!('closed' in end) || NO_WAY_BACK.has(end.closed)) process.exit(3);
  await sleep(RETRY_MS);
}
