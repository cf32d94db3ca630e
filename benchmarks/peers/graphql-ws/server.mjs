// graphql-ws and graphql-js over tickets in memory, as their documentation has it: PORT=… node server.mjs
// POST a list of messages to publish them; the answer is when that began, by the system's monotonic clock.
import { createServer } from "node:http";

import { buildSchema } from "graphql";
import { PubSub, withFilter } from "graphql-subscriptions";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";

const FEED = "feed";
const schema = buildSchema(`
  type Query { ready: Boolean }
  type Subscription { feed(filter: TicketFilter): FeedMessage! }
  input TicketFilter { teamIds: [ID!], priorities: [String!], segments: [String!], minimumScore: Int, text: String }
  interface FeedMessage { cursor: String! }
  type TicketChanged implements FeedMessage { cursor: String! ticket: Ticket! event: Event! }
  type Ticket { id: ID! key: String! subject: String! priority: String! currentSegment: String score: Int
    status: Status! team: Team assignee: User contact: Contact lastEvents(first: Int!): [Event!]! }
  type Status { id: ID! key: String! }
  type Team { id: ID! name: String! }
  type User { id: ID! name: String! }
  type Contact { id: ID! firstName: String lastName: String }
  type Event { id: ID! kind: String! at: String! text: String actor: User }
`);

const pubsub = new PubSub();
pubsub.ee.setMaxListeners(0);

function sees(viewer, ticket) {
  if (viewer.seesAll || ticket.assignee?.id === viewer.id || viewer.teamIds.includes(ticket.team?.id)) return true;
  return ticket.team === null && ticket.assignee === null;
}

function fits(filter, ticket) {
  const { teamIds, priorities, segments, minimumScore, text } = filter;
  return (
    (!teamIds || teamIds.includes(ticket.team?.id)) &&
    (!priorities || priorities.includes(ticket.priority)) &&
    (!segments || segments.includes(ticket.currentSegment)) &&
    (minimumScore === undefined || ticket.score >= minimumScore) &&
    (!text || ticket.subject.toLowerCase().includes(text))
  );
}

const every = () => pubsub.asyncIterableIterator(FEED);
const some = withFilter(
  every,
  ({ feed: { ticket } }, { filter }, { viewer }) => sees(viewer, ticket) && fits(filter ?? {}, ticket),
);
schema.getType("FeedMessage").resolveType = () => "TicketChanged";
schema.getSubscriptionType().getFields().feed.subscribe = (root, args, context, info) =>
  args.filter || !context.viewer.seesAll ? some(root, args, context, info) : every();
schema.getType("Ticket").getFields().lastEvents.resolve = (ticket, { first }) => ticket.lastEvents.slice(0, first);

const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const messages = JSON.parse(Buffer.concat(parts));
    const at = process.hrtime.bigint();
    for (const feed of messages) pubsub.publish(FEED, { feed });
    response.end(JSON.stringify({ at: Number(at) }));
  });
});
const sockets = new WebSocketServer({ server, path: "/graphql" });
useServer({ schema, context: ({ connectionParams }) => ({ viewer: connectionParams.viewer }) }, sockets);
server.listen(Number(process.env.PORT), "127.0.0.1");
