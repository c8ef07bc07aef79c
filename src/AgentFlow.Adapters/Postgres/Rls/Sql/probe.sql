-- Runs a plan of probes, each in a subtransaction that is always undone; the answers survive in a variable, which no rollback touches.
-- Nothing is created, so it runs in READ ONLY transactions too, in one round trip, whatever the number of probes.
do $agentflow$
declare
  plan pg_catalog.jsonb := pg_catalog.current_setting('agentflow.plan')::pg_catalog.jsonb;
  login pg_catalog.text := pg_catalog.current_setting('role');
  probe pg_catalog.jsonb;
  step pg_catalog.text;
  setup pg_catalog.bool;
  answer pg_catalog.jsonb;
  answers pg_catalog.jsonb[] := '{}';
  found_rows pg_catalog.jsonb;
  touched pg_catalog.int8;
  words pg_catalog.text;
  place pg_catalog.text;
begin
  for probe in select p.value from pg_catalog.jsonb_array_elements(plan -> 'probes') p loop
    setup := true;
    begin
      for step in select s.value from pg_catalog.jsonb_array_elements_text(probe -> 'before') s loop
        execute step;
      end loop;
      perform pg_catalog.set_config(s.key, s.value, true) from pg_catalog.jsonb_each_text(plan -> 'settings') s;
      if plan ->> 'role' is not null then
        perform pg_catalog.set_config('role', plan ->> 'role', true);
      end if;
      setup := false;
      if (probe ->> 'query')::pg_catalog.bool then
        execute 'select pg_catalog.jsonb_agg(pg_catalog.to_jsonb(q)) from (' || (probe ->> 'sql') || ') q' into found_rows;
        answer := pg_catalog.jsonb_build_object('rows', found_rows);
      elsif (probe ->> 'plan')::pg_catalog.bool then
        execute 'explain (format json) ' || (probe ->> 'sql') into words;
        answer := pg_catalog.jsonb_build_object('rows', pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object('plan', words)));
      else
        execute probe ->> 'sql';
        get diagnostics touched = row_count;
        answer := pg_catalog.jsonb_build_object('affected', touched);
      end if;
      if probe ->> 'after' is not null then
        perform pg_catalog.set_config('role', login, true);
        execute 'select pg_catalog.jsonb_agg(pg_catalog.to_jsonb(q)) from (' || (probe ->> 'after') || ') q' into found_rows;
        answer := answer || pg_catalog.jsonb_build_object('after', found_rows);
      end if;
      raise exception sqlstate 'AF001';
    exception
      when sqlstate 'AF001' then null;
      when others then
        get stacked diagnostics words = message_text, place = column_name;
        answer := pg_catalog.jsonb_build_object('state', sqlstate, 'message', words, 'column', place, 'setup', setup);
    end;
    answers := answers || answer;
  end loop;
  perform pg_catalog.set_config('agentflow.answers', pg_catalog.to_jsonb(answers)::pg_catalog.text, true);
end
$agentflow$
