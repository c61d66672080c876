-- What a test examines: the targets, controls and antibiotics of its panel, in order.
create table molecular.panel (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  test_id bigint not null references catalog.test (id),
  version integer not null default 1,
  kind text not null check (kind in ('pcr', 'culture')),
  method text not null default '',
  limitations text not null default '',
  -- Labels under which a load is shown, ascending: [{"from": 10000, "label": "10,000–49,999"}].
  bins jsonb not null default '[]',
  load_unit text not null default '',
  updated_at timestamptz not null,
  updated_by bigint,
  constraint panel_of_test unique (lab_id, test_id)
);
create table molecular.panel_item (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  panel_id bigint not null references molecular.panel (id) on delete cascade,
  kind text not null check (kind in ('organism', 'gene', 'antibiotic', 'control')),
  sequence smallint not null,
  organism_id bigint references molecular.organism (id),
  gene_id bigint references molecular.gene (id),
  antibiotic_id bigint references molecular.antibiotic (id),
  -- Of a control: its name, what it guards, and in cut_off the Ct that a valid one has at most.
  name text not null default '',
  role text check (role in ('internal', 'positive', 'negative')),
  -- Of a target: what this assay judges it by, in place of what its master says; null: as the master says.
  cut_off double precision,
  cut_off_kind text check (cut_off_kind in ('CT_MAX', 'LOAD_MIN')),
  unit text,
  grey_low double precision,
  grey_high double precision,
  -- Of an organism that several targets tell: their names; all must be detected.
  parts text[] not null default '{}',
  -- Of a gene: the only organisms that can carry it; none: any that has one of its antibiotics.
  organism_ids bigint[] not null default '{}',
  constraint panel_item_is_one check (num_nonnulls(organism_id, gene_id, antibiotic_id, role) = 1)
);
create index panel_item_panel on molecular.panel_item (panel_id, sequence);

-- The work on one report. `plan` is the panel and the masters as they were when it began: later changes of either judge it no differently.
create table molecular.entry (
  report_id bigint primary key references reports.report (id),
  lab_id bigint not null,
  panel_id bigint not null,
  panel_version integer not null,
  plan jsonb not null,
  -- Name of a control → what was read of it.
  controls jsonb not null default '{}',
  growth text not null default '' check (growth in ('', 'growth', 'no_growth')),
  surveillance boolean not null default false,
  updated_at timestamptz not null,
  updated_by bigint
);

-- An organism or gene of a report: what was read, by what it was judged, and what is reported.
create table molecular.target_result (
  report_id bigint not null references molecular.entry (report_id),
  lab_id bigint not null,
  -- g12, o7, and o7.2 for a second isolate of the organism.
  target text not null,
  kind text not null check (kind in ('organism', 'gene')),
  organism_id bigint references molecular.organism (id),
  gene_id bigint references molecular.gene (id),
  number smallint not null default 1,
  sequence smallint not null,
  name text not null,
  code text not null,
  cut_off double precision,
  cut_off_kind text not null,
  unit text not null,
  grey_low double precision,
  grey_high double precision,
  -- One reading for each target of the organism, null where none was entered.
  readings jsonb not null,
  number_value double precision,
  comparator text,
  amount text not null default '',
  auto text check (auto in ('DETECTED', 'INDETERMINATE', 'NOT_DETECTED', 'INVALID')),
  because text not null,
  -- Said by a person in place of the automatic result.
  picked text check (picked in ('DETECTED', 'INDETERMINATE', 'NOT_DETECTED', 'INVALID')),
  picked_by bigint,
  picked_by_name text,
  picked_at timestamptz,
  picked_reason text,
  result text check (result in ('DETECTED', 'INDETERMINATE', 'NOT_DETECTED', 'INVALID')),
  interpretation text not null default '',
  primary key (report_id, target)
);
create index target_result_organism on molecular.target_result (lab_id, organism_id) where result = 'DETECTED';

-- A cell of a report's antimicrobiogram, with the antibiotic as it was then.
create table molecular.resistance_result (
  report_id bigint not null references molecular.entry (report_id),
  lab_id bigint not null,
  target text not null,
  organism_id bigint not null references molecular.organism (id),
  antibiotic_id bigint not null references molecular.antibiotic (id),
  sequence smallint not null,
  name text not null,
  code text not null,
  category text not null,
  state text not null check (state in ('INTRINSIC_R', 'PREDICTED_R', 'PHENOTYPE', 'NO_MARKER', 'NOT_TESTED')),
  genes text[] not null,
  value text check (value in ('S', 'I', 'R', 'SDD', 'NS')),
  method text not null default '',
  -- MIC or zone as read.
  measured text not null default '',
  conflict boolean not null,
  primary key (report_id, target, antibiotic_id)
);

select platform.protect(table_name) from unnest(array['molecular.panel', 'molecular.panel_item', 'molecular.entry', 'molecular.target_result',
  'molecular.resistance_result']::regclass[]) as table_name;
