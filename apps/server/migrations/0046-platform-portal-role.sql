-- Staff see their whole lab, portal users a part of it. Each works as a role of its own, so that the policies which narrow a portal user's sight cost
-- staff nothing: they need not even be planned. Where the user may not create roles, an administrator does (docs/operations.md).
do $$ begin
  if not exists (select from pg_roles where rolname = 'aliquot_portal') then create role aliquot_portal nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not pg_has_role('aliquot_portal', 'aliquot_app', 'usage') then grant aliquot_app to aliquot_portal; end if;
  if not pg_has_role(current_user, 'aliquot_portal', 'set') then execute format('grant aliquot_portal to %I', current_user); end if;
end $$;

do $$ declare narrow record; begin
  for narrow in select schemaname, tablename, policyname from pg_policies where permissive = 'RESTRICTIVE' loop
    execute format('alter policy %I on %I.%I to aliquot_portal', narrow.policyname, narrow.schemaname, narrow.tablename);
  end loop;
end $$;
