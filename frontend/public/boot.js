// Before the product stands: when its files do not come, says so, and tries again until they do.
{
  let isWaiting = false
  const root = () => document.getElementById('root')
  const stands = () => root()?.firstElementChild && root().firstElementChild.id !== 'boot'

  function speaksFrench() {
    let chosen = null
    try {
      chosen = localStorage.getItem('boucle.locale')
    } catch {
      // Storage is closed to us: the browser's language.
    }
    return (chosen ?? navigator.language).toLowerCase().startsWith('fr')
  }

  function say() {
    const [title, text] = ['h1', 'p'].map((tag) => document.createElement(tag))
    title.textContent = speaksFrench() ? 'Serveur injoignable' : 'Server unreachable'
    title.style.cssText = 'margin:0 0 8px;font-size:14px'
    text.textContent = speaksFrench() ? 'Boucle réessaie d’elle-même.' : 'Boucle keeps trying by itself.'
    text.style.margin = '0'
    const state = document.createElement('main')
    state.id = 'boot'
    state.setAttribute('role', 'alert')
    state.style.cssText = 'display:grid;place-content:center;height:100vh;padding:24px;text-align:center;font:14px/20px system-ui,sans-serif'
    state.append(title, text)
    root()?.replaceChildren(state)
  }

  async function reloadOnceThere() {
    if (stands()) return
    const isThere = await fetch('/healthz', { cache: 'no-store' }).then(({ ok }) => ok, () => false)
    if (!isThere) setTimeout(reloadOnceThere, 2_000)
    else if (!stands()) location.reload()
  }

  function wait() {
    if (isWaiting || stands()) return
    isWaiting = true
    // The page itself may still be on its way.
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', say)
    else say()
    setTimeout(reloadOnceThere, 2_000)
  }

  // What the page names, and what the product asks for as it starts: its words.
  addEventListener('error', ({ target }) => (target instanceof HTMLScriptElement || target?.rel === 'stylesheet') && wait(), true)
  addEventListener('vite:preloadError', wait)
}
