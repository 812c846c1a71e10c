using Review.Cli.Output;
using Review.Model.Exploration;

namespace Review.Cli.Exploring;

/// <summary>Explorations as one HTML page: a picture of the VMAs and pages over time for each violation.</summary>
internal static class ExplorationPage
{
    /// <summary>The page of a file's explorations.</summary>
    public static string Of(ExplorationFile file, IEnumerable<Exploration> explorations) => HtmlPage.Render(file.Name, Html.Of(
        $"""
        <header>
        <h1>{file.Name}</h1>
        <p class="subject">{file.Fact}</p>
        </header>
        <main>
        {explorations.Select(exploration => Section(file, exploration))}</main>

        """));

    private static Html Section(ExplorationFile file, Exploration exploration)
    {
        var result = exploration.Result;
        return Html.Of(
            $"""
            <h2>{exploration.Era.Name}</h2>
            <article>
            {Verdict(file, exploration)}<p class="place">{result.States} states, {result.Transitions} steps</p>
            </article>

            """);
    }

    private static Html Verdict(ExplorationFile file, Exploration exploration) => exploration.Result switch
    {
        { Violation: { } violation } => Html.Of(
            $"""
            <p class="violation"><span class="badge error">{violation.Property}</span> {violation.Breach.What} {exploration.Pages}</p>
            <div class="scroll">{InterleavingPicture.Of(file, exploration, violation)}</div>

            """),
        { Outcome: ExplorationOutcome.OutOfBounds } => Html.Of($"<p>Not explored to the end: a bound was reached, nothing is proved.</p>\n"),
        _ => Html.Of($"<p>Every property holds in every interleaving ({exploration.Result.Interleavings.ToString(System.Globalization.CultureInfo.InvariantCulture)}).</p>\n"),
    };
}
