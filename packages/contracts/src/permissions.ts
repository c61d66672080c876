import { oneOf } from './schema.ts'

/** Every permission with the sentence that staff screens show. */
export const permissions = {
  'platform.search': 'Search patients, reports, bills and staff',
  'platform.view_activity': 'See the activity log',

  'labs.manage_settings': 'Change the lab\'s name, address and settings',
  'labs.view_staff': 'See accounts and roles',
  'labs.manage_staff': 'Create, change, invite and disable accounts',
  'labs.manage_roles': 'Create roles and change their permissions',
  'labs.manage_api_keys': 'Issue and withdraw API keys',
  'labs.view_directory': 'See organisations, doctors, departments, outsource labs and insurance groups',
  'labs.manage_directory': 'Create and change organisations, doctors, outsource labs and insurance groups',
  'labs.manage_departments': 'Create and change departments',
  'labs.manage_domains': 'Group organisations into domains',

  'catalog.view': 'See tests, panels and prices',
  'catalog.edit': 'Draft and change test definitions and panels',
  'catalog.activate': 'Activate and retire tests',
  'catalog.change_prices': 'Change prices',

  'patients.view': 'See patients',
  'patients.register': 'Register new patients',
  'patients.update': 'Change the details of patients',
  'patients.update_identity': 'Change name, sex, birth date or national id after a report was signed',
  'patients.manage_files': 'Add and remove id proofs and attachments',
  'patients.merge': 'Merge two records of the same patient',
  'patients.limit_tests': 'Choose which tests a patient may have',

  'missing_details.view': 'See which details of patients and bills are missing',
  'missing_details.resolve': 'Confirm missing details by hand',
  'missing_details.configure': 'Choose which fields may hold a placeholder',

  'storage.upload': 'Upload files',
  'storage.download': 'Open stored files',
  'storage.manage': 'See the ledger of stored files, and clean it up',

  'billing.view': 'See bills',
  'billing.create': 'Bill tests',
  'billing.update': 'Change bills',
  'billing.change_prices': 'Bill at another price than the price list\'s',
  'billing.give_discounts': 'Give discounts',
  'billing.take_payments': 'Take payments',
  'billing.refund': 'Pay money back',
  'billing.cancel': 'Cancel bills',
  'billing.manage_claims': 'Charge bills to insurance, send claims and record what was answered and paid',

  'reports.view': 'See reports and the worklist',
  'reports.collect': 'Collect specimens and print their labels',
  'reports.receive': 'Receive specimens in the lab',
  'reports.reject': 'Reject specimens and ask for a redraw',
  'reports.enter': 'Enter results',
  'reports.complete': 'Mark results as complete',
  'reports.acknowledge': 'Record who was told about critical values',
  'reports.verify': 'Verify results',
  'reports.sign': 'Sign reports',
  'reports.unsign': 'Take signatures back',
  'reports.amend': 'Amend signed reports',
  'reports.rerun': 'Ask for a rerun',
  'reports.cancel': 'Cancel ordered tests',
  'reports.convert': 'Make a report one of a file or one of values',
  'reports.convert_radiology': 'Give radiology reports files, and convert them',
  'reports.print': 'Preview and print signed reports',
  'reports.print_unsigned': 'Preview and print reports before they are signed',

  'molecular.view': 'See genes, organisms and antibiotics',
  'molecular.manage': 'Change genes, organisms, antibiotics and what links them',
  'molecular.isolates': 'See the isolates behind an antibiogram, with their patients, and export them',
  'molecular.import': 'Import isolates and rebuild them from reports',

  'devices.view': 'See instruments, their messages and controls',
  'devices.manage': 'Set up instruments, profiles, mappings and controls, and read messages again',
  'devices.release': 'Release, match and dismiss results of instruments',
  'devices.send': 'Hand results of instruments over (for integrations)',

  'integrations.view': 'See integrations and what was said between us',
  'integrations.manage': 'Connect, change and switch off integrations',
  'integrations.replay': 'Send events again',

  'communications.view': 'See messages that were sent, and what they said',
  'communications.send': 'Send messages by hand, and failed ones again',
  'communications.consent': 'Record by which ways a patient may be reached',
  'communications.manage': 'Set up triggers, templates, providers and rules of messages',

  'imaging.view': 'See dental images',
  'imaging.manage': 'Set up dental clinics, their keys and cards, and decide about images that were set aside',
  'imaging.upload': 'Send dental images (for a clinic\'s agent)',
} as const satisfies Record<`${string}.${string}`, string>

export type Permission = keyof typeof permissions
export const PermissionName = oneOf(Object.keys(permissions) as Permission[])

const deskWork = [
  'platform.search', 'labs.view_directory', 'catalog.view', 'patients.view', 'patients.register', 'patients.update', 'patients.manage_files',
  'missing_details.view', 'missing_details.resolve',
  'storage.upload', 'storage.download', 'billing.view', 'reports.view', 'reports.print', 'imaging.view',
  'communications.view', 'communications.send', 'communications.consent',
] as const satisfies readonly Permission[]

const benchWork = [
  'platform.search', 'labs.view_directory', 'catalog.view', 'patients.view', 'storage.upload', 'storage.download', 'billing.view',
  'reports.view', 'reports.collect', 'reports.receive', 'reports.reject', 'reports.enter', 'reports.complete', 'reports.acknowledge',
  'reports.rerun', 'reports.print', 'reports.print_unsigned', 'reports.convert', 'devices.view', 'devices.release', 'missing_details.view',
  'molecular.view', 'molecular.isolates', 'imaging.view',
] as const satisfies readonly Permission[]

/** The roles that a new lab starts with; it may change them. Portal roles see only rows of their own doctor or organisation. */
export const defaultRoles = {
  receptionist: {
    name: 'Receptionist',
    permissions: [...deskWork, 'billing.create', 'billing.update', 'billing.take_payments', 'reports.collect'],
  },
  phlebotomist: {
    name: 'Phlebotomist',
    permissions: ['platform.search', 'catalog.view', 'patients.view', 'reports.view', 'reports.collect', 'reports.reject', 'missing_details.view'],
  },
  technician: { name: 'Technician', permissions: benchWork },
  pathologist: {
    name: 'Pathologist',
    permissions: [
      ...benchWork, 'platform.view_activity', 'catalog.edit', 'catalog.activate',
      'reports.verify', 'reports.sign', 'reports.unsign', 'reports.amend', 'reports.cancel', 'reports.convert_radiology', 'devices.manage',
      'molecular.manage', 'molecular.import', 'imaging.manage',
    ],
  },
  lab_admin: { name: 'Lab administrator', permissions: Object.keys(permissions) as Permission[] },
  billing: {
    name: 'Billing',
    permissions: [
      ...deskWork, 'billing.create', 'billing.update', 'billing.change_prices', 'billing.give_discounts', 'billing.take_payments',
      'billing.refund', 'billing.cancel', 'billing.manage_claims', 'catalog.change_prices',
    ],
  },
  doctor_portal: { name: 'Doctor portal', permissions: ['patients.view', 'reports.view', 'reports.print', 'missing_details.view', 'missing_details.resolve'] },
  organisation_portal: {
    name: 'Organisation portal',
    permissions: ['patients.view', 'billing.view', 'reports.view', 'reports.print', 'missing_details.view', 'missing_details.resolve'],
  },
} as const satisfies Record<string, { name: string, permissions: readonly Permission[] }>

export type DefaultRole = keyof typeof defaultRoles
