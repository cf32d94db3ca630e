import '@fontsource-variable/inter/index.css'
import './styles/tokens.css'
import './styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { activateLocale } from './app/i18n/i18n'
import { preferredLocale } from './app/i18n/preference'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

void activateLocale(preferredLocale()).then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
)
