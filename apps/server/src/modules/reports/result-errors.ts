import { defineErrors } from '#platform/errors'

export const resultErrors = defineErrors('reports', {
  values_missing: { status: 422, says: 'Some results are still missing.' },
  critical_unacknowledged: { status: 409, says: 'A critical value has not been told to anybody yet. Record who was told, then go on.' },
  rank_too_low: { status: 403, says: 'Your rank does not allow you to sign reports.' },
  already_signed_by_you: { status: 409, says: 'You have signed this report already.' },
  file_report: { status: 409, says: 'The result of this report is a file. Give it another file, or make it a report of values first.' },
  sections_report: { status: 409, says: 'The results of this report are entered by organisms, genes and antibiotics, not as values of parameters.' },
  not_a_sections_report: { status: 409, says: 'The results of this report are not entered by organisms, genes and antibiotics.' },
  not_a_file_report: { status: 409, says: 'The result of this report is not a file. Make it a file report first.' },
  file_missing: { status: 409, says: 'The report has no file yet.' },
  file_unchecked: { status: 409, says: 'The file of this report is still being checked, or was refused. Wait for its check, or give it another file.' },
  file_refused: { status: 422, says: 'The file cannot be used: {because}' },
  too_large_to_print: { status: 409, says: 'These reports cannot be printed as one document: {because} Print fewer at once.' },
  file_is_signed: { status: 409, says: 'The PDF is digitally signed, and printing on it breaks its signature. Attach it unchanged, or accept that.' },
  already_of_that_kind: { status: 409, says: 'The report is of that kind already.' },
  no_parameters: { status: 409, says: 'This test has no parameters: its result can only be a file.' },
  radiology_guarded: { status: 403, says: 'Reports of radiology are made into files only by those whose role allows it (reports.convert_radiology).' },
  none_left_open: { status: 409, says: 'At least one report of the bill must stay open: mark the others first, then give this one its file.' },
  patients_differ: { status: 422, says: 'Reports of different patients are not merged into one document.' },
})
