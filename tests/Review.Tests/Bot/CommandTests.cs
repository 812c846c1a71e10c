using Review.Bot.Commands;
using Review.Bot.Store;

namespace Review.Tests.Bot;

/// <summary>Commands in answers: who may give them, what they do, and what they do not.</summary>
public sealed class CommandTests
{
    private const string ToAll = "lists: {linux-mm@kvack.org: all}\nembargo_hours: 0\n";
    private const string Prev = "defect stale-prev madvise_free";

    [Theory]
    [InlineData("author@example.org", "Authentication-Results: mx.example.org; dkim=pass header.d=example.org\nReceived: x\n", true)]
    [InlineData("reviewer@example.org", "Authentication-Results: mx.example.org 1; spf=fail; DKIM=pass (ok; fine) header.i=@Example.org\nReceived: x\n", true)]
    [InlineData("author@example.org", "", false)]
    [InlineData("author@example.org", "Received: x\nAuthentication-Results: mx.example.org; dkim=pass header.d=example.org\n", false)]
    [InlineData("author@example.org", "Authentication-Results: mx.other.org; dkim=pass header.d=example.org\nReceived: x\n", false)]
    [InlineData("author@example.org", "Authentication-Results: mx.example.org; dkim=fail header.d=example.org\nReceived: x\n", false)]
    [InlineData("author@example.org", "Authentication-Results: mx.example.org; dkim=pass header.d=evil.org\nReceived: x\n", false)]
    [InlineData("author@example.org", "Authentication-Results: mx.example.org; dkim=none reason=\"; dkim=pass header.d=example.org\"\nReceived: x\n", false)]
    [InlineData("author@example.org", "Authentication-Results: mx.example.org (; dkim=pass header.d=example.org)\nReceived: x\n", false)]
    [InlineData("author@example.org", "Authentication-Results: mx.example.org; dkim=pass header.d=example.org\nAuto-Submitted: auto-replied\nReceived: x\n", false)]
    [InlineData("stranger@example.org", "Authentication-Results: mx.example.org; dkim=pass header.d=example.org\nReceived: x\n", false)]
    public void Only_those_count_who_may_and_for_whom_a_trusted_server_vouches(string from, string header, bool counts)
    {
        using var bench = Answered();
        bench.Post("r@y", "Re: mm: one", "mmrev: wrong because", bench.Sent.All[0].MessageId, from, header);
        bench.Run();
        Assert.Equal(counts ? 1 : 0, bench.Store.Verdicts(1).Length);
    }

    [Theory]
    [InlineData("> mmrev: wrong x\nYes.\n", 0)]
    [InlineData("Text mmrev: wrong x\n", 0)]
    [InlineData("-- \nmmrev: wrong x\n", 0)]
    [InlineData("MMREV: Wrong   because it is\n", 1)]
    [InlineData("mmrev: wrong a\nmmrev: mute\n", 2)]
    public void Commands_stand_at_the_beginning_of_a_line_of_ones_own(string body, int count) => Assert.Equal(count, ReplyCommand.ReadAll(body).Length);

    [Fact]
    public void A_finding_that_was_called_wrong_or_known_is_not_said_of_the_next_version()
    {
        foreach (var word in (string[])["wrong", "known"])
        {
            using var bench = Answered();
            bench.Post("r@y", "Re: mm: one", $"mmrev: {word} the caller holds it", bench.Sent.All[0].MessageId, header: BotBench.Vouched());
            bench.PostPatch("2@x", "[PATCH v2] mm: one", Prev);
            bench.Run();
            Assert.Single(bench.Sent.All);
            var verdict = Assert.Single(bench.Store.Verdicts(1));
            Assert.Equal(("stale-prev", word, "the caller holds it", "author@example.org"), (verdict.Rule, verdict.Kind, verdict.Reason, verdict.Person));
            Assert.Equal($"author@example.org answered: {word}", Assert.Single(bench.Silences()));
        }
    }

    [Fact]
    public void A_command_is_about_what_is_quoted_above_it_or_named()
    {
        using var bench = new BotBench(ToAll);
        bench.PostPatch("1@x", "[PATCH] mm: one", Prev + "\ndefect walk-progress madvise_cold\ndefect gup-flags madvise_dodump");
        bench.Run();
        bench.Post("r@y", "Re: mm: one", "> In madvise_cold(), something is odd. Is that meant to be so?\n\nmmrev: known we live with it\n\nmmrev: wrong gup-flags never happens", bench.Sent.All[0].MessageId, header: BotBench.Vouched());
        bench.Run();
        Assert.Equal(["gup-flags wrong", "walk-progress known"], bench.Store.Verdicts(1).Select(static verdict => $"{verdict.Rule} {verdict.Kind}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_rule_that_is_wrong_too_often_stops_until_it_is_pardoned()
    {
        using var bench = new BotBench(ToAll);
        foreach (var number in Enumerable.Range(1, 2))
        {
            bench.PostPatch($"{number}@x", $"[PATCH] mm: {number}", $"defect stale-prev f{number}");
            bench.Run();
            bench.Post($"r{number}@y", "Re: mm", "mmrev: wrong no", bench.Sent.All[^1].MessageId, header: BotBench.Vouched());
            bench.Run();
        }

        bench.PostPatch("3@x", "[PATCH] mm: 3", "defect stale-prev f3");
        bench.Run();
        Assert.Equal(2, bench.Sent.All.Count);
        Assert.Equal("the rule was wrong too often", Assert.Single(bench.Silences()));
        bench.Store.Transact(session => VerdictTable.Pardon(session, "stale-prev", bench.Clock.Now));
        bench.PostPatch("4@x", "[PATCH] mm: 4", "defect stale-prev f4");
        bench.Run();
        Assert.Equal(3, bench.Sent.All.Count);
    }

    [Fact]
    public void Mute_ends_a_thread_and_mute_me_everything()
    {
        using var bench = Answered();
        bench.Post("r@y", "Re: mm: one", "mmrev: mute", bench.Sent.All[0].MessageId, header: BotBench.Vouched());
        bench.PostPatch("2@x", "[PATCH v2] mm: one", "defect walk-progress other");
        bench.PostPatch("3@x", "[PATCH] mm: another", "defect walk-progress another");
        bench.Run();
        Assert.Equal(["1@x", "3@x"], bench.Sent.Mails.Select(static mail => mail.Answers[^1]));
        bench.Post("r2@y", "Re: mm: another", "mmrev: mute me", bench.Sent.All[1].MessageId, header: BotBench.Vouched());
        bench.PostPatch("4@x", "[PATCH] mm: yet another", "defect walk-progress yet");
        bench.Run();
        Assert.Equal(2, bench.Sent.All.Count);
        Assert.Empty(bench.Drafts);
    }

    [Fact]
    public void Explain_goes_to_who_asks_and_to_nobody_else()
    {
        using var bench = Answered();
        bench.Post("r@y", "Re: mm: one", "mmrev: explain stale-prev\nmmrev: explain no-such-rule", bench.Sent.All[0].MessageId, header: BotBench.Vouched());
        bench.Run();
        bench.Run();
        Assert.Equal(2, bench.Sent.All.Count);
        Assert.Equal([BotBench.Author], bench.Sent.All[1].Recipients.AsEnumerable());
        var mail = bench.Sent.Mails[1];
        Assert.Equal("r@y", mail.Answers[^1]);
        Assert.StartsWith("What the rule is about.", mail.Info.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bot_does_not_listen_to_itself()
    {
        using var bench = Answered();
        bench.Deliver(bench.Sent.All[0].Bytes);
        bench.PostPatch("2@x", "[PATCH v2] mm: one", "defect walk-progress madvise_free");
        bench.Run();
        Assert.Equal(2, bench.Sent.All.Count);
        Assert.Equal([false, true], bench.Store.Transact(static session => MailTable.InThread(session, "1@x")).Select(static mail => mail.IsOwn));
    }

    /// <summary>A bot that has answered a patch.</summary>
    private static BotBench Answered()
    {
        var bench = new BotBench(ToAll);
        bench.PostPatch("1@x", "[PATCH] mm: one", Prev);
        bench.Run();
        Assert.Single(bench.Sent.All);
        return bench;
    }
}
