-- Words of the search index stand under their lab and kind, so that no list of a million is intersected with another.
drop index platform.search_document_words;
drop function platform.words(text), platform.all_words(text, text);

-- The words of a folded text, as a set, each under its lab and kind: one entry of the index leads to what one list may show, however much there is
-- of others. Longer words are nobody's search term, and an index refuses them.
create function platform.words(lab bigint, kind text, body text) returns tsvector language sql immutable parallel safe
  return array_to_tsvector(array(select lab || kind || ' ' || word from unnest(string_to_array(body, ' ')) word where word <> '' and length(word) <= 200));
create index search_document_words on platform.search_document using gin (platform.words(lab_id, kind, body));

-- Every word of the text, whole or (with ':*') as a beginning, in one of the kinds. Quotes and backslashes are taken out: they belong to tsquery.
create function platform.all_words(lab bigint, kinds text[], folded text, ending text) returns tsquery language sql immutable parallel safe
  return (select string_agg('(' || wanted || ')', ' | ')::tsquery from (
    select string_agg('''' || lab || kind || ' ' || word || '''' || ending, ' & ') as wanted
    from unnest(kinds) kind, unnest(string_to_array(translate(folded, '''\', '  '), ' ')) word where word <> '' and length(word) <= 200 group by kind) k);

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
  whole constant tsquery := platform.all_words(lab, kinds, q, '');
  begun constant tsquery := platform.all_words(lab, kinds, q, ':*');
  -- What is called so comes before what has it somewhere, the newest first among equals.
  begins constant text := replace(replace(replace(q, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  inside constant text := '%' || begins;
  hits platform.search_document[] := '{}';
  more platform.search_document[];
begin
  if q = '' or lab is null then return; end if;
  if whole is not null then
    select coalesce(array_agg(d order by lower(d.title) like begins desc, d.at desc), '{}') into hits from (
      select * from platform.search_document d where platform.words(d.lab_id, d.kind, d.body) @@ whole
        and (organisation is null or d.organisation_id = organisation) and (doctor is null or d.doctor_id = doctor) limit 500) d;
    if cardinality(hits) = 0 then
      select coalesce(array_agg(d order by lower(d.title) like begins desc, d.at desc), '{}') into hits from (
        select * from platform.search_document d where platform.words(d.lab_id, d.kind, d.body) @@ begun
          and (organisation is null or d.organisation_id = organisation) and (doctor is null or d.doctor_id = doctor) limit 500) d;
      if cardinality(hits) < most then
        select coalesce(array_agg(d order by lower(d.title) like begins desc, d.at desc), '{}') into more from (
          select * from platform.search_document d where d.lab_id = lab and d.kind = any (kinds) and d.body like inside
            and not platform.words(d.lab_id, d.kind, d.body) @@ begun
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
