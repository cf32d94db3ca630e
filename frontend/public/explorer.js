// Starts the API explorer on this server's endpoint, as whoever is signed in here.
AltairGraphQL.init({
  endpointURL: new URL('/graphql', location.href).href,
  subscriptionsEndpoint: new URL('/graphql', location.href).href.replace(/^http/, 'ws'),
  initialSubscriptionRequestHandlerId: 'graphql-ws',
  initialHeaders: { 'X-Boucle-CSRF': '1' },
  initialQuery: '{\n  viewer {\n    name\n  }\n}\n',
  instanceStorageNamespace: 'boucle_explorer_',
  initialSettings: { theme: 'system', language: navigator.language.startsWith('fr') ? 'fr-FR' : 'en-US' },
  disableAccount: true,
})
