-- Search by words first: a whole number or name costs the same in ten thousand documents and in a million. Trigrams only where words find too little.

-- The words of a folded text, as a set. Longer ones are nobody's search term, and an index refuses them.
create function platform.words(body text) returns tsvector language sql immutable parallel safe
  return array_to_tsvector(array(select word from unnest(string_to_array(body, ' ')) word where word <> '' and length(word) <= 200));
create index search_document_words on platform.search_document using gin (lab_id, kind, platform.words(body));

-- Every word of the text, whole or (with ':*') as a beginning. Quotes and backslashes are taken out: they belong to the syntax of tsquery.
create function platform.all_words(folded text, ending text) returns tsquery language sql immutable parallel safe
  return (select string_agg('''' || word || '''' || ending, ' & ')::tsquery
    from unnest(string_to_array(translate(folded, '''\', '  '), ' ')) word where word <> '' and length(word) <= 200);

create or replace function platform.search(query text, kinds text[], most integer) returns setof platform.search_document
  language plpgsql stable security definer set search_path = pg_catalog, public, platform
  -- Two swapped letters in a word of eight leave five of thirteen trigrams.
  set pg_trgm.word_similarity_threshold = 0.35 as $$
#variable_conflict use_column
declare
  q constant text := btrim(platform.fold(query));
  lab constant bigint := platform.current_lab();
  organisation constant bigint := platform.current_organisation();
  doctor constant bigint := platform.current_doctor();
  whole constant tsquery := platform.all_words(q, '');
  begun constant tsquery := platform.all_words(q, ':*');
  -- What is called so comes before what has it somewhere, the newest first among equals.
  begins constant text := replace(replace(replace(q, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  inside constant text := '%' || begins;
  hits platform.search_document[] := '{}';
  more platform.search_document[];
begin
  if q = '' or lab is null then return; end if;
  if whole is not null then
    select coalesce(array_agg(d order by lower(d.title) like begins desc, d.at desc), '{}') into hits from (
      select * from platform.search_document d where d.lab_id = lab and d.kind = any (kinds) and platform.words(d.body) @@ whole
        and (organisation is null or d.organisation_id = organisation) and (doctor is null or d.doctor_id = doctor) limit 500) d;
    if cardinality(hits) = 0 then
      select coalesce(array_agg(d order by lower(d.title) like begins desc, d.at desc), '{}') into hits from (
        select * from platform.search_document d where d.lab_id = lab and d.kind = any (kinds) and platform.words(d.body) @@ begun
          and (organisation is null or d.organisation_id = organisation) and (doctor is null or d.doctor_id = doctor) limit 500) d;
      if cardinality(hits) < most then
        select coalesce(array_agg(d order by lower(d.title) like begins desc, d.at desc), '{}') into more from (
          select * from platform.search_document d where d.lab_id = lab and d.kind = any (kinds) and d.body like inside
            and not platform.words(d.body) @@ begun
            and (organisation is null or d.organisation_id = organisation) and (doctor is null or d.doctor_id = doctor) limit 500) d;
        hits := hits || more;
      end if;
    end if;
  end if;
  if cardinality(hits) = 0 then
    select coalesce(array_agg(d order by public.word_similarity(q, d.body) desc, d.at desc), '{}') into hits from (
      select * from platform.search_document d where d.lab_id = lab and d.kind = any (kinds) and q <% d.body
        and (organisation is null or d.organisation_id = organisation) and (doctor is null or d.doctor_id = doctor) limit 500) d;
  end if;
  return query select h.* from unnest(hits[1:most]) h;
end $$;

-- The newest entries of the lab's log in which all words occur. It looks at the last twenty thousand, without an index that every command would
-- pay for; the screen of the log looks at all. Nothing for portal users: the log tells of everybody.
create function platform.search_activity(query text, most integer) returns table (id bigint, title text, subtitle text, url text)
  language sql stable security definer set search_path = pg_catalog, public, platform as $$
  with word as (select '%' || replace(replace(replace(w, '\', '\\'), '%', '\%'), '_', '\_') || '%' as inside
    from unnest(string_to_array(btrim(platform.fold(query)), ' ')) w where w <> '')
  select a.id, a.message, concat_ws(' · ', a.actor_name, to_char(a.at, 'YYYY-MM-DD'), a.action),
    '/activity?subjectType=' || a.subject_type || '&subjectId=' || a.subject_id
  from (select * from platform.activity where lab_id = platform.current_lab() order by id desc limit 20000) a
  where platform.current_organisation() is null and platform.current_doctor() is null
    and exists (select from word) and (select bool_and(lower(a.message) like inside) from word)
  order by a.id desc limit most $$;
revoke execute on function platform.search_activity from public;
grant execute on function platform.search_activity to aliquot_app;

-- What a search cluster is told carries a version that is drawn before the document is read: whoever has the highest version read last.
create sequence platform.search_version;
