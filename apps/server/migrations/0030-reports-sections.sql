-- Reports that another module fills with sections.
alter table reports.report add column by_sections boolean not null default false;

-- What is printed and shown, as it was handed over. `facts` says the same in pairs of name and text, for history and amendments.
create table reports.sections (
  report_id bigint primary key references reports.report (id),
  lab_id bigint not null,
  sections jsonb not null,
  facts jsonb not null,
  entered_at timestamptz not null,
  entered_by bigint
);
select platform.protect('reports.sections');
create policy own_reach on reports.sections as restrictive using (
  case when platform.current_organisation() is null and platform.current_doctor() is null then true
    else exists (select from reports.report where id = report_id) end);

-- A report of sections for the module that fills it; `filled` only while it holds results.
create view reports.pub_section_report with (security_invoker = true) as
  select r.id, r.lab_id, r.number, r.patient_id, r.test_id, r.test_version_id, r.status, r.version, r.amendment, r.is_file, r.ordered_at,
    coalesce(r.collected_at, r.received_at, r.ordered_at) as collected_at, s.number as specimen_number, s.type as specimen_type, o.name as ward,
    r.signed_at, exists (select from reports.sections c where c.report_id = r.id) and not r.is_file as filled
  from reports.report r left join reports.specimen s on s.id = r.specimen_id
    left join labs.pub_organisation o on o.id = r.organisation_id where r.by_sections;
grant select on reports.pub_section_report to aliquot_app;
