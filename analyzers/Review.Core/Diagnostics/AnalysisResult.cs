using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Review.Core.Diagnostics;

/// <summary>
/// The outcome of one analysis; every output format is a function of it. It holds no times and no absolute paths,
/// and its lists are in one order, so that the same input gives the same bytes.
/// </summary>
public sealed record AnalysisResult
{
    public required ToolInfo Tool { get; init; }

    public required KernelInfo Kernel { get; init; }

    /// <summary>The names of the rules that ran, in ordinal order.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>The files that were read, in ordinal order of their paths.</summary>
    public ImmutableArray<AnalysedFile> Files { get; init; } = [];

    /// <summary>What counts, by path, line, column, rule.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>What a comment or the baseline suppressed, in the same order.</summary>
    public ImmutableArray<Finding> Suppressed { get; init; } = [];

    /// <summary>What was shown to hold.</summary>
    public ImmutableArray<ProvedClaim> Proved { get; init; } = [];

    /// <summary>Files and functions about which nothing can be said; never to be shown as clean.</summary>
    public ImmutableArray<NotAnalysed> NotAnalysed { get; init; } = [];

    /// <summary>The number of functions in <see cref="Files"/>, those not analysed left out.</summary>
    public int FunctionCount => Files.Sum(file => file.Functions);

    /// <summary>Results about different files as one, in the order of a result that was made at once.</summary>
    /// <param name="results">Results of one tool about one kernel, in any order; at least one.</param>
    public static AnalysisResult Join(IReadOnlyCollection<AnalysisResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return results.First() with
        {
            Rules = [.. results.SelectMany(static result => result.Rules).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Files = [.. results.SelectMany(static result => result.Files).OrderBy(static file => file.Path, StringComparer.Ordinal)],
            Findings = [.. results.SelectMany(static result => result.Findings).Order(FindingOrder.Instance)],
            Suppressed = [.. results.SelectMany(static result => result.Suppressed).Order(FindingOrder.Instance)],
            Proved = [.. results.SelectMany(static result => result.Proved).Distinct()],
            NotAnalysed = [.. results.SelectMany(static result => result.NotAnalysed).OrderBy(static gap => gap.Path, StringComparer.Ordinal)],
        };
    }

    /// <summary>True if a finding is at or over a severity.</summary>
    public bool HasFindingsAtLeast(DiagnosticSeverity severity) => Findings.Any(finding => finding.Severity >= severity);
}

/// <summary>The program that made a result.</summary>
/// <param name="Name">Always <c>mmreview</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Clang">libclang's version.</param>
/// <param name="Binding"><c>package</c> or <c>builtin</c>: which managed binding of libclang runs.</param>
public sealed record ToolInfo(string Name, string Version, string Clang, string Binding);

/// <summary>The kernel that was looked at.</summary>
/// <param name="Version">What its Makefile says, e.g. <c>6.1.192</c>.</param>
/// <param name="Revision">The commit; null for a work tree.</param>
/// <param name="Architecture">E.g. <c>x86_64</c>; several joined by commas.</param>
/// <param name="Config">Which configuration, e.g. <c>default</c>.</param>
public sealed record KernelInfo(string Version, string? Revision, string Architecture, string Config);

/// <summary>A file that was read.</summary>
/// <param name="Path">File inside the tree.</param>
/// <param name="Functions">How many of its functions were analysed.</param>
public sealed record AnalysedFile(string Path, int Functions);

/// <summary>A file or function about which nothing can be said.</summary>
/// <param name="Path">File inside the tree.</param>
/// <param name="Function">The function; null if it is the whole file.</param>
/// <param name="Reason">Why: lower case, no full stop.</param>
/// <param name="Cure">What a person can do about it.</param>
public sealed record NotAnalysed(string Path, string? Function, string Reason, string Cure)
{
    /// <summary>The name of the one rule that could not look at the function; null if none could.</summary>
    public string? Rule { get; init; }
}

/// <summary>A claim that was shown to hold.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Scope">For what, and up to which bound.</param>
public sealed record ProvedClaim(string Claim, string Scope);
