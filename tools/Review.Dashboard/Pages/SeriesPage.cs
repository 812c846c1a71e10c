using System.Collections.Immutable;
using System.Globalization;
using Review.Bot.Store;

namespace Review.Dashboard.Pages;

/// <summary>One version of a series: what was found, what was said, and what the versions have in common.</summary>
internal static class SeriesPage
{
    public static Markup Show(BotStore store, SeriesRecord series)
    {
        var versions = store.Versions(series.Lineage);
        return Layout.Page($"{series.Title}, v{series.Revision.ToString(CultureInfo.InvariantCulture)}", Markup.Of($"""
            <p>{series.AuthorName} to {series.List}, {Layout.Time(series.Date)}. {Layout.State(series.State.Word())} {series.Note}</p>
            <p>{(series.Base.Length > 0 ? $"Base: {series.Base}. Kernel: {series.Kernel}. {series.Tool}" : "")}</p>
            <h2>Findings</h2>
            {Markup.Join(store.Findings(series.Id).Select(Finding))}
            <h2>Versions</h2>
            {Versions(store, versions)}
            <h2>Messages</h2>
            {MessageListPage.Table(store.Messages(series.Id))}
            <h2>Answers of people</h2>
            {Layout.Table(
                ["rule", "says", "who", "reason", "when"],
                store.Verdicts(series.Id).Select(static verdict => (ImmutableArray<Markup>)[Layout.Text(verdict.Rule), Layout.Text(verdict.Kind), Layout.Text(verdict.Person), Layout.Text(verdict.Reason), Layout.Time(verdict.At)]))}
            <h2>Patches</h2>
            {Layout.Table(["patch", "title", "mail"], series.Patches.Select(static patch => (ImmutableArray<Markup>)[Markup.Of($"{patch.Number}"), Layout.Text(patch.Title), Layout.Text(patch.MessageId)]))}
            """));
    }

    private static Markup Finding(FindingRecord finding) => Markup.Of($"""
        <section>
        <h3>{finding.Rule} in {finding.Function}()</h3>
        <p>{Layout.State(finding.Severity)} patch {finding.Patch}: {finding.Message}. Witness: {finding.Witness}. {(finding.Decision == "say" ? "It is said." : $"It is not said: {finding.Reason}.")}</p>
        <details><summary>the letter about it</summary><pre>{Markup.Lines(finding.Section)}</pre></details>
        </section>

        """);

    /// <summary>A row for each finding of any version, a column for each version.</summary>
    private static Markup Versions(BotStore store, ImmutableArray<SeriesRecord> versions)
    {
        var found = versions.Select(version => store.Findings(version.Id).DistinctBy(static finding => finding.Fingerprint).ToDictionary(static finding => finding.Fingerprint, StringComparer.Ordinal)).ToList();
        var all = found.SelectMany(static findings => findings.Values).DistinctBy(static finding => finding.Fingerprint);
        return Layout.Table(
            ["finding", .. versions.Select(static version => $"v{version.Revision.ToString(CultureInfo.InvariantCulture)}")],
            all.Select(finding => (ImmutableArray<Markup>)[Markup.Of($"{finding.Rule} in {finding.Function}()"), .. versions.Select((version, i) => Change(versions, found, i, finding.Fingerprint))])
                .Prepend([Layout.Text("state"), .. versions.Select(static version => Markup.Of($"{Layout.Link($"/series/{version.Id.ToString(CultureInfo.InvariantCulture)}", version.State.Word())}"))]));
    }

    private static Markup Change(ImmutableArray<SeriesRecord> versions, List<Dictionary<string, FindingRecord>> found, int version, string fingerprint)
    {
        if (versions[version].State != SeriesState.Reviewed)
        {
            return Layout.Text("not known");
        }

        var was = Enumerable.Range(0, version).Reverse().Where(i => versions[i].State == SeriesState.Reviewed).Select(i => (bool?)found[i].ContainsKey(fingerprint)).FirstOrDefault();
        return (was, found[version].ContainsKey(fingerprint)) switch
        {
            (true, true) => Layout.Text("still there"),
            (true, false) => Layout.State("cured"),
            (_, true) => Layout.State("new"),
            _ => Markup.Empty,
        };
    }
}
