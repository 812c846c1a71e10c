namespace Review.Bot.Store;

/// <summary>
/// The tables. Times are milliseconds since 1970 in UTC, flags are 0 or 1, states are words. The same statements make them on both kinds of database.
/// </summary>
internal static class Schema
{
    /// <summary>The version that this program writes and reads.</summary>
    public const string Version = "2";

    /// <summary>Makes the tables that are not there yet.</summary>
    /// <returns>The version that the database has.</returns>
    public static string Create(Session session)
    {
        session.Serialise();
        foreach (var statement in Statements(session.Database))
        {
            _ = session.Execute(statement);
        }

        // What version 2 added are tables that were not there before.
        _ = session.Execute("update meta set value = @version where name = 'schema' and value = '1'", ("version", Version));
        _ = session.Execute("insert into meta(name, value) values ('schema', @version) on conflict do nothing", ("version", Version));
        return session.Text("select value from meta where name = 'schema'")!;
    }

    private static string[] Statements(Database database) =>
    [
        "create table if not exists meta(name text primary key, value text not null)",

        // Up to where each source was read, and how it went the last time.
        "create table if not exists sources(name text primary key, position text not null, checked_at bigint not null, failures bigint not null, problem text)",

        // The mails of threads that hold patches. 'thread' is the id of the thread's first mail as far as it is known.
        $"""
        create table if not exists mails(
            id {database.Identity}, message_id text not null, content text not null, thread text not null, list text not null, author text not null, subject text not null,
            date bigint not null, seen_at bigint not null, is_patch bigint not null, is_own bigint not null, raw {database.Bytes} not null, unique(message_id, content))
        """,
        "create index if not exists mails_by_thread on mails(thread)",

        // A series, and the job of reviewing it. 'lineage' ties the versions of one series together.
        $"""
        create table if not exists series(
            id {database.Identity}, key text not null unique, lineage text not null, thread text not null, list text not null, author text not null, author_name text not null,
            title text not null, revision bigint not null, total bigint not null, date bigint not null, seen_at bigint not null, state text not null, note text not null,
            base text not null, kernel text not null, tool text not null, footer text not null, reviewed_at bigint,
            attempts bigint not null, not_before bigint not null, lease_owner text, lease_until bigint)
        """,
        "create index if not exists series_by_state on series(state, not_before)",
        "create index if not exists series_by_lineage on series(lineage)",
        "create index if not exists series_by_thread on series(thread)",
        "create table if not exists patches(series_id bigint not null references series(id) on delete cascade, number bigint not null, message_id text not null, title text not null, primary key(series_id, number))",
        "create index if not exists patches_by_message on patches(message_id)",

        // What a series introduces and leaves. 'section' is the part of the letter about it, in Markdown; 'decision' is say, said or silent, 'reason' why it is silent.
        """
        create table if not exists findings(
            series_id bigint not null references series(id) on delete cascade, number bigint not null, patch bigint not null, fingerprint text not null, rule text not null, rule_id text not null,
            category text not null, severity text not null, path text not null, line bigint not null, function text not null, message text not null, witness text not null,
            section text not null, decision text not null, reason text not null, primary key(series_id, number))
        """,
        "create index if not exists findings_by_fingerprint on findings(fingerprint)",

        // Everything that leaves the bot. A row is there before its message is handed to anybody.
        $"""
        create table if not exists outbox(
            id {database.Identity}, message_id text not null unique, series_id bigint references series(id) on delete cascade, kind text not null, patch bigint not null, answers text not null,
            list text not null, person text not null, route text not null, state text not null, reason text not null, subject text not null, recipients text not null, mail {database.Bytes} not null,
            is_adopted bigint not null, sender text not null, not_before bigint not null, created_at bigint not null, changed_at bigint not null, handed_at bigint,
            attempts bigint not null, lease_owner text, lease_until bigint)
        """,
        "create index if not exists outbox_by_state on outbox(state, not_before)",
        "create index if not exists outbox_by_series on outbox(series_id)",

        // What people answered.
        $"""
        create table if not exists verdicts(
            id {database.Identity}, message_id text not null, fingerprint text not null, rule text not null, series_id bigint not null, person text not null, kind text not null, reason text not null, at bigint not null,
            unique(message_id, fingerprint, kind))
        """,
        "create table if not exists mutes(scope text not null, value text not null, person text not null, at bigint not null, primary key(scope, value))",

        // Answers that came before what they answer, and mails that nobody can answer.
        $"""
        create table if not exists early(
            id {database.Identity}, message_id text not null, content text not null, root text not null, parent text not null, seen_at bigint not null, raw {database.Bytes} not null, unique(message_id, content))
        """,
        "create index if not exists early_by_root on early(root)",
        "create index if not exists early_by_parent on early(parent)",
        "create table if not exists left_out(source text not null, digest text not null, sender text not null, subject text not null, reason text not null, seen_at bigint not null, primary key(source, digest))",

        // What stays of what is forgotten: ids of messages, and findings that were said.
        "create table if not exists answered(message_id text primary key)",
        "create table if not exists said(rule text primary key, findings bigint not null)",
        "create index if not exists mails_by_time on mails(seen_at)",

        // Rules that an operator lets speak again: verdicts before that do not count.
        "create table if not exists pardons(rule text primary key, at bigint not null)",
    ];
}
