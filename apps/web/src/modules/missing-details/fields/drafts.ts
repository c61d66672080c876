import type { MissingDetailsConfig, MissingDetailsConfigInput, MissingDetailsTemplate } from '@aliquot/contracts'

/** A field as the page holds it. */
export interface Draft {
  watched: boolean
  value: string
  blocks: boolean
}

export const draftOf = (config: MissingDetailsConfig | undefined): Draft =>
  ({ watched: config !== undefined && !config.isDisabled, value: config?.fieldValue ?? '', blocks: config?.blocksRelease ?? false })

/** The changed fields as the server takes them, in the order of `changed`. */
export function changedInputs(
  changed: readonly MissingDetailsTemplate[], drafts: ReadonlyMap<number, Draft>,
  configOf: (template: MissingDetailsTemplate) => MissingDetailsConfig | undefined,
): MissingDetailsConfigInput[] {
  return changed.map((template) => {
    const config = configOf(template)
    const { watched, value, blocks } = drafts.get(template.id) ?? draftOf(config)
    return {
      fieldModule: template.fieldModule, fieldName: template.fieldName, isDisabled: !watched, blocksRelease: blocks,
      ...(value.trim() ? { fieldValue: value.trim() } : {}), ...(config ? { version: config.version } : {}),
    }
  })
}
