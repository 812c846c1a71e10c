using System.Collections.Immutable;
using System.Globalization;
using Review.Bot.Store;

namespace Review.Dashboard.Pages;

/// <summary>The series, the newest first, and how reading their sources goes.</summary>
internal static class SeriesListPage
{
    private const int Length = 50;
    private const int Newest = 20;

    /// <param name="store">The bot's state.</param>
    /// <param name="before">Only series with a smaller number; null for the newest.</param>
    public static Markup Show(BotStore store, long? before)
    {
        var series = store.NewestSeries(Length, before);
        var sources = before is not null ? Markup.Empty : Markup.Of($"<h2>Sources</h2>\n{SourceTable(store)}\n{LeftOut(store)}");
        var older = series.Length == Length ? Markup.Of($"<p>{Layout.Link($"/?before={series[^1].Id.ToString(CultureInfo.InvariantCulture)}", "older")}</p>") : Markup.Empty;
        return Layout.Page("Series", Markup.Of($"""
            {Layout.Table(
                ["series", "version", "from", "list", "sent", "state", "findings"],
                series.Select(one => (ImmutableArray<Markup>)
                [
                    Layout.SeriesLink(one), Markup.Of($"v{one.Revision}, {one.Total} {(one.Total == 1 ? "patch" : "patches")}"), Layout.Text(one.AuthorName), Layout.Text(one.List), Layout.Time(one.Date), Layout.State(one.State.Word()), Findings(store, one),
                ]))}
            {older}
            {sources}
            """));
    }

    private static Markup SourceTable(BotStore store) => SourceTable(store, store.LeftOutCounts());

    private static Markup SourceTable(BotStore store, ImmutableSortedDictionary<string, int> leftOut) => Layout.Table(["source", "read", "trouble", "mails left out"],
        store.Sources().Select(source => (ImmutableArray<Markup>)[Layout.Text(source.Name), Layout.Time(source.CheckedAt), Trouble(source), Markup.Of($"{leftOut.GetValueOrDefault(source.Name)}")]));

    /// <summary>The mails that nobody can answer: somebody may have to write to whoever sent them.</summary>
    private static Markup LeftOut(BotStore store) => store.LeftOut(Newest) is { IsEmpty: false } mails
        ? Markup.Of($"""
            <h2>Mails left out</h2>
            {Layout.Table(["subject", "from", "source", "why", "seen"], mails.Select(static mail => (ImmutableArray<Markup>)[Layout.Text(mail.Subject), Layout.Text(mail.Sender), Layout.Text(mail.Source), Layout.Text(mail.Reason), Layout.Time(mail.SeenAt)]))}
            """)
        : Markup.Empty;

    private static Markup Findings(BotStore store, SeriesRecord series)
    {
        var findings = store.Findings(series.Id);
        var said = findings.Count(static finding => finding.Decision == "say");
        return findings.IsEmpty ? Layout.Text(series.Note) : Markup.Of($"{said} said, {findings.Length - said} silent");
    }

    private static Markup Trouble(SourceRecord source) => source.Problem is { } problem ? Markup.Of($"<span class=\"state failed\">{source.Failures} times: {problem}</span>") : Layout.Text("none");
}
