import { defineErrors } from '#platform/errors'

export const molecularErrors = defineErrors('molecular', {
  system_default: { status: 409, says: 'This is a system default: its details are the same for every lab. Copy it to change them; its mappings can be changed here.' },
  own_already: { status: 409, says: 'This belongs to the lab already. Change it as it is.' },
  disabled: { status: 409, says: 'This is disabled. Enable it first, then restore its mappings.' },
  no_panel: { status: 409, says: 'This test has no panel yet. Say first which organisms, genes and antibiotics it examines.' },
  undecided: { status: 422, says: 'Some targets or controls are not decided yet.' },
  code_taken: { status: 409, says: 'The instrument uses some of these codes for another kind of target. Remove those mappings first.' },
})
