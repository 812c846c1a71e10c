using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Review.Bot.Store;
using Review.Dashboard;
using Review.Tests.Cli;
using Review.Tests.Report;

namespace Review.Tests.Bot;

/// <summary>The dashboard over HTTP, on a state with two versions of a series.</summary>
[Collection(NodeCollection.Name)]
public sealed partial class DashboardTests(NodePackages node) : IAsyncLifetime, IDisposable
{
    private const string Hostile = "<script>alert(1)</script>\u001b[31m\u202e";

    private static readonly DateTimeOffset Now = new(2026, 11, 27, 20, 0, 0, TimeSpan.Zero);
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private BotStore store = null!;
    private DashboardServer server = null!;

    public async Task InitializeAsync()
    {
        store = BotStore.Open(Database.Of("sqlite:" + folder.At("state.db")));
        Fill(1, ["one", "two"]);
        Fill(2, ["two", "three"]);
        store.Transact(session => SourceTable.NoteRead(session, "inbox", Now));
        store.Transact(session => LeftOutTable.Add(session, new LeftOutRecord("inbox", "d", "Somebody", "[PATCH] mm: without an id " + Hostile, "it has no Message-ID to answer to", Now)));
        server = new DashboardServer(store, wrongLimit: 3, port: 0, TimeProvider.System);
        await server.StartAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?before=2")]
    [InlineData("/series/1")]
    [InlineData("/series/2")]
    [InlineData("/messages")]
    [InlineData("/message/r1@bot")]
    [InlineData("/rules")]
    public async Task Pages_show_what_others_wrote_as_text_and_forbid_scripts(string page)
    {
        using var response = await client.GetAsync(new Uri(server.Address + page));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202e', text);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Versions_say_what_is_new_still_there_and_cured()
    {
        var text = await client.GetStringAsync(new Uri(server.Address + "/series/2"));
        Assert.Contains("<td>rule-one in one()</td><td><span class=\"state new\">new</span></td><td><span class=\"state cured\">cured</span></td>", text, StringComparison.Ordinal);
        Assert.Contains("<td>rule-two in two()</td><td><span class=\"state new\">new</span></td><td>still there</td>", text, StringComparison.Ordinal);
        Assert.Contains("<td>rule-three in three()</td><td></td><td><span class=\"state new\">new</span></td>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_operator_takes_and_discards_messages()
    {
        var page = new Uri(server.Address + "/message/r1@bot");
        Assert.DoesNotContain("<form", await client.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("adopt", "", "")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(new Uri(server.Address + "/operator?token=wrong"))).StatusCode);

        using var signedIn = await client.GetAsync(new Uri(server.OperatorAddress));
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        cookie = cookie.Split(';')[0];

        using var request = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { { "Cookie", cookie } } };
        using var shown = await client.SendAsync(request);
        var key = FormKey().Match(await shown.Content.ReadAsStringAsync()).Groups[1].Value;
        Assert.NotEmpty(key);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("adopt", cookie, "")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("adopt", cookie, key, "http://evil.example")).StatusCode);
        Assert.Equal(MessageState.Draft, store.Message("r1@bot")!.State);

        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync("adopt", cookie, key, server.Address)).StatusCode);
        Assert.Equal((MessageState.Pending, true), (store.Message("r1@bot")!.State, store.Message("r1@bot")!.IsAdopted));
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync("discard", cookie, key)).StatusCode);
        Assert.Equal(MessageState.Discarded, store.Message("r1@bot")!.State);
    }

    [Theory]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/series/99", HttpStatusCode.NotFound)]
    [InlineData("/series/x", HttpStatusCode.NotFound)]
    [InlineData("/?before=x", HttpStatusCode.BadRequest)]
    [InlineData("/message/none", HttpStatusCode.NotFound)]
    [InlineData("/health", HttpStatusCode.OK)]
    public async Task Addresses_that_are_none_are_answered(string page, HttpStatusCode status) =>
        Assert.Equal(status, (await client.GetAsync(new Uri(server.Address + page))).StatusCode);

    [Fact]
    public async Task A_name_that_somebody_else_points_here_is_not_served()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address)) { Headers = { Host = "rebound.example" } };
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_source_that_fails_again_and_again_is_ill()
    {
        for (var i = 0; i < 3; i++)
        {
            _ = store.Transact(session => SourceTable.Fail(session, "inbox", "gone", Now));
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(new Uri(server.Address + "/health"))).StatusCode);
    }

    [Fact]
    public async Task The_feed_is_Atom_and_the_metrics_are_those_of_Prometheus()
    {
        var feed = XDocument.Parse(await client.GetStringAsync(new Uri(server.Address + "/feed.atom"))).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.Equal(2, entries.Count);
        Assert.All(entries.Append(feed), static element => Assert.All(new[] { "id", "title", "updated" }, name => Assert.NotEmpty(element.Element(Atom + name)!.Value)));
        Assert.Equal(2, entries.Select(static entry => entry.Element(Atom + "id")!.Value).Distinct(StringComparer.Ordinal).Count());

        var metrics = await client.GetStringAsync(new Uri(server.Address + "/metrics"));
        Assert.All(metrics.TrimEnd('\n').Split('\n'), static line => Assert.Matches("^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+\\{[a-z]+=\"[^\"]*\"\\} [0-9]+)$", line));
        Assert.Contains("mmreview_bot_series{state=\"reviewed\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("mmreview_bot_source_left_out{source=\"inbox\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("[PATCH] mm: without an id", await client.GetStringAsync(new Uri(server.Address)), StringComparison.Ordinal);
    }

    [ToolFact("chromium", "npm")]
    public void A_browser_shows_it_without_a_script()
    {
        var seen = node.Run("browser.mjs", ToolFactAttribute.Find("chromium")!, server.Address + "/series/2");
        Assert.Empty(seen.GetProperty("console").EnumerateArray());
        Assert.Contains("still there", seen.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.All(new[] { "light", "dark", "narrow" }, look => Assert.Equal(0, seen.GetProperty(look).GetProperty("overflow").GetInt32()));
        Assert.NotEqual(seen.GetProperty("light").GetProperty("ink").GetString(), seen.GetProperty("dark").GetProperty("ink").GetString());
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        store.Dispose();
    }

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [GeneratedRegex("name=\"key\" value=\"([0-9a-f]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormKey();

    private async Task<HttpResponseMessage> PostAsync(string action, string cookie, string key, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{server.Address}/message/r1@bot/{action}")) { Content = new FormUrlEncodedContent([new("key", key)]) };
        if (cookie.Length > 0)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await client.SendAsync(request);
    }

    private void Fill(int version, string[] functions) => store.Transact(session =>
    {
        var owner = new Lease("test", Now, Now.AddMinutes(5));
        SeriesTable.Put(session, new SeriesRecord
        {
            Key = $"key {version}",
            Thread = "cover@author",
            List = "list@example.org",
            Author = "author@example.org",
            AuthorName = "A. Author " + Hostile,
            Title = "mm: a series " + Hostile,
            Revision = version,
            Total = 1,
            Date = Now.AddHours(version),
            SeenAt = Now,
            State = SeriesState.Ready,
            Note = "",
            Patches = [new PatchRecord(1, $"p{version}@author", "mm: a patch " + Hostile)],
        });
        var series = SeriesTable.Claim(session, owner)!;
        FindingTable.Add(session, functions.Select((function, i) => new FindingRecord
        {
            SeriesId = series.Id,
            Number = i + 1,
            Patch = 1,
            Fingerprint = function,
            Rule = "rule-" + function,
            RuleId = "KMM9999",
            Category = "Vma",
            Severity = "warning",
            Path = "mm/madvise.c",
            Line = 1,
            Function = function,
            Message = "something is wrong " + Hostile,
            Witness = "confirmed",
            Section = "## letter\n" + Hostile,
            Decision = "say",
            Reason = "",
        }));
        _ = OutboxTable.Add(session, new OutboxRecord
        {
            MessageId = $"r{version}@bot",
            SeriesId = series.Id,
            Kind = MessageKind.Reply,
            Patch = 1,
            Answers = $"p{version}@author",
            List = series.List,
            Person = series.Author,
            Route = "drafts",
            State = MessageState.Draft,
            Reason = "drafts only",
            Subject = "Re: mm: a patch " + Hostile,
            Recipients = [series.Author],
            Mail = Encoding.UTF8.GetBytes("Subject: Re: mm\n\n" + Hostile + "\n"),
            NotBefore = Now,
            CreatedAt = Now,
        });
        Assert.True(SeriesTable.Finish(session, series with { State = SeriesState.Reviewed, ReviewedAt = Now }, "", owner));
    });
}
