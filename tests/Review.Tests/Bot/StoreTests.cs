using Review.Bot.Store;
using Review.Patches.Archives;
using Review.Tests.Cli;

namespace Review.Tests.Bot;

/// <summary>What the state promises, on both kinds of database.</summary>
[Collection(StoreCollection.Name)]
public sealed class StoreTests(PostgresServer server) : IDisposable
{
    private static readonly DateTimeOffset Now = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    /// <summary>The kinds of database that there are here.</summary>
    public static TheoryData<string> Kinds => PostgresServer.Programs is null ? ["sqlite"] : ["sqlite", "postgres"];

    /// <summary>Where PostgreSQL is missing, this says so, and the tests below run on one kind only.</summary>
    [PostgresFact]
    public void PostgreSQL_is_for_several_machines()
    {
        using var store = Open("postgres");
        Assert.True(store.IsShared);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_series_is_claimed_once_and_finished_by_who_has_it(string kind)
    {
        using var store = Open(kind);
        store.Transact(session => SeriesTable.Put(session, Series("a")));
        var (first, second) = (LeaseOf("one", 0), LeaseOf("two", 0));
        var claimed = store.Transact(session => SeriesTable.Claim(session, first))!;
        Assert.Equal("a", claimed.Key);
        Assert.Equal(["<a1>", "<a2>"], claimed.Patches.Select(static patch => patch.MessageId));
        Assert.Null(store.Transact(session => SeriesTable.Claim(session, second)));

        // The first one is not heard of any more; the second takes over, and what the first then brings is not wanted.
        var taken = store.Transact(session => SeriesTable.Claim(session, LeaseOf("two", 61)))!;
        Assert.Equal(2, taken.Attempts);
        Assert.False(store.Transact(session => SeriesTable.Finish(session, claimed with { State = SeriesState.Reviewed }, "", first)));
        Assert.True(store.Transact(session => SeriesTable.Finish(session, taken with { State = SeriesState.Reviewed, Base = "v6.1" }, "", LeaseOf("two", 62))));
        var done = store.Series(taken.Id)!;
        Assert.Equal((SeriesState.Reviewed, "v6.1", Now.AddSeconds(62)), (done.State, done.Base, done.ReviewedAt));
        Assert.Null(store.Transact(session => SeriesTable.Claim(session, LeaseOf("three", 1_000))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Many_workers_get_every_series_once(string kind)
    {
        const int Count = 60;
        using var store = Open(kind);
        store.Transact(session =>
        {
            for (var i = 0; i < Count; i++)
            {
                SeriesTable.Put(session, Series($"s{i}"));
            }
        });
        var got = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 6, worker =>
        {
            while (store.Transact(session => SeriesTable.Claim(session, LeaseOf($"w{worker}", 0))) is { } series)
            {
                got.Add(series.Key);
            }
        });
        Assert.Equal(Count, got.Count);
        Assert.Equal(Count, got.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_series_grows_until_somebody_takes_it(string kind)
    {
        using var store = Open(kind);
        store.Transact(session => SeriesTable.Put(session, Series("a") with { State = SeriesState.Waiting, Note = "patch 2 of 2 is missing", Patches = [new PatchRecord(1, "<a1>", "one")] }));
        Assert.Null(store.Transact(session => SeriesTable.Claim(session, LeaseOf("one", 0))));
        store.Transact(session => SeriesTable.Put(session, Series("a")));
        Assert.Equal(2, store.Transact(session => SeriesTable.Claim(session, LeaseOf("one", 0)))!.Patches.Length);
        store.Transact(session => SeriesTable.Put(session, Series("a") with { Title = "another" }));
        Assert.Equal("title of a", store.NewestSeries(10).Single().Title);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Versions_belong_together_by_thread_or_by_the_title_of_a_patch(string kind)
    {
        using var store = Open(kind);
        store.Transact(session =>
        {
            SeriesTable.Put(session, Series("v1"));
            SeriesTable.Put(session, Series("v2") with { Thread = "v1", Revision = 2, Patches = [new PatchRecord(1, "<x>", "something else")] });
            SeriesTable.Put(session, Series("v3") with { Revision = 3, Patches = [new PatchRecord(1, "<y>", "something else")] });
            SeriesTable.Put(session, Series("foreign") with { Author = "b@example.org", Patches = [new PatchRecord(1, "<z>", "something else")] });
        });
        Assert.Equal([1, 2, 3], store.Versions("v1").Select(static series => series.Revision));
        Assert.Equal(["foreign"], store.Versions("foreign").Select(static series => series.Key));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_goes_through_its_states_and_is_never_claimed_twice(string kind)
    {
        using var store = Open(kind);
        var id = Insert(store, "a", "m@x");
        Assert.False(store.Transact(session => OutboxTable.Add(session, Message(id, "m@x"))));
        Assert.Null(store.Transact(session => OutboxTable.Claim(session, LeaseOf("one", -1))));
        var message = store.Transact(session => OutboxTable.Claim(session, LeaseOf("one", 0)))!;
        Assert.Null(store.Transact(session => OutboxTable.Claim(session, LeaseOf("two", 1))));
        Assert.True(store.Transact(session => OutboxTable.BeginHanding(session, message, "smtp", LeaseOf("one", 1))));
        Assert.False(store.Transact(session => OutboxTable.BeginHanding(session, message, "smtp", LeaseOf("one", 1))));

        // From here on nobody takes it for a message that nobody has, not even when the lease is over.
        Assert.Null(store.Transact(session => OutboxTable.Claim(session, LeaseOf("two", 1_000))));
        var abandoned = store.Transact(session => OutboxTable.ClaimAbandoned(session, LeaseOf("two", 1_000)))!;
        Assert.Equal("m@x", abandoned.MessageId);
        Assert.True(store.Transact(session => OutboxTable.Move(session, abandoned, MessageState.Unknown, "died", LeaseOf("two", 1_001))));
        Assert.True(store.Transact(session => OutboxTable.Confirm(session, "m@x", Now.AddSeconds(1_002))));
        Assert.Equal(MessageState.Sent, store.Message("m@x")!.State);
        Assert.False(store.Discard("m@x", Now));
        Assert.Equal(1, store.MessageCounts()["sent"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_goes_out_again_only_when_every_source_was_read_to_its_end_long_enough_after_it_may_have_left(string kind)
    {
        using var store = Open(kind);
        _ = Insert(store, "a", "m@x");
        var message = store.Transact(session => OutboxTable.Claim(session, LeaseOf("one", 0)))!;
        store.Transact(session => OutboxTable.Move(session, message, MessageState.Unknown, "died", LeaseOf("one", 10)));
        Assert.Equal(MessageState.Unknown, Retry(["s", "t"]));
        store.Transact(session => SourceTable.NoteRead(session, "s", Now.AddSeconds(70)));
        store.Transact(session => SourceTable.NoteRead(session, "t", Now.AddSeconds(69)));
        Assert.Equal(MessageState.Unknown, Retry(["s", "t"]));
        store.Transact(session => SourceTable.NoteRead(session, "t", Now.AddSeconds(70)));
        store.Transact(session => SourceTable.Fail(session, "s", "gone", Now.AddSeconds(80)));
        Assert.Equal(MessageState.Unknown, Retry(["s", "t"]));
        Assert.Equal(MessageState.Pending, Retry(["t"]));

        MessageState Retry(string[] sources)
        {
            store.Transact(session => OutboxTable.RetryUnknown(session, TimeSpan.FromSeconds(60), sources, Now.AddDays(1)));
            return store.Message("m@x")!.State;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_left_counts_against_the_caps(string kind)
    {
        using var store = Open(kind);
        var id = Insert(store, "a", "1@x");
        var drafts = Message(id, "3@x") with { Route = "drafts" };
        store.Transact(session =>
        {
            OutboxTable.Add(session, Message(id, "2@x"));
            OutboxTable.Add(session, drafts);
        });
        for (var message = store.Transact(session => OutboxTable.Claim(session, LeaseOf("one", 0))); message is not null; message = store.Transact(session => OutboxTable.Claim(session, LeaseOf("one", 0))))
        {
            var claimed = message;
            store.Transact(session => OutboxTable.Move(session, claimed, claimed.Route == "drafts" ? MessageState.Draft : MessageState.Sent, "", LeaseOf("one", 1)));
        }

        var first = store.Message("1@x")!;
        Assert.Equal((2, 2, 2), store.Transact(session => OutboxTable.CountsBeside(session, drafts, "a", Now)));
        Assert.Equal((1, 1, 1), store.Transact(session => OutboxTable.CountsBeside(session, first, "a", Now)));
        Assert.Equal((2, 0, 0), store.Transact(session => OutboxTable.CountsBeside(session, drafts, "a", Now.AddDays(1))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_source_moves_on_from_where_one_thinks_it_is_or_not_at_all(string kind)
    {
        using var store = Open(kind);
        Assert.True(store.Transact(session => SourceTable.Advance(session, "s", "", "one")));
        Assert.False(store.Transact(session => SourceTable.Advance(session, "s", "", "two")));
        Assert.Equal("one", store.Transact(session => SourceTable.PositionOf(session, "s")));
        Assert.Equal(1, store.Transact(session => SourceTable.Fail(session, "s", "gone", Now)));
        Assert.Equal(2, store.Transact(session => SourceTable.Fail(session, "s", "gone", Now)));
        Assert.True(store.Transact(session => SourceTable.Advance(session, "s", "one", "two")));
        Assert.Equal(2, store.Sources().Single().Failures);
        store.Transact(session => SourceTable.NoteRead(session, "s", Now));
        Assert.Equal(new SourceRecord("s", "two", Now, 0, null), store.Sources().Single());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Mails_are_known_by_id_and_content(string kind)
    {
        using var store = Open(kind);
        var mail = Mail("1@x", "one");
        Assert.True(store.Transact(session => MailTable.Add(session, mail)));
        Assert.False(store.Transact(session => MailTable.Add(session, mail)));
        Assert.True(store.Transact(session => MailTable.Add(session, Mail("1@x", "two"))));
        Assert.Equal(["1@x"], store.Transact(session => MailTable.ThreadsOf(session, [.. Enumerable.Range(0, 900).Select(static i => $"{i}@x")])).Keys);
        Assert.Equal("t", store.Transact(session => MailTable.Remove(session, mail.Identity)));
        Assert.Equal([1, 2, 3], store.Transact(session => MailTable.InThread(session, "t")).Single().Raw);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_ledger_counts_findings_once_and_a_pardon_wipes_the_slate(string kind)
    {
        using var store = Open(kind);
        var id = Insert(store, "a", "m@x");
        store.Transact(session =>
        {
            FindingTable.Add(session, [Finding(id, 1, "f1"), Finding(id, 2, "f2"), Finding(id, 3, "f3") with { Decision = "silent" }]);
            foreach (var (mail, fingerprint, word) in ((string, string, string)[])[("r1@x", "f1", "wrong"), ("r2@x", "f1", "wrong"), ("r3@x", "f2", "known"), ("r3@x", "f2", "known")])
            {
                VerdictTable.Add(session, new VerdictRecord(mail, fingerprint, "stale", id, "a@example.org", word, "because", Now));
            }
        });
        Assert.Equal(new RuleRecord("stale", 2, 1, 1, 1), store.Ledger().Single());
        Assert.Equal(3, store.Verdicts(id).Length);
        store.Transact(session => VerdictTable.Pardon(session, "stale", Now));
        Assert.Equal(new RuleRecord("stale", 2, 1, 1, 0), store.Ledger().Single());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_fails_in_the_middle_leaves_nothing(string kind)
    {
        using var store = Open(kind);
        Assert.Throws<InvalidOperationException>(() => store.Transact(session =>
        {
            SeriesTable.Put(session, Series("a"));
            throw new InvalidOperationException("died");
        }));
        Assert.Empty(store.NewestSeries(10));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Answers_wait_for_what_they_answer_but_not_for_ever_nor_too_many_of_them(string kind)
    {
        using var store = Open(kind);
        store.Transact(session =>
        {
            EarlyMailTable.Add(session, new MailIdentity("r1@x", "a"), "cover@x", "patch@x", [1], Now);
            EarlyMailTable.Add(session, new MailIdentity("r1@x", "a"), "cover@x", "patch@x", [1], Now);
            EarlyMailTable.Add(session, new MailIdentity("r2@x", "b"), "other@x", "other@x", [2], Now.AddDays(1));
        });
        Assert.Empty(store.Transact(session => EarlyMailTable.TakeAnswersTo(session, "none@x")));
        Assert.Equal([1], Assert.Single(store.Transact(session => EarlyMailTable.TakeAnswersTo(session, "cover@x"))));
        Assert.Empty(store.Transact(session => EarlyMailTable.TakeAnswersTo(session, "patch@x")));
        store.Transact(session => EarlyMailTable.Limit(session, Now.AddDays(1) + EarlyMailTable.Patience + TimeSpan.FromSeconds(1)));
        Assert.Empty(store.Transact(session => EarlyMailTable.TakeAnswersTo(session, "other@x")));
        store.Transact(session =>
        {
            for (var i = 0; i < EarlyMailTable.Most + 5; i++)
            {
                EarlyMailTable.Add(session, new MailIdentity($"r{i}@x", "a"), $"p{i}@x", $"p{i}@x", [1], Now);
            }

            EarlyMailTable.Limit(session, Now);
        });
        Assert.Equal(EarlyMailTable.Most, store.Transact(static session => session.Number("select count(*) from early")));
        Assert.Empty(store.Transact(session => EarlyMailTable.TakeAnswersTo(session, "p4@x")));
        Assert.Single(store.Transact(session => EarlyMailTable.TakeAnswersTo(session, "p5@x")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_left_out_is_counted_once(string kind)
    {
        using var store = Open(kind);
        var mail = new LeftOutRecord("s", "d", "a\0b", new string('x', 1_000), "no id", Now);
        Assert.True(store.Transact(session => LeftOutTable.Add(session, mail)));
        Assert.False(store.Transact(session => LeftOutTable.Add(session, mail)));
        Assert.True(store.Transact(session => LeftOutTable.Add(session, mail with { Source = "t" })));
        Assert.Equal([1, 1], store.LeftOutCounts().Values);
        Assert.Equal("a b", store.LeftOut(1).Single().Sender);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_done_is_forgotten_and_yet_never_answered_again(string kind)
    {
        using var store = Open(kind);
        var old = Insert(store, "old", "m@x");
        store.Transact(session =>
        {
            MailTable.Add(session, Mail("old1@x", "one") with { Thread = "old" });
            MailTable.Add(session, Mail("stray@x", "one") with { Thread = "stray" });
            FindingTable.Add(session, [Finding(old, 1, "f1"), Finding(old, 2, "f2") with { Decision = "silent" }]);
            VerdictTable.Add(session, new VerdictRecord("r@x", "f1", "stale", old, "a@example.org", "wrong", "because", Now));
        });
        Finish(store, "m@x", MessageState.Sent);

        // As old, but something of each is open: a mail that waits, a mail that may have left, a review, somebody's wish, a late answer.
        foreach (var (name, state) in ((string, MessageState)[])[("waits", MessageState.Pending), ("unknown", MessageState.Unknown)])
        {
            _ = Insert(store, name, name + "@m");
            Finish(store, name + "@m", state);
        }

        store.Transact(session =>
        {
            SeriesTable.Put(session, Series("ready") with { Author = "r@example.org" });
            SeriesTable.Put(session, Series("muted") with { Author = "m@example.org", State = SeriesState.Dismissed });
            MuteTable.Add(session, new MuteRecord("thread", "muted", "m@example.org", Now));
            SeriesTable.Put(session, Series("talked") with { Author = "t@example.org", State = SeriesState.Dismissed });
            MailTable.Add(session, Mail("late@x", "one") with { Thread = "talked", SeenAt = Now.AddDays(20) });
        });
        Assert.Equal(0, store.Transact(session => Retention.Forget(session, Now, 100)));
        Assert.Equal(1, store.Transact(session => Retention.Forget(session, Now.AddDays(10), 100)));
        Assert.Equal(0, store.Transact(session => Retention.Forget(session, Now.AddDays(10), 100)));
        Assert.Equal(["muted", "ready", "talked", "unknown", "waits"], store.NewestSeries(100).Select(static series => series.Key).Order(StringComparer.Ordinal));
        Assert.Equal("late@x", Assert.Single(store.Transact(static session => session.Query("select message_id from mails", static row => row.Text("message_id")))));
        Assert.Null(store.Message("m@x"));
        Assert.Equal(new RuleRecord("stale", 1, 1, 0, 1), store.Ledger().Single());

        // The source is read anew: the series comes again, its answer does not, and what comes back from the list is still known for ours.
        var again = store.Transact(session =>
        {
            SeriesTable.Put(session, Series("old"));
            return session.Number("select id from series where key = 'old'");
        });
        Assert.False(store.Transact(session => OutboxTable.Add(session, Message(again, "m@x"))));
        Assert.True(store.Transact(session => OutboxTable.IsOwn(session, "m@x")));
    }

    [Fact]
    public void A_state_of_the_version_before_is_read_on()
    {
        using (var database = Database.Of("sqlite:" + folder.At("state.db")))
        using (BotStore.Open(database))
        {
            database.Transact(session =>
            {
                _ = session.Execute("update meta set value = '1' where name = 'schema'");
                _ = session.Execute("drop table early");
                _ = session.Execute("drop table answered");
            });
        }

        using var store = BotStore.Open(Database.Of("sqlite:" + folder.At("state.db")));
        Assert.False(store.Transact(static session => OutboxTable.IsOwn(session, "x")));
        Assert.Equal("2", store.Transact(static session => session.Text("select value from meta where name = 'schema'")));
    }

    [Fact]
    public void A_state_of_another_version_is_refused()
    {
        using var database = Database.Of("sqlite:" + folder.At("state.db"));
        using (BotStore.Open(database))
        {
            database.Transact(session => session.Execute("update meta set value = '99' where name = 'schema'"));
        }

        Assert.Throws<StoreVersionException>(() => BotStore.Open(database));
    }

    public void Dispose() => folder.Dispose();

    internal static string NameOf(string kind, TemporaryFolder folder, PostgresServer server) => kind == "sqlite" ? "sqlite:" + folder.At("state.db") : server.NewDatabase();

    private BotStore Open(string kind) => BotStore.Open(Database.Of(NameOf(kind, folder, server)));

    private static long Insert(BotStore store, string key, string message) => store.Transact(session =>
    {
        SeriesTable.Put(session, Series(key));
        var id = session.Number("select max(id) from series");
        OutboxTable.Add(session, Message(id, message));
        return id;
    });

    /// <summary>Brings a series and its message to their ends.</summary>
    private static void Finish(BotStore store, string message, MessageState state) => store.Transact(session =>
    {
        var lease = LeaseOf("one", 0);
        var series = SeriesTable.Claim(session, lease)!;
        Assert.True(SeriesTable.Finish(session, series with { State = SeriesState.Reviewed }, "", lease));
        if (state != MessageState.Pending)
        {
            _ = session.Execute("update outbox set state = @state where message_id = @id", ("state", state.Word()), ("id", message));
        }
    });

    private static Lease LeaseOf(string owner, int seconds) => new(owner, Now.AddSeconds(seconds), Now.AddSeconds(seconds + 60));

    private static SeriesRecord Series(string key) => new()
    {
        Key = key,
        Thread = key,
        List = "list@example.org",
        Author = "a@example.org",
        AuthorName = "A",
        Title = $"title of {key}",
        Revision = 1,
        Total = 2,
        Date = Now,
        SeenAt = Now,
        State = SeriesState.Ready,
        Note = "",
        Patches = [new PatchRecord(1, $"<{key}1>", $"{key} one"), new PatchRecord(2, $"<{key}2>", $"{key} two")],
    };

    private static OutboxRecord Message(long series, string id) => new()
    {
        MessageId = id,
        SeriesId = series,
        Kind = MessageKind.Reply,
        Patch = 1,
        Answers = "<a1>",
        List = "list@example.org",
        Person = "a@example.org",
        Route = "author",
        State = MessageState.Pending,
        Reason = "",
        Subject = "Re: title",
        Recipients = ["a@example.org"],
        Mail = [1],
        NotBefore = Now,
        CreatedAt = Now,
    };

    private static StoredMail Mail(string id, string content) => new()
    {
        Identity = new MailIdentity(id, content),
        Thread = "t",
        List = "list@example.org",
        Author = "a@example.org",
        Subject = "s",
        Date = Now,
        SeenAt = Now,
        IsPatch = true,
        IsOwn = false,
        Raw = [1, 2, 3],
    };

    private static FindingRecord Finding(long series, int number, string fingerprint) => new()
    {
        SeriesId = series,
        Number = number,
        Patch = 1,
        Fingerprint = fingerprint,
        Rule = "stale",
        RuleId = "KMM1",
        Category = "Vma",
        Severity = "warning",
        Path = "mm/a.c",
        Line = 1,
        Function = "f",
        Message = "m",
        Witness = "none",
        Section = "s",
        Decision = "say",
        Reason = "",
    };
}
