// A socket that says exactly what it is told: node raw.mjs SOCKET_URL STEPS [OPTIONS]
// Steps: {send}, {text}, {binary}, {until: message type}. Prints what was received and how it ended, as JSON.
import WebSocket from 'ws';

const [url, steps, options = '{}'] = process.argv.slice(2);
const { protocols = ['graphql-transport-ws'], headers = {} } = JSON.parse(options);
const received = [];
let wake = () => {};

const socket = new WebSocket(url, protocols, { headers });
socket.on('message', (data) => {
  received.push(JSON.parse(data));
  wake();
});
socket.on('unexpected-response', (_, response) => finish({ status: response.statusCode }));
socket.on('error', (error) => finish({ error: error.message }));
socket.on('close', (code, reason) => finish({ code, reason: reason.toString() }));
socket.on('open', async () => {
  for (const step of JSON.parse(steps)) {
    if ('send' in step) socket.send(JSON.stringify(step.send));
    else if ('text' in step) socket.send(step.text);
    else if ('binary' in step) socket.send(Buffer.from(step.binary));
    else while (!received.some(({ type }) => type === step.until)) await new Promise((resolve) => (wake = resolve));
  }
});

function finish(end) {
  console.log(JSON.stringify({ received, ...end }));
  process.exit(0);
}
