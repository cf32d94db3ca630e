import { useState } from 'react'
import { useLocale, useStrings } from '@/app/i18n/use-strings'
import { useWorkspace } from '@/app/workspace'
import { Segmented } from '@/ui/Segmented'
import type { Draft, DraftQuestion, Language } from './definition-editor'
import { PAGE_WORDS, pageBlocks, scaleOf } from './respondent-words'
import styles from './RespondentPreview.module.css'

/** The page as the respondent sees it, in either language, moving with every letter typed. */
export function RespondentPreview({ draft }: { draft: Draft }) {
  const t = useStrings()
  const locale = useLocale()
  const { organisation } = useWorkspace()
  const [language, setLanguage] = useState<Language>(locale)
  const [page, setPage] = useState<'survey' | 'thanks' | 'soon'>('survey')
  return (
    <div className={styles.frame}>
      <div className={styles.tools}>
        <Segmented
          label={t('surveys.preview.page')}
          value={page}
          onChange={setPage}
          options={[
            { id: 'survey', text: t('surveys.preview.survey') },
            { id: 'thanks', text: t('surveys.preview.thanks') },
            { id: 'soon', text: t('surveys.preview.soon') },
          ]}
        />
        <Segmented
          label={t('edit.language')}
          value={language}
          onChange={setLanguage}
          options={[
            { id: 'fr', text: t('app.language.fr') },
            { id: 'en', text: t('app.language.en') },
          ]}
        />
      </div>
      <div className={styles.screen} lang={language}>
        <p className={styles.brand}>{organisation.name}</p>
        {page === 'survey' ? <SurveyCard draft={draft} language={language} /> : <ThanksCard draft={draft} language={language} isSoon={page === 'soon'} />}
      </div>
    </div>
  )
}

interface CardProps {
  draft: Draft
  language: Language
}

function SurveyCard({ draft, language }: CardProps) {
  return (
    <div className={styles.card}>
      <p className={styles.title}>{draft.title[language]}</p>
      {draft.introduction[language] && <p className={styles.lead}>{draft.introduction[language]}</p>}
      {pageBlocks(draft.questions).map((block) => (
        <Block key={block[0]?.id} block={block} language={language} />
      ))}
      <span className={styles.send}>{PAGE_WORDS.send[language]}</span>
    </div>
  )
}

function ThanksCard({ draft, language, isSoon }: CardProps & { isSoon: boolean }) {
  return (
    <div className={styles.card} data-thanks>
      <p className={styles.title}>{PAGE_WORDS[isSoon ? 'soonHeading' : 'thanksHeading'][language]}</p>
      <p className={styles.lead}>{draft.thanks[language]}</p>
    </div>
  )
}

function Block({ block, language }: { block: DraftQuestion[]; language: Language }) {
  const [first] = block
  if (!first) return null
  if (first.contactField) return <ContactBlock block={block} language={language} />
  return (
    <div className={styles.block}>
      <p className={styles.label}>
        {first.text[language]}
        {!first.required && <span className={styles.optional}> ({PAGE_WORDS.optional[language]})</span>}
      </p>
      <Answer question={first} language={language} />
    </div>
  )
}

function Answer({ question, language }: { question: DraftQuestion; language: Language }) {
  const scale = scaleOf(question)
  if (scale)
    return (
      <>
        <div className={styles.scale} style={{ gridTemplateColumns: `repeat(${scale.marks.length}, 1fr)` }}>
          {scale.marks.map((mark) => (
            <span key={mark} className={styles.mark}>
              {mark}
            </span>
          ))}
        </div>
        <div className={styles.ends}>
          <span>
            {scale.marks[0]} – {scale.ends[0][language]}
          </span>
          <span>
            {scale.marks.at(-1)} – {scale.ends[1][language]}
          </span>
        </div>
      </>
    )
  if (question.kind === 'CHOICE')
    return (
      <>
        <p className={styles.note}>{PAGE_WORDS[question.multiple ? 'chooseMany' : 'chooseOne'][language]}</p>
        <div className={styles.options}>
          {question.choices.map((choice) => (
            <span key={choice.key} className={styles.option} data-multiple={question.multiple || undefined}>
              {choice.text[language]}
            </span>
          ))}
        </div>
      </>
    )
  return <span className={styles.field} data-multiline={question.multiline || undefined} />
}

function ContactBlock({ block, language }: { block: DraftQuestion[]; language: Language }) {
  const isAllOptional = !block.some(({ required }) => required)
  return (
    <div className={styles.block} data-contact>
      <p className={styles.label}>{PAGE_WORDS.contactHeading[language]}</p>
      {isAllOptional && <p className={styles.note}>{PAGE_WORDS.contactNote[language]}</p>}
      <div className={styles.grid}>
        {block.map((question) => (
          <div key={question.id}>
            <p className={styles.small}>
              {question.text[language]}
              {!isAllOptional && !question.required && <span className={styles.optional}> ({PAGE_WORDS.optional[language]})</span>}
            </p>
            <span className={styles.field} />
          </div>
        ))}
      </div>
    </div>
  )
}
