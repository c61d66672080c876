-- Reports whose result is a file.

-- The file that is a report's result. Its path is the ledger's: they cannot fall out of step.
create table reports.file (
  report_id bigint primary key references reports.report (id),
  lab_id bigint not null,
  object_id bigint not null references storage.object (id),
  letterhead text not null check (letterhead in ('add', 'own')),
  attached_at timestamptz not null,
  attached_by bigint
);
-- A file is the result of one report.
create unique index file_of_one_report on reports.file (object_id);
select platform.protect('reports.file');
create policy own_reach on reports.file as restrictive using (
  case when platform.current_organisation() is null and platform.current_doctor() is null then true
    else exists (select from reports.report where id = report_id) end);

alter table reports.report
  -- Kept here as well, for lists: what the ledger says of the file.
  add column file_check text check (file_check in ('waiting', 'passed', 'refused')),
  -- Its results are in the file of that report.
  add column done_with_id bigint references reports.report (id);
create index report_done_with on reports.report (done_with_id) where done_with_id is not null;
alter table reports.value_history drop constraint value_history_cause_check;
alter table reports.value_history
  alter column parameter_id drop not null,
  add constraint value_history_cause_check check (cause in ('edit', 'amend', 'rerun', 'calculated', 'reject', 'file', 'convert'));

create or replace view reports.pub_report with (security_invoker = true) as
  select id, lab_id, patient_id, accession_id, bill_id, bill_item_id, test_id, status, signed_at, is_file from reports.report;
