import { createContext, useContext } from 'react'
import { useStore } from '@/lib/store'
import type { ConnectionStatus, Live } from './live'

export const LiveContext = createContext<Live | null>(null)

export function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('useLive() outside of the app')
  return live
}

export function useConnectionStatus(): ConnectionStatus {
  return useStore(useLive().status)
}
