"""The owner's functions through which alone the record is written (decision 0004).

Text in a header is written by `to_json`, which escapes exactly what RFC 8785 does; the members stand in
RFC 8785 order. docs/journal-format.md says the same in words, with test vectors.
"""

APPEND = """
CREATE FUNCTION public.journal_append(
    p_kind text, p_stream text, p_actor uuid, p_at timestamptz, p_body text
) RETURNS TABLE (id bigint, sequence integer, digest text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_id bigint;
    v_sequence integer;
    v_previous bytea;
    v_salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    v_commitment bytea := sha256(v_salt || convert_to(p_body, 'UTF8'));
    v_recorded_at timestamptz;
    v_digest bytea;
BEGIN
    PERFORM p_body::json;
    SELECT s.sequence + 1, s.digest INTO v_sequence, v_previous
      FROM public.journal_stream s WHERE s.stream = p_stream FOR UPDATE;
    IF NOT FOUND THEN
        -- Two first entries at once: the second waits here for the first, and then finds its row.
        INSERT INTO public.journal_stream (stream, sequence, digest)
             VALUES (p_stream, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING;
        SELECT s.sequence + 1, s.digest INTO STRICT v_sequence, v_previous
          FROM public.journal_stream s WHERE s.stream = p_stream FOR UPDATE;
    END IF;
    v_recorded_at := clock_timestamp();
    v_digest := sha256(convert_to(
        '{"actor":"' || p_actor
        || '","at":"' || to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","commitment":"' || encode(v_commitment, 'hex')
        || '","format":"zhifa-entry/v1","kind":' || to_json(p_kind)
        || ',"previous":"' || encode(v_previous, 'hex')
        || '","recorded_at":"'
        || to_char(v_recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","sequence":' || v_sequence
        || ',"stream":' || to_json(p_stream) || '}', 'UTF8'));
    INSERT INTO public.journal_entry
        (stream, sequence, kind, actor, at, recorded_at, commitment, previous, digest)
    VALUES (p_stream, v_sequence, p_kind, p_actor, p_at, v_recorded_at, v_commitment, v_previous,
            v_digest)
    RETURNING journal_entry.id INTO v_id;
    INSERT INTO public.journal_body (entry_id, salt, text) VALUES (v_id, v_salt, p_body);
    INSERT INTO public.journal_pending (entry_id) VALUES (v_id);
    UPDATE public.journal_stream s SET sequence = v_sequence, digest = v_digest
     WHERE s.stream = p_stream;
    RETURN QUERY SELECT v_id, v_sequence, encode(v_digest, 'hex');
END
$$;
REVOKE ALL ON FUNCTION public.journal_append FROM PUBLIC;
ALTER TABLE public.journal_stream SET (fillfactor = 70);
ALTER TABLE public.journal_pending
    SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
"""

# The sequencer's one writing: all of a batch or nothing of it. The lock makes it one at a time; whoever
# reads the state of the log before calling this takes the same lock first.
EXTEND = """
CREATE FUNCTION public.journal_extend(
    p_size bigint, p_entries bigint[], p_levels integer[], p_indexes bigint[], p_hashes bytea[],
    p_root bytea, p_note text, p_at timestamptz
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_count bigint := cardinality(p_entries);
    v_taken bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('zhifa.journal.sequencer', 0));
    IF p_size IS DISTINCT FROM coalesce((SELECT max(c.size) FROM public.journal_checkpoint c), 0) THEN
        RAISE EXCEPTION 'journal: the log has grown since size %', p_size
            USING ERRCODE = 'serialization_failure';
    END IF;
    DELETE FROM public.journal_pending p WHERE p.entry_id = ANY (p_entries);
    GET DIAGNOSTICS v_taken = ROW_COUNT;
    IF v_taken = 0 OR v_taken <> v_count THEN
        RAISE EXCEPTION 'journal: % of % entries were pending', v_taken, v_count;
    END IF;
    INSERT INTO public.journal_leaf (index, entry_id)
         SELECT p_size + place - 1, entry
           FROM unnest(p_entries) WITH ORDINALITY AS given (entry, place);
    INSERT INTO public.journal_tile (level, index, hashes)
         SELECT * FROM unnest(p_levels, p_indexes, p_hashes)
    ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes;
    INSERT INTO public.journal_checkpoint (size, root, note, at)
         VALUES (p_size + v_count, p_root, p_note, p_at);
    RETURN p_size + v_count;
END
$$;
REVOKE ALL ON FUNCTION public.journal_extend FROM PUBLIC;
"""

# For the owner alone, who acts for a person: no login of the running system may erase anything.
ERASE = """
CREATE FUNCTION public.journal_erase(
    p_entry bigint, p_actor uuid, p_at timestamptz, p_reason text
) RETURNS TABLE (id bigint, sequence integer, digest text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_entry public.journal_entry%ROWTYPE;
    v_written record;
BEGIN
    SELECT e.* INTO STRICT v_entry FROM public.journal_entry e WHERE e.id = p_entry;
    IF v_entry.kind = 'journal.body_erased' THEN
        RAISE EXCEPTION 'journal: what was erased by whom is never erased';
    END IF;
    SELECT * INTO v_written FROM public.journal_append(
        'journal.body_erased', 'journal:erasures', p_actor, p_at,
        '{"digest":"' || encode(v_entry.digest, 'hex') || '","entry":' || p_entry
        || ',"reason":' || to_json(p_reason) || ',"sequence":' || v_entry.sequence
        || ',"stream":' || to_json(v_entry.stream) || '}');
    UPDATE public.journal_body b SET salt = NULL, text = NULL, erasure_id = v_written.id
     WHERE b.entry_id = p_entry;
    RETURN QUERY SELECT v_written.id, v_written.sequence, v_written.digest;
END
$$;
REVOKE ALL ON FUNCTION public.journal_erase FROM PUBLIC;
"""

DROP = """
DROP FUNCTION public.journal_erase;
DROP FUNCTION public.journal_extend;
DROP FUNCTION public.journal_append;
"""
