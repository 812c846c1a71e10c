using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>One self-contained page for people: an overview, every finding with its source and its path, and what was not looked at.</summary>
internal sealed class HtmlReport
{
    private readonly Report report;
    private readonly HtmlFinding card;

    private HtmlReport(Report report)
    {
        this.report = report;
        card = new HtmlFinding(report);
    }

    private AnalysisResult Result => report.Result;

    public static string Render(Report report) => new HtmlReport(report).Render();

    private string Render() => HtmlPage.Render($"mmreview: {Summary.Count(Result.Findings.Length, "finding")}", Html.Of(
        $"""
        {Header()}
        <main>
        {Overview()}{Findings()}{Gaps()}{Suppressed()}{Files()}</main>
        {Footer()}
        """));

    private Html Header() => Html.Of(
        $"""
        <header>
        <h1>mmreview</h1>
        <p class="subject">Linux {Result.Kernel.Version}{Revision()} <span class="sep">·</span> {Result.Kernel.Architecture} <span class="sep">·</span> configuration {Result.Kernel.Config}</p>
        <dl class="counts">
        {Counts()}</dl>
        </header>
        """);

    private Html Revision() => Result.Kernel.Revision is { } revision ? Html.Of($" <code>{revision}</code>") : default;

    private IEnumerable<Html> Counts()
    {
        foreach (var (label, number, kind) in new[]
        {
            (Result.Findings.Length == 1 ? "finding" : "findings", Result.Findings.Length, Result.Findings.IsEmpty ? "quiet" : "loud"),
            ("confirmed on the model", Result.Findings.Count(finding => finding.Witness.Status == WitnessStatus.Confirmed), "quiet"),
            ("not analysed", Result.NotAnalysed.Length, Result.NotAnalysed.IsEmpty ? "quiet" : "loud"),
            ("suppressed", Result.Suppressed.Length, "quiet"),
            (Result.Files.Length == 1 ? "file" : "files", Result.Files.Length, "quiet"),
            (Result.FunctionCount == 1 ? "function" : "functions", Result.FunctionCount, "quiet"),
        })
        {
            yield return Html.Of($"<div class=\"{kind}\"><dt>{label}</dt><dd>{number}</dd></div>\n");
        }
    }

    private Html Overview()
    {
        if (Result.Findings.IsEmpty)
        {
            return Html.Of($"<p class=\"none\">{(Result.NotAnalysed.IsEmpty ? "No findings." : "No findings in what was analysed; see below for what was not.")}</p>\n");
        }

        return Html.Of(
            $"""
            <section id="overview">
            <h2>Overview</h2>
            <div class="scroll"><table class="overview">
            <thead><tr><th>Severity</th><th>Finding</th><th>Function</th><th>Place</th></tr></thead>
            <tbody>
            {Result.Findings.Select(OverviewRow)}</tbody>
            </table></div>
            </section>

            """);
    }

    private static Html OverviewRow(Finding finding, int index) => Html.Of(
        $"""
        <tr><td>{HtmlFinding.Badge(finding)}</td><td><a href="#{HtmlFinding.Anchor("f", index)}">{finding.Rule}</a><br>{finding.Message}</td><td><code>{HtmlFinding.Function(finding.Function)}</code></td><td><code>{finding.Path}:{finding.Line}</code></td></tr>

        """);

    private Html Findings() => Result.Findings.IsEmpty ? default : Html.Of(
        $"""
        <section id="findings">
        <h2>Findings</h2>
        {Result.Findings.Select((finding, index) => card.Render(finding, HtmlFinding.Anchor("f", index)))}</section>

        """);

    private Html Gaps() => Result.NotAnalysed.IsEmpty ? default : Html.Of(
        $"""
        <section id="not-analysed">
        <h2>Not analysed</h2>
        <p>Nothing is known about these; they are not clean.</p>
        <div class="scroll"><table>
        <thead><tr><th>Function</th><th>File</th><th>Reason</th><th>What to do</th></tr></thead>
        <tbody>
        {Result.NotAnalysed.Select(gap => Html.Of($"<tr><td><code>{HtmlFinding.Function(gap.Function ?? "")}</code></td><td><code>{gap.Path}</code></td><td>{gap.Reason}</td><td>{gap.Cure}</td></tr>\n"))}</tbody>
        </table></div>
        </section>

        """);

    private Html Suppressed() => Result.Suppressed.IsEmpty ? default : Html.Of(
        $"""
        <section id="suppressed">
        <h2>Suppressed</h2>
        {Result.Suppressed.Select((finding, index) => card.Render(finding, HtmlFinding.Anchor("s", index)))}</section>

        """);

    private Html Files() => Html.Of(
        $"""
        <section id="files">
        <h2>Files</h2>
        <ul class="files">
        {Result.Files.Select(file => Html.Of($"<li><code>{file.Path}</code> {Summary.Count(file.Functions, "function")}</li>\n"))}</ul>
        </section>

        """);

    private Html Footer() => Html.Of(
        $"<footer><p>{Result.Tool.Name} {Result.Tool.Version}, libclang {Result.Tool.Clang} ({Result.Tool.Binding} binding). {Summary.Of(Result)}.</p></footer>\n");
}
