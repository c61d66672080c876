import { Title } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, type ComponentProps, type ReactNode } from 'react'
import classes from './page.module.css'

interface PageProps extends Pick<ComponentProps<'div'>, 'onDragOver' | 'onDrop'> {
  /** `fill`: the page is as high as the window and its table scrolls. `narrow`: a form or text, centred. */
  layout?: 'flow' | 'fill' | 'narrow'
  children: ReactNode
}

export function Page({ layout = 'flow', children, ...handlers }: PageProps) {
  const extra = layout === 'fill' ? classes.fill : layout === 'narrow' ? classes.narrow : ''
  return <div className={`${classes.page} ${extra}`} {...handlers}>{children}</div>
}

interface PageHeaderProps {
  title: string
  /** Beside the title: a status, a count. */
  mark?: ReactNode
  subtitle?: ReactNode
  back?: { to: string; label: string }
  actions?: ReactNode
}

/** The page's only h1; it names the browser tab as well. */
export function PageHeader({ title, mark, subtitle, back, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Aliquot`
  }, [title])
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        {back && (
          <Link to={back.to} className={classes.back}>
            <IconChevronLeft size={14} aria-hidden /> {back.label}
          </Link>
        )}
        <div className={classes.title}>
          <Title order={1}>{title}</Title>
          {mark}
        </div>
        {subtitle && <div className={classes.subtitle}>{subtitle}</div>}
      </div>
      {actions && <div className={classes.actions} data-no-print>{actions}</div>}
    </header>
  )
}
