using System.Collections.Immutable;

namespace Review.Bot.Store;

/// <summary>
/// The bot's state. Whoever writes does it in a transaction, through the tables; whoever only looks, such as a dashboard, uses the questions below, each of which is answered from one moment.
/// </summary>
public sealed class BotStore : IDisposable
{
    private readonly Database database;

    private BotStore(Database database) => this.database = database;

    /// <summary>True if several machines may work on it.</summary>
    public bool IsShared => database.IsShared;

    /// <summary>Opens the state and makes the tables that are missing.</summary>
    /// <exception cref="StoreVersionException">It was written by another version of the program.</exception>
    public static BotStore Open(Database database)
    {
        ArgumentNullException.ThrowIfNull(database);
        var version = database.Transact(Schema.Create);
        return version == Schema.Version ? new BotStore(database) : throw new StoreVersionException(version, Schema.Version);
    }

    /// <inheritdoc cref="Database.Transact{T}"/>
    public T Transact<T>(Func<Session, T> work) => database.Transact(work);

    /// <inheritdoc cref="Database.Transact{T}"/>
    public void Transact(Action<Session> work) => database.Transact(work);

    /// <summary>The series that came last, the newest first; versions of one series stand by themselves.</summary>
    /// <param name="limit">How many.</param>
    /// <param name="before">Only those with a smaller number; null for all.</param>
    public ImmutableArray<SeriesRecord> NewestSeries(int limit, long? before = null) => Transact(session => session.Query(
        "select * from series where id < @before order by id desc limit @limit", SeriesTable.Read, ("before", before ?? long.MaxValue), ("limit", limit)));

    /// <summary>A series with its patches; null if there is none of that number.</summary>
    public SeriesRecord? Series(long id) => Transact(session => SeriesTable.Find(session, id));

    /// <summary>All versions of a series, v1 first.</summary>
    public ImmutableArray<SeriesRecord> Versions(string lineage) => Transact(session => SeriesTable.Versions(session, lineage));

    /// <summary>What was found in a series.</summary>
    public ImmutableArray<FindingRecord> Findings(long series) => Transact(session => FindingTable.Of(session, series));

    /// <summary>The messages about a series.</summary>
    public ImmutableArray<OutboxRecord> Messages(long series) => Transact(session => OutboxTable.About(session, series));

    /// <summary>The messages in a state, those changed last first.</summary>
    public ImmutableArray<OutboxRecord> Messages(MessageState state, int limit) => Transact(session => session.Query(
        "select * from outbox where state = @state order by changed_at desc, id desc limit @limit", OutboxTable.Read, ("state", state.Word()), ("limit", limit)));

    /// <summary>A message by its id; null if there is none.</summary>
    public OutboxRecord? Message(string messageId) => Transact(session => OutboxTable.Find(session, messageId));

    /// <summary>What people said about a series.</summary>
    public ImmutableArray<VerdictRecord> Verdicts(long series) => Transact(session => VerdictTable.About(session, series));

    /// <summary>How the rules do.</summary>
    public ImmutableArray<RuleRecord> Ledger() => Transact(VerdictTable.Ledger);

    /// <summary>What is muted by people's answers.</summary>
    public ImmutableArray<MuteRecord> Mutes() => Transact(MuteTable.All);

    /// <summary>How reading the sources goes.</summary>
    public ImmutableArray<SourceRecord> Sources() => Transact(SourceTable.All);

    /// <summary>The mails that were left out last, the newest first.</summary>
    public ImmutableArray<LeftOutRecord> LeftOut(int limit) => Transact(session => LeftOutTable.Newest(session, limit));

    /// <summary>How many mails of each source were left out.</summary>
    public ImmutableSortedDictionary<string, int> LeftOutCounts() => Transact(static session => Counts(session, "left_out", "source"));

    /// <summary>How many series are in each state.</summary>
    public ImmutableSortedDictionary<string, int> SeriesCounts() => Transact(static session => Counts(session, "series"));

    /// <summary>How many messages are in each state.</summary>
    public ImmutableSortedDictionary<string, int> MessageCounts() => Transact(static session => Counts(session, "outbox"));

    /// <summary>A person takes a draft, to be sent if the policy lets it; false if it is no draft any more.</summary>
    public bool Adopt(string messageId, DateTimeOffset now) => Transact(session => OutboxTable.Adopt(session, messageId, now));

    /// <summary>A person decides against a message; false if it left already.</summary>
    public bool Discard(string messageId, DateTimeOffset now) => Transact(session => OutboxTable.Discard(session, messageId, now));

    public void Dispose() => database.Dispose();

    private static ImmutableSortedDictionary<string, int> Counts(Session session, string table, string column = "state") => session
        .Query($"select {column} as name, count(*) as number from {table} group by {column}", static row => KeyValuePair.Create(row.Text("name"), row.Number("number")))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);
}

/// <summary>The state was written by a version of the program that this one does not know.</summary>
public sealed class StoreVersionException(string found, string wanted) : Exception($"the state has version {found}, this program reads version {wanted}");
