using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Cli.Output;
using Review.Kernel.Architectures;

namespace Review.Cli.Check;

/// <summary>What <c>mmreview check</c> was asked to do.</summary>
internal sealed record CheckOptions
{
    /// <summary>Files and patterns as given; the default is the two files the program was made for.</summary>
    public ImmutableArray<string> Files { get; init; } = ["mm/madvise.c", "mm/gup.c"];

    public required string Kernel { get; init; }

    /// <summary>A revision to read from the object store; null for the work tree.</summary>
    public string? Revision { get; init; }

    public ImmutableArray<Architecture> Architectures { get; init; } = [Architecture.X86];

    /// <summary><c>default</c>, or a file of wishes or a complete .config.</summary>
    public required string Configuration { get; init; }

    /// <summary>The value of <c>--rules</c>; null for all.</summary>
    public string? Rules { get; init; }

    /// <summary>Rule assemblies of others.</summary>
    public ImmutableArray<string> Analyzers { get; init; } = [];

    public required ReportFormat Format { get; init; }

    /// <summary>The file the report goes to; null for standard output.</summary>
    public string? Output { get; init; }

    /// <summary>The least severity that makes the exit status 1; null for never.</summary>
    public DiagnosticSeverity? FailOn { get; init; } = DiagnosticSeverity.Warning;

    public string? Baseline { get; init; }

    /// <summary>Where a new baseline is written that covers everything found.</summary>
    public string? WriteBaseline { get; init; }

    /// <summary>Drops entries of <see cref="Baseline"/> that no longer occur.</summary>
    public bool PruneBaseline { get; init; }

    /// <summary>False to compute configuration and headers anew.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>Threads.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    public bool UseColors { get; init; }
}
