using System.Collections.Immutable;
using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>A value of <c>--format</c>: a pure function from a report to text that ends with a line end.</summary>
/// <param name="Name">What people type.</param>
/// <param name="Render">Makes the text.</param>
internal sealed record ReportFormat(string Name, Func<Report, string> Render)
{
    /// <summary>The formats, the default first.</summary>
    public static ImmutableArray<ReportFormat> All { get; } =
    [
        new("text", TextReport.Render),
        new("json", JsonReport.Render),
        new("sarif", SarifReport.Render),
        new("html", HtmlReport.Render),
        new("github", GitHubReport.Render),
        new("msbuild", MsBuildReport.Render),
    ];

    /// <summary>The format of a name.</summary>
    /// <exception cref="UserError">There is none.</exception>
    public static ReportFormat Find(string name) =>
        All.FirstOrDefault(format => format.Name == name)
        ?? throw new UserError(
            NearestName.Complain("format", name, All.Select(format => format.Name)), $"use one of {string.Join(", ", All.Select(format => format.Name))}");
}
