pragma journal_mode = wal;
pragma synchronous = full;
pragma trusted_schema = off;

create table if not exists journal_entry (
  stream text not null check (length(stream) between 1 and 200),
  sequence integer not null check (sequence > 0),
  recorded_at text not null,
  actor text not null,
  type text not null,
  subject text not null,
  data text not null check (json_valid(data)),
  previous_hash text not null check (length(previous_hash) = 64),
  hash text not null check (length(hash) = 64),
  primary key (stream, sequence)
) strict, without rowid;

create trigger if not exists journal_entry_no_update before update on journal_entry
begin
  select raise(abort, 'journal entries are never changed');
end;

create trigger if not exists journal_entry_no_delete before delete on journal_entry
begin
  select raise(abort, 'journal entries are never removed');
end;

-- Also what stops INSERT OR REPLACE, which deletes without firing the delete trigger.
create trigger if not exists journal_entry_append_only before insert on journal_entry
begin
  select raise(abort, 'journal entries are only appended')
  where new.sequence <> 1 + coalesce((select max(sequence) from journal_entry where stream = new.stream), 0)
     or new.previous_hash <> coalesce(
       (select hash from journal_entry where stream = new.stream order by sequence desc limit 1),
       '0000000000000000000000000000000000000000000000000000000000000000');
end;
