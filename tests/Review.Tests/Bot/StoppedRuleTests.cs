using Review.Bot.Store;
using Review.Dashboard;

namespace Review.Tests.Bot;

/// <summary>A rule that people call wrong too often stops by itself: nothing of it is mailed, drafted, or let go that was waiting, and the dashboard says so.</summary>
public sealed class StoppedRuleTests : IDisposable
{
    private readonly BotBench bench = new("lists: {linux-mm@kvack.org: {reply: all, embargo_hours: 1}}\n");
    private readonly HttpClient client = new();

    [Fact]
    public async Task Wrong_answers_stop_a_rule_and_the_page_says_so_until_it_is_pardoned()
    {
        await using var server = new DashboardServer(bench.Store, wrongLimit: 2, port: 0, bench.Clock);
        await server.StartAsync();
        CalledWrong(1);
        Assert.Contains("<td>stale-prev</td><td>1</td><td>1</td><td>0</td><td>yes</td>", await RulesAsync(server), StringComparison.Ordinal);

        // One finding of it waits for its hour when the second verdict comes; a rule beside it goes on.
        bench.PostPatch("waiting@x", "[PATCH] mm: waiting", "defect stale-prev waiting");
        CalledWrong(2);
        bench.PostPatch("late@x", "[PATCH] mm: late", "defect stale-prev late\ndefect walk-progress late");
        bench.Run();
        bench.Wait(2);
        bench.Run();
        Assert.Equal(["1@x", "2@x", "late@x"], bench.Sent.Mails.Select(static mail => mail.Answers[^1]));
        Assert.DoesNotContain("stale", bench.Sent.Mails[^1].Info.Body, StringComparison.Ordinal);
        Assert.Empty(bench.Drafts);
        Assert.Equal("the rule was wrong too often", bench.Store.Messages(MessageState.Dropped, 10).Single().Reason);
        var page = await RulesAsync(server);
        Assert.Contains("<span class=\"state failed\">stopped: 2 called wrong</span>", page, StringComparison.Ordinal);
        Assert.Contains("<td>walk-progress</td><td>1</td><td>0</td><td>0</td><td>yes</td>", page, StringComparison.Ordinal);

        bench.Store.Transact(session => VerdictTable.Pardon(session, "stale-prev", bench.Clock.Now));
        Assert.DoesNotContain("stopped", await RulesAsync(server), StringComparison.Ordinal);
        bench.PostPatch("again@x", "[PATCH] mm: again", "defect stale-prev again");
        bench.Run();
        bench.Wait(2);
        bench.Run();
        Assert.Equal("again@x", bench.Sent.Mails[^1].Answers[^1]);
    }

    public void Dispose()
    {
        client.Dispose();
        bench.Dispose();
    }

    private Task<string> RulesAsync(DashboardServer server) => client.GetStringAsync(new Uri(server.Address + "/rules"));

    /// <summary>Posts a bad patch, waits for the answer, and has its author call that wrong. What waits besides waits on.</summary>
    private void CalledWrong(int number)
    {
        bench.Wait(-2);
        bench.PostPatch($"{number}@x", $"[PATCH] mm: {number}", $"defect stale-prev f{number}");
        bench.Wait(2);
        bench.Run();
        bench.Post($"r{number}@y", "Re: mm", "mmrev: wrong it cannot happen", bench.Sent.All[^1].MessageId, header: BotBench.Vouched());
        bench.Run();
    }
}
