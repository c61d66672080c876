-- Genes, antibiotics and organisms, and what links them. A row whose lab_id is null is a system default: every lab sees it, none can change it.

create schema molecular;
grant usage on schema molecular to aliquot_app;

create table molecular.gene (
  id bigint generated always as identity primary key,
  lab_id bigint,
  version integer not null default 1,
  name text collate "und-x-icu" not null,
  code text not null default '',
  gene_type text not null default '',
  -- CT_MAX: detected at or below it (a cycle threshold); LOAD_MIN: detected at or above it (a load).
  cut_off double precision check (cut_off > 0),
  cut_off_kind text not null default 'CT_MAX' check (cut_off_kind in ('CT_MAX', 'LOAD_MIN')),
  cut_off_unit text not null default '',
  grey_low double precision,
  grey_high double precision,
  description text not null default '',
  cpt_code text not null default '',
  is_disabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table molecular.antibiotic (
  id bigint generated always as identity primary key,
  lab_id bigint,
  version integer not null default 1,
  name text collate "und-x-icu" not null,
  category text not null default '',
  -- The wider family that the columns of an antibiogram are grouped by, in the order of `sort`.
  class text not null default '',
  sort integer not null default 100000,
  -- Commonly an ATC code.
  code text not null default '',
  whonet_code text not null default '',
  method text not null default '',
  unit text not null default '',
  device_name text not null default '',
  dosage text not null default '',
  description text not null default '',
  cpt_code text not null default '',
  sample_type text not null default '',
  is_disabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table molecular.organism (
  id bigint generated always as identity primary key,
  lab_id bigint,
  version integer not null default 1,
  name text collate "und-x-icu" not null,
  category text not null default '',
  gram text not null default '',
  -- What an antibiogram counts it as: genus and species without subspecies, or a complex.
  species text not null,
  code text not null default '',
  whonet_code text not null default '',
  ncbi_taxid integer,
  cut_off double precision check (cut_off > 0),
  cut_off_kind text not null default 'CT_MAX' check (cut_off_kind in ('CT_MAX', 'LOAD_MIN')),
  cut_off_unit text not null default '',
  grey_low double precision,
  grey_high double precision,
  description text not null default '',
  cpt_code text not null default '',
  sample_type text not null default '',
  is_disabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Unique per lab, and among the defaults; a lab may have a row of a default's name, which then stands for it.
create unique index gene_name on molecular.gene (lab_id, lower(name)) nulls not distinct;
create unique index antibiotic_name on molecular.antibiotic (lab_id, lower(name)) nulls not distinct;
create unique index organism_name on molecular.organism (lab_id, lower(name)) nulls not distinct;

-- Defaults that a lab does not use.
create table molecular.default_off (
  lab_id bigint not null,
  kind text not null check (kind in ('gene', 'antibiotic', 'organism')),
  master_id bigint not null,
  at timestamptz not null,
  primary key (lab_id, kind, master_id)
);

-- A gene makes an antibiotic fail. What a lab says about a default pair goes before it; confers = false takes it away.
create table molecular.antibiotic_resistance (
  id bigint generated always as identity primary key,
  lab_id bigint,
  gene_id bigint not null references molecular.gene (id),
  antibiotic_id bigint not null references molecular.antibiotic (id),
  confers boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint antibiotic_resistance_pair unique nulls not distinct (lab_id, gene_id, antibiotic_id)
);
create index antibiotic_resistance_antibiotic on molecular.antibiotic_resistance (antibiotic_id);

-- An organism that an antibiotic never works on; overridden like resistance.
create table molecular.intrinsic_resistance (
  id bigint generated always as identity primary key,
  lab_id bigint,
  organism_id bigint not null references molecular.organism (id),
  antibiotic_id bigint not null references molecular.antibiotic (id),
  confers boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint intrinsic_resistance_pair unique nulls not distinct (lab_id, organism_id, antibiotic_id)
);
create index intrinsic_resistance_antibiotic on molecular.intrinsic_resistance (antibiotic_id);

-- The standard antibiogram of an organism: what is tested against it. cleared_at: taken away because the antibiotic or the organism was
-- disabled; it counts no more, and can be restored.
create table molecular.organism_antibiotic (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  organism_id bigint not null references molecular.organism (id),
  antibiotic_id bigint not null references molecular.antibiotic (id),
  cleared_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint organism_antibiotic_pair unique (lab_id, organism_id, antibiotic_id)
);
create index organism_antibiotic_antibiotic on molecular.organism_antibiotic (lab_id, antibiotic_id);

-- The columns of a molecular report's resistance table, in order; never deleted.
create table molecular.molecular_organism_antibiotic (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  organism_id bigint not null references molecular.organism (id),
  antibiotic_id bigint not null references molecular.antibiotic (id),
  is_active boolean not null default true,
  sequence smallint not null check (sequence > 0),
  -- As in organism_antibiotic.
  cleared_at timestamptz,
  created_by bigint,
  updated_by bigint,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint molecular_organism_antibiotic_pair unique (lab_id, organism_id, antibiotic_id)
);
create index molecular_organism_antibiotic_antibiotic on molecular.molecular_organism_antibiotic (lab_id, antibiotic_id);

-- What an instrument calls a target. Instruments belong to devices, which uses this module: their ids have no foreign key here.
create table molecular.device_gene (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  instrument_id bigint not null,
  code text not null,
  gene_id bigint not null references molecular.gene (id),
  created_at timestamptz not null default now(),
  created_by bigint,
  constraint device_gene_code unique (lab_id, instrument_id, code)
);
create index device_gene_gene on molecular.device_gene (lab_id, gene_id);
create table molecular.device_organism (
  id bigint generated always as identity primary key,
  lab_id bigint not null,
  instrument_id bigint not null,
  code text not null,
  organism_id bigint not null references molecular.organism (id),
  created_at timestamptz not null default now(),
  created_by bigint,
  constraint device_organism_code unique (lab_id, instrument_id, code)
);
create index device_organism_organism on molecular.device_organism (lab_id, organism_id);

select platform.protect(table_name) from unnest(array['molecular.gene', 'molecular.antibiotic', 'molecular.organism', 'molecular.default_off',
  'molecular.antibiotic_resistance', 'molecular.intrinsic_resistance', 'molecular.organism_antibiotic', 'molecular.molecular_organism_antibiotic',
  'molecular.device_gene', 'molecular.device_organism']::regclass[]) as table_name;
do $$ declare child text; begin
  foreach child in array array['gene', 'antibiotic', 'organism', 'antibiotic_resistance', 'intrinsic_resistance'] loop
    execute format('create policy system_default on molecular.%I for select using (lab_id is null)', child);
  end loop;
end $$;

-- Masters as the asking lab has them: its own and the defaults, with what it turned off.
create view molecular.lab_gene with (security_invoker = true) as
  select g.id, g.lab_id, g.lab_id is null as is_default, g.version, g.name, g.code, g.gene_type, g.cut_off, g.cut_off_kind, g.cut_off_unit, g.grey_low,
    g.grey_high, g.description, g.cpt_code, g.is_disabled or o.master_id is not null as is_disabled, g.created_at, g.updated_at
  from molecular.gene g left join molecular.default_off o on o.lab_id = platform.current_lab() and o.kind = 'gene' and o.master_id = g.id;
create view molecular.lab_antibiotic with (security_invoker = true) as
  select a.id, a.lab_id, a.lab_id is null as is_default, a.version, a.name, a.category, a.class, a.sort, a.code, a.whonet_code, a.method, a.unit,
    a.device_name, a.dosage, a.description, a.cpt_code, a.sample_type, a.is_disabled or o.master_id is not null as is_disabled, a.created_at, a.updated_at
  from molecular.antibiotic a left join molecular.default_off o on o.lab_id = platform.current_lab() and o.kind = 'antibiotic' and o.master_id = a.id;
create view molecular.lab_organism with (security_invoker = true) as
  select g.id, g.lab_id, g.lab_id is null as is_default, g.version, g.name, g.category, g.gram, g.species, g.code, g.whonet_code, g.ncbi_taxid, g.cut_off,
    g.cut_off_kind, g.cut_off_unit, g.grey_low, g.grey_high, g.description, g.cpt_code, g.sample_type,
    g.is_disabled or o.master_id is not null as is_disabled, g.created_at, g.updated_at
  from molecular.organism g left join molecular.default_off o on o.lab_id = platform.current_lab() and o.kind = 'organism' and o.master_id = g.id;

-- Pairs that hold for the asking lab: its own word, else the default's.
create view molecular.lab_resistance with (security_invoker = true) as
  select r.gene_id, r.antibiotic_id, r.lab_id is null as is_default, r.created_at
  from molecular.antibiotic_resistance r
  where r.confers and (r.lab_id is not null or not exists (select from molecular.antibiotic_resistance own
    where own.lab_id = platform.current_lab() and own.gene_id = r.gene_id and own.antibiotic_id = r.antibiotic_id));
create view molecular.lab_intrinsic_resistance with (security_invoker = true) as
  select r.organism_id, r.antibiotic_id, r.lab_id is null as is_default, r.created_at
  from molecular.intrinsic_resistance r
  where r.confers and (r.lab_id is not null or not exists (select from molecular.intrinsic_resistance own
    where own.lab_id = platform.current_lab() and own.organism_id = r.organism_id and own.antibiotic_id = r.antibiotic_id));
grant select on molecular.lab_gene, molecular.lab_antibiotic, molecular.lab_organism, molecular.lab_resistance, molecular.lab_intrinsic_resistance
  to aliquot_app;
