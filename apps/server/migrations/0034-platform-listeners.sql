-- Which recorded actions a lab's own settings wait for: a webhook, a message. A lab that listens to nothing pays nothing.
create table platform.listener (
  lab_id bigint not null,
  action text not null,
  job text not null,
  primary key (lab_id, action, job)
);
select platform.protect('platform.listener');

-- As before, and each record also queues the jobs that listen to it in this lab.
create or replace function platform.flush(lab bigint, clock timestamptz, actor jsonb, records jsonb, jobs jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, platform as $$
declare
  heard graphile_worker.job_spec[];
begin
  if lab is distinct from platform.current_lab() then raise exception 'effects of lab % in a transaction of lab %', lab, platform.current_lab(); end if;
  with logged as (
    insert into platform.activity (lab_id, at, actor_kind, actor_id, actor_name, action, category, subject_type, subject_id, patient_id, message, detail, request_id)
    select lab, clock, actor->>'kind', (actor->>'id')::bigint, actor->>'name', r.action, r.category, r.subject_type, r.subject_id, r.patient_id, r.message,
           coalesce(r.detail, '{}'), actor->>'requestId'
    from jsonb_to_recordset(records) as r(action text, category integer, subject_type text, subject_id bigint, patient_id bigint, message text, detail jsonb)
    returning id, action, subject_type, subject_id)
  select array_agg(row(l.job, json_build_object('labId', lab, 'activityId', a.id, 'action', a.action, 'subjectType', a.subject_type, 'subjectId', a.subject_id),
    null, null, 25, null, null, null)::graphile_worker.job_spec order by a.id) into heard
  from logged a join platform.listener l on l.lab_id = lab and l.action = a.action;
  if heard is not null then perform graphile_worker.add_jobs(heard); end if;
  if jsonb_array_length(jobs) > 0 then
    perform graphile_worker.add_jobs(array(
      select row(j.identifier, j.payload, j.queue_name, j.run_at, j.max_attempts, j.job_key, null, null)::graphile_worker.job_spec
      from jsonb_to_recordset(jobs) as j(identifier text, payload json, queue_name text, run_at timestamptz, max_attempts smallint, job_key text)));
  end if;
end $$;

-- Where the log of this lab stands: a new listener hears of what comes after.
create function platform.latest_activity() returns bigint language sql stable set search_path = pg_catalog, platform
  return coalesce((select max(id) from platform.activity where lab_id = platform.current_lab()), 0);
grant execute on function platform.latest_activity to aliquot_app;
