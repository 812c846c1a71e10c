using Review.Cli.Output;
using Review.Tables.Matrix;

namespace Review.Cli.Tables;

/// <summary>A matrix as a coloured table on a page of its own.</summary>
internal static class MatrixHtml
{
    public static string Render(MatrixOfTree made) => HtmlPage.Render($"What every advice is: Linux {made.Version}", Html.Of(
        $"""
        <header class="wide">
        <h1>What every advice is</h1>
        <p class="subject">{made.File} <span class="sep">·</span> Linux {made.Version}{Revision(made)} <span class="sep">·</span> {made.Architecture}</p>
        <p class="keys"><span class="named">decided by name</span> <span class="guarded">only with an option</span> <span class="default">by default</span> <span class="unreached">not reached</span></p>
        </header>
        <main class="wide">
        <div class="scroll"><table class="matrix">
        <thead><tr><th>advice</th><th>value</th>{made.Matrix.Columns.Select(static column => Html.Of($"<th title=\"{Explanation(column)}\">{(column.Kind == MatrixColumnKind.Errno ? "errno: " : "")}{column.Title}</th>"))}<th>since</th></tr></thead>
        <tbody>
        {made.Matrix.Rows.Select(row => Row(row, made.Matrix))}</tbody>
        </table></div>
        {Elsewhere(made)}</main>

        """));

    private static string Explanation(MatrixColumn column) => column.Kind == MatrixColumnKind.Errno ? $"{column.Place}(): {string.Join(", ", column.Answers)}" : column.Place;

    private static Html Revision(MatrixOfTree made) => made.Revision is { } revision ? Html.Of($" <code>{revision}</code>") : default;

    private static Html Row(MatrixRow row, BehaviorMatrix matrix) =>
        Html.Of($"<tr><th scope=\"row\"><code>{row.Name}</code></th><td>{row.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}</td>{row.Cells.Select((cell, i) => Cell(cell, matrix.Columns[i]))}<td>{row.Since}</td></tr>\n");

    private static Html Cell(MatrixCell cell, MatrixColumn column)
    {
        var (kind, text) = cell.How switch
        {
            DecidedHow.Unreachable => ("unreached", ""),
            DecidedHow.ByDefault => ("default", cell.Outcome is "-" or "" ? "–" : cell.Outcome),
            _ when !cell.When.IsAlways => ("guarded", (cell.Outcome is "yes" or "named" ? "" : cell.Outcome + " ") + MatrixText.Short(cell.When)),
            _ => ("named", cell.Outcome is "named" && column.Kind != MatrixColumnKind.Dispatch ? "yes" : cell.Outcome is "-" ? "no" : cell.Outcome),
        };
        return Html.Of($"<td class=\"{kind}\">{text}</td>");
    }

    private static Html Elsewhere(MatrixOfTree made) => made.Elsewhere.Count == 0 ? default : Html.Of(
        $"""
        <h2>Other architectures</h2>
        <table><thead><tr><th>architecture</th><th>advice</th><th>value</th></tr></thead><tbody>
        {made.Elsewhere.Select(static value => Html.Of($"<tr><td>{value.Architecture}</td><td><code>{value.Advice}</code></td><td>{value.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "missing"}</td></tr>\n"))}</tbody></table>

        """);
}
