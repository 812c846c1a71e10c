using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Review.Core.Diagnostics;

/// <summary>
/// What people and programs see of a diagnostic: severities, suppressions and the fingerprint are decided. Lines
/// and columns count from 1, columns in bytes; the end is exclusive, as in clang's ranges.
/// </summary>
public sealed record Finding
{
    /// <summary>The rule's name, e.g. <c>stale-prev</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's number, e.g. <c>KMM1001</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Error, warning or info; never hidden.</summary>
    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>One sentence: lower case, no full stop.</summary>
    public required string Message { get; init; }

    /// <summary>File inside the tree.</summary>
    public required string Path { get; init; }

    public required int Line { get; init; }

    public required int Column { get; init; }

    public required int EndLine { get; init; }

    public required int EndColumn { get; init; }

    /// <summary>The function around it; empty at file level.</summary>
    public required string Function { get; init; }

    /// <summary>16 hexadecimal digits that survive changes elsewhere in the file; see <see cref="Diagnostics.Fingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The path that leads there, in the order of execution.</summary>
    public ImmutableArray<TraceStep> Trace { get; init; } = [];

    /// <summary>The mechanical cure; null if there is none.</summary>
    public Fix? Fix { get; init; }

    /// <summary>Under which architectures and configurations it shows; null if under all that were looked at.</summary>
    public BuildOccurrence? Builds { get; init; }

    /// <summary>What running the code on the model said.</summary>
    public WitnessResult Witness { get; init; } = WitnessResult.None;

    /// <summary>Its place in a patch series; null when no series is reviewed.</summary>
    public PatchPlace? Patch { get; init; }

    /// <summary>Why it is not shown; null for a finding that counts.</summary>
    public FindingSuppression? Suppression { get; init; }

    /// <summary>Takes a diagnostic apart.</summary>
    public static Finding From(Diagnostic diagnostic, DiagnosticSeverity severity, string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var place = diagnostic.Location.GetLineSpan();
        return new Finding
        {
            Rule = diagnostic.Descriptor.RuleName(),
            Id = diagnostic.Id,
            Severity = severity,
            Message = diagnostic.GetMessage(CultureInfo.InvariantCulture),
            Path = place.Path ?? "",
            Line = place.StartLinePosition.Line + 1,
            Column = place.StartLinePosition.Character + 1,
            EndLine = place.EndLinePosition.Line + 1,
            EndColumn = place.EndLinePosition.Character + 1,
            Function = KernelDiagnostic.Function(diagnostic),
            Fingerprint = fingerprint,
            Trace = KernelDiagnostic.Trace(diagnostic),
            Fix = KernelDiagnostic.Fix(diagnostic),
        };
    }
}

/// <summary>Who suppressed a finding.</summary>
public enum SuppressionKind
{
    /// <summary>A comment in the source.</summary>
    Comment,

    /// <summary>The baseline file.</summary>
    Baseline,
}

/// <summary>Why a finding is not shown.</summary>
/// <param name="Kind">Who said so.</param>
/// <param name="Reason">The reason given there.</param>
public sealed record FindingSuppression(SuppressionKind Kind, string Reason);

/// <summary>What running a finding's code on the model said.</summary>
public enum WitnessStatus
{
    /// <summary>It was not run, or the bound was reached.</summary>
    None,

    /// <summary>An interleaving breaks a property.</summary>
    Confirmed,

    /// <summary>No interleaving within the bound does.</summary>
    Refuted,
}

/// <summary>A run of the model that confirms or refutes a finding.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Steps">The interleaving, in the order of execution.</param>
/// <param name="Violation">The property it breaks; null unless confirmed.</param>
public sealed record WitnessResult(WitnessStatus Status, ImmutableArray<WitnessStep> Steps, string? Violation)
{
    /// <summary>What was tried, or why nothing can be said; empty if nobody asked for a run.</summary>
    public string Note { get; init; } = "";

    /// <summary>Not run.</summary>
    public static WitnessResult None { get; } = new(WitnessStatus.None, [], null);
}

/// <summary>One step of an interleaving.</summary>
/// <param name="Thread">The thread, from 0.</param>
/// <param name="Function">The function that it is in.</param>
/// <param name="Path">File inside the tree; empty for a step of the model's own.</param>
/// <param name="Line">Line from 1; 0 for a step of the model's own.</param>
/// <param name="Action">What happens.</param>
public sealed record WitnessStep(int Thread, string Function, string Path, int Line, string Action);

/// <summary>A finding's place in a patch series.</summary>
/// <param name="Introduced">Number of the patch that introduced it, from 1; null if it was there before.</param>
/// <param name="Survives">True if it is still there after the last patch.</param>
public sealed record PatchPlace(int? Introduced, bool Survives);
